-- The ledger's key is location, licence plate, SKU, lot, status; a change of licence plate or status is a movement.
-- Rows are taken over as they are: what was kept before stood loose and was available.

ALTER TABLE movement DROP CONSTRAINT movement_check;
ALTER TABLE movement ADD COLUMN from_lpn TEXT NOT NULL DEFAULT '';
ALTER TABLE movement ADD COLUMN from_status TEXT NOT NULL DEFAULT 'available';
ALTER TABLE movement ADD COLUMN to_lpn TEXT NOT NULL DEFAULT '';
ALTER TABLE movement ADD COLUMN to_status TEXT NOT NULL DEFAULT 'available';
ALTER TABLE movement ADD CHECK (to_location <> from_location OR to_lpn <> from_lpn OR to_status <> from_status);

ALTER TABLE balance ADD COLUMN lpn TEXT NOT NULL DEFAULT '';
ALTER TABLE balance ADD COLUMN status TEXT NOT NULL DEFAULT 'available';
ALTER TABLE balance DROP CONSTRAINT balance_pkey;
ALTER TABLE balance ADD PRIMARY KEY (run_id, location, lpn, sku, lot, status);

-- A paper's number carries its run: two never meet, and no index over all runs is needed.
DROP INDEX paper_number;

-- Scenarios stand once, by the SHA-256 of their JSON, with the format in which they are written. Runs of before keep
-- theirs in their own row.
CREATE TABLE scenario (
    hash    TEXT   NOT NULL PRIMARY KEY,
    format  BIGINT NOT NULL,
    body    TEXT   NOT NULL
);
ALTER TABLE run ADD COLUMN scenario_hash TEXT REFERENCES scenario (hash);

-- Format 3 of an act's row: people stand by their number, and each row holds the hash of the row before it in its run.
-- None in rows of formats 1 and 2.
-- Who did it, and on whose behalf; none where it was a device that nobody held, or the system.
ALTER TABLE act ADD COLUMN person BIGINT;
ALTER TABLE act ADD COLUMN on_behalf BIGINT;
-- Where it came from: `device:ID`, `page`, `api`, `system`; and the place of the station it was done at.
ALTER TABLE act ADD COLUMN hand TEXT;
ALTER TABLE act ADD COLUMN place TEXT;
-- Milliseconds of the run when it happened, without pauses; the warehouse's day then, as YYYYMMDD.
ALTER TABLE act ADD COLUMN run_millis BIGINT;
ALTER TABLE act ADD COLUMN day BIGINT;
-- What came of it: `right`, `wrong`, `waiting`, `silent`.
ALTER TABLE act ADD COLUMN outcome TEXT;
-- SHA-256 of the row before, as `wms/src/store/chain.rs` writes it.
ALTER TABLE act ADD COLUMN before TEXT;

-- Runs of a group that go on: what a student is asked who begins another.
CREATE INDEX run_open_of_group ON run (group_id, id) WHERE closed_at IS NULL;

-- People's own words (a reason, a remark, a work log), apart from the acts: an act of format 3 keeps `nth:hash` for each,
-- SHA-256 of salt and text. Rows here are erased with their person; acts never are.
CREATE TABLE free_text (
    run_id  BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    person  BIGINT,
    salt    TEXT   NOT NULL,
    -- A JSON list.
    texts   TEXT   NOT NULL,
    PRIMARY KEY (run_id, no),
    FOREIGN KEY (run_id, no) REFERENCES act (run_id, no)
);
CREATE INDEX free_text_of_person ON free_text (person);
CREATE INDEX act_of_person ON act (person, run_id, no) WHERE person IS NOT NULL;
