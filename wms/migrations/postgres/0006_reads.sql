-- Reads that stay as on the first day, however much has happened: papers that wait, runs that go on, what is broken now.
CREATE INDEX paper_waiting ON paper (run_id, made_at, number) WHERE state = 'submitted';
CREATE INDEX run_open ON run (id) WHERE closed_at IS NULL;

-- What devices have complained of and not taken back. It follows from their events and is written in the same commit, so
-- that nobody reads a term's events to know what is broken now.
CREATE TABLE device_complaint (
    device      TEXT   NOT NULL,
    -- From 0; -1 where it is the whole device.
    position    BIGINT NOT NULL,
    -- In a word (`key_stuck`); `no_answer` for a position that failed its self test.
    fault       TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    arrived_at  BIGINT NOT NULL,
    PRIMARY KEY (device, position, fault)
);

-- From what was said before there was this table: the newest word about a part counts. A restart takes back all but what a
-- self test found, a self test what was said of its position.
INSERT INTO device_complaint (device, position, fault, at, arrived_at)
WITH said AS MATERIALIZED (
    SELECT device, at, arrived_at, ROW_NUMBER() OVER (PARTITION BY device ORDER BY arrived_at, boot, event) AS nth,
           said ->> 'what' AS what, COALESCE(CAST(said ->> 'position' AS BIGINT), -1) AS position,
           substr(said ->> 'fault', 1, 64) AS fault, said ->> 'pressed' AS pressed
    FROM (SELECT device, boot, event, at, arrived_at, CAST(body AS JSON) AS said FROM device_event
        -- A NUL, which no device of ours says, is none to this database either.
        WHERE run_id IS NULL AND strpos(body, '\u0000') = 0 AND (body LIKE '{"what":"fault"%' OR body LIKE '{"what":"tested"%' OR body LIKE '{"what":"restarted"%')) AS read
),
newest AS (
    SELECT device, position, fault, MAX(nth) AS nth FROM said WHERE what = 'fault' GROUP BY device, position, fault
),
restart AS (
    SELECT device, MAX(nth) AS nth FROM said WHERE what = 'restarted' GROUP BY device
),
test AS (
    SELECT device, position, MAX(nth) AS nth FROM said WHERE what = 'tested' GROUP BY device, position
)
SELECT newest.device, newest.position, newest.fault, said.at, said.arrived_at
FROM newest
JOIN said ON said.device = newest.device AND said.nth = newest.nth
LEFT JOIN restart ON restart.device = newest.device
LEFT JOIN test ON test.device = newest.device AND test.position = newest.position
WHERE (restart.nth IS NULL OR restart.nth < newest.nth OR newest.fault = 'no_answer')
  AND (test.nth IS NULL OR test.nth < newest.nth)
UNION
SELECT test.device, test.position, 'no_answer', said.at, said.arrived_at
FROM test
JOIN said ON said.device = test.device AND said.nth = test.nth
WHERE said.pressed = 'false'
ON CONFLICT (device, position, fault) DO NOTHING;
