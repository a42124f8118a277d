-- Wall clocks are set. What is known by clocks that never are is kept beside them, and what is not known is told.

-- How an act's row is to be read: 1 as before this column, 2 with "certain". A program refuses numbers it does not know.
ALTER TABLE act ADD COLUMN format BIGINT NOT NULL DEFAULT 1;
-- Whether "at" was told by unstepped clocks all the way (1), or by wall clocks over a start of a machine (0). None in format 1.
ALTER TABLE act ADD COLUMN certain BIGINT;

-- When the run was made, by its machine's clock that is never set: which start of which machine, and ms since then.
ALTER TABLE run ADD COLUMN made_boot BIGINT;
ALTER TABLE run ADD COLUMN made_moment BIGINT;

-- What a person did that became no act: why, and at which run's station; none where no run was there.
ALTER TABLE device_event ADD COLUMN aside TEXT;
ALTER TABLE device_event ADD COLUMN aside_run BIGINT;
CREATE INDEX device_event_aside ON device_event (aside_run, arrived_at) WHERE aside IS NOT NULL;
