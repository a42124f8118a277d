-- A term's rows from one run's: {template} is a run that is there, with the acts of a drill's first part.
-- {runs} runs of {acts} acts each, a run of {long} acts, and {words} words of each shelf about itself.
-- Statements end with a line of two dashes. The same text for SQLite and PostgreSQL.

INSERT INTO run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, closed_at, last_act, scenario_hash)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs})
SELECT t.id + n.i, t.scenario_id, t.scenario, t.group_id, t.group_name, t.station_id, 20260000, n.i,
       t.started_at + n.i, t.started_at + n.i + 1, CASE WHEN n.i = {runs} THEN {long} ELSE {acts} END, t.scenario_hash
FROM run t CROSS JOIN n WHERE t.id = {template}
--
INSERT INTO act (run_id, no, format, source, at, arrived_at, actor, act, changes, answer)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs} - 1),
k (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM k WHERE no < {acts}),
of (acts) AS (SELECT COUNT(*) FROM act WHERE run_id = {template})
SELECT t.run_id + n.i, k.no, t.format, 'device:5649525400000102:' || n.i || ':' || k.no, t.at + n.i, t.arrived_at + n.i,
       t.actor, t.act, t.changes, t.answer
FROM k CROSS JOIN of JOIN act t ON t.run_id = {template} AND t.no = (k.no - 1) % of.acts + 1 CROSS JOIN n
--
-- The long run can be replayed: it is opened, and then the same wrong scan comes again and again.
INSERT INTO act (run_id, no, format, source, at, arrived_at, actor, act, changes, answer)
WITH RECURSIVE k (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM k WHERE no < {long})
SELECT t.run_id + {runs}, k.no, t.format, 'device:5649525400000102:0:' || k.no, t.at + k.no, t.arrived_at + k.no, t.actor,
       CASE WHEN k.no = 1 THEN t.act ELSE '{"do":"scan","code":"4711"}' END,
       CASE WHEN k.no = 1 THEN t.changes ELSE '[]' END,
       CASE WHEN k.no = 1 THEN t.answer
            ELSE '{"run":1,"no":1,"words":{"mark":"wrong","was":{"key":"scan.unknown","with":{"code":"4711"}}},"verdict":"wrong"}' END
FROM act t CROSS JOIN k WHERE t.run_id = {template} AND t.no = 1
--
INSERT INTO device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer)
SELECT '5649525400000102', run_id, no, at, arrived_at, '{"what":"scan","aim":"]C1","code":"12000152400012"}', run_id, no, answer
FROM act WHERE run_id > {template} AND run_id < {template} + {runs} AND no % 2 = 0
--
-- Restarts, self tests that pass, paper that ends and comes: nothing of it holds any more.
INSERT INTO device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer)
WITH RECURSIVE k (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM k WHERE no < {words})
SELECT d.id, 4000000000, k.no, k.no, k.no,
       CASE k.no % 3 WHEN 0 THEN '{"what":"restarted","reason":"power_on","panic":""}'
                     WHEN 1 THEN '{"what":"tested","position":3,"pressed":true}'
                     ELSE '{"what":"printer","paper":true,"closed":true,"head_celsius":31}' END,
       NULL, NULL, '{"run":null,"no":null,"words":null,"verdict":null}'
FROM device d CROSS JOIN k WHERE d.kind = 'shelf'
--
INSERT INTO movement (run_id, no, line, sku, lot, from_location, from_lpn, to_location, to_lpn, quantity)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs} - 1)
SELECT t.run_id + n.i, t.no, t.line, t.sku, t.lot, t.from_location, t.from_lpn, t.to_location, t.to_lpn, t.quantity
FROM movement t CROSS JOIN n WHERE t.run_id = {template} AND t.no <= {acts}
--
INSERT INTO balance (run_id, location, lpn, sku, lot, quantity, reserved)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs} - 1)
SELECT t.run_id + n.i, t.location, t.lpn, t.sku, t.lot, t.quantity, t.reserved FROM balance t CROSS JOIN n WHERE t.run_id = {template}
--
-- Most are accepted; what a teacher leaves for later stays.
INSERT INTO paper (run_id, number, kind, state, made_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs} - 1)
SELECT t.run_id + n.i, t.number || '-' || n.i, t.kind, CASE WHEN n.i % 50 = 0 THEN 'submitted' ELSE 'accepted' END, t.made_at + n.i
FROM paper t CROSS JOIN n WHERE t.run_id = {template}
--
INSERT INTO print_job (run_id, job, station_id, label, state)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {runs} - 1)
SELECT t.run_id + n.i, t.job, t.station_id, t.label, CASE WHEN n.i % 20 = 0 THEN 'taken' ELSE 'printed' END
FROM print_job t CROSS JOIN n WHERE t.run_id = {template}
