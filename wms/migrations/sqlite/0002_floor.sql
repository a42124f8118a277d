-- Runs, what happened in them, the stock ledger, papers, and the floor's stations and devices.
-- Every operational row leads with its run. Times are milliseconds since 1970-01-01 UTC, truth values 0 or 1, JSON is text.

CREATE TABLE station (
    id      BIGINT NOT NULL PRIMARY KEY,
    name    TEXT   NOT NULL,
    -- The run that what happens here belongs to.
    run_id  BIGINT
);

CREATE TABLE device (
    id          TEXT   NOT NULL PRIMARY KEY,
    gateway     TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    profile     TEXT   NOT NULL,
    port        TEXT   NOT NULL,
    firmware    TEXT   NOT NULL,
    units       BIGINT NOT NULL,
    -- DeviceState as JSON.
    state       TEXT   NOT NULL,
    last_seen   BIGINT NOT NULL,
    station_id  BIGINT REFERENCES station (id)
);

CREATE TABLE run (
    id           BIGINT NOT NULL PRIMARY KEY,
    scenario_id  TEXT   NOT NULL,
    -- The scenario as it was when the run began.
    scenario     TEXT   NOT NULL,
    group_id     BIGINT NOT NULL REFERENCES student_group (id),
    group_name   TEXT   NOT NULL,
    station_id   BIGINT NOT NULL REFERENCES station (id),
    -- Local date as YYYYMMDD, and the group's how-manieth run of that day: the papers' numbers carry both.
    day          BIGINT NOT NULL,
    day_run      BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    closed_at    BIGINT,
    last_act     BIGINT NOT NULL,
    UNIQUE (group_id, day, day_run)
);

-- What happened in a run, in order. Never changed.
CREATE TABLE act (
    run_id      BIGINT NOT NULL REFERENCES run (id),
    no          BIGINT NOT NULL,
    -- Where it arose; the same source is the same act, however often it comes.
    source      TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    arrived_at  BIGINT NOT NULL,
    actor       TEXT   NOT NULL,
    act         TEXT   NOT NULL,
    changes     TEXT   NOT NULL,
    answer      TEXT   NOT NULL,
    PRIMARY KEY (run_id, no),
    UNIQUE (run_id, source)
);

-- What devices said, each once, whether or not a run was open.
CREATE TABLE device_event (
    device      TEXT   NOT NULL,
    boot        BIGINT NOT NULL,
    event       BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    arrived_at  BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    -- The act it became; none where no run was open or it means nothing to a run.
    run_id      BIGINT,
    act_no      BIGINT,
    answer      TEXT   NOT NULL,
    PRIMARY KEY (device, boot, event)
);

-- The stock ledger: from one location to another, never changed.
CREATE TABLE movement (
    run_id         BIGINT NOT NULL,
    no             BIGINT NOT NULL,
    line           BIGINT NOT NULL,
    sku            TEXT   NOT NULL,
    lot            TEXT   NOT NULL,
    from_location  TEXT   NOT NULL,
    to_location    TEXT   NOT NULL CHECK (to_location <> from_location),
    quantity       BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (run_id, no, line),
    FOREIGN KEY (run_id, no) REFERENCES act (run_id, no)
);

-- What lies where. Locations of the book alone (opening, supplier, customer) begin with @ and may be negative, so that
-- each SKU's sum is zero.
CREATE TABLE balance (
    run_id    BIGINT NOT NULL REFERENCES run (id),
    location  TEXT   NOT NULL,
    sku       TEXT   NOT NULL,
    lot       TEXT   NOT NULL,
    quantity  BIGINT NOT NULL,
    reserved  BIGINT NOT NULL,
    PRIMARY KEY (run_id, location, sku, lot),
    CHECK (reserved >= 0),
    CHECK (substr(location, 1, 1) = '@' OR reserved <= quantity)
);

CREATE TABLE paper (
    run_id   BIGINT NOT NULL REFERENCES run (id),
    number   TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    state    TEXT   NOT NULL CHECK (state IN ('draft', 'submitted', 'accepted', 'returned')),
    made_at  BIGINT NOT NULL,
    PRIMARY KEY (run_id, number)
);
-- A number is never given twice.
CREATE UNIQUE INDEX paper_number ON paper (number);

CREATE TABLE print_job (
    run_id      BIGINT NOT NULL REFERENCES run (id),
    job         BIGINT NOT NULL,
    station_id  BIGINT NOT NULL,
    label       TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('queued', 'sent', 'taken', 'waiting', 'printed', 'failed')),
    PRIMARY KEY (run_id, job)
);

CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;
CREATE TRIGGER movement_is_never_changed BEFORE UPDATE ON movement
BEGIN SELECT RAISE(ABORT, 'a movement is never changed'); END;
CREATE TRIGGER movement_is_never_deleted BEFORE DELETE ON movement
BEGIN SELECT RAISE(ABORT, 'a movement is never deleted'); END;
CREATE TRIGGER device_event_is_never_changed BEFORE UPDATE ON device_event
BEGIN SELECT RAISE(ABORT, 'what a device said is never changed'); END;
CREATE TRIGGER device_event_is_never_deleted BEFORE DELETE ON device_event
BEGIN SELECT RAISE(ABORT, 'what a device said is never deleted'); END;
