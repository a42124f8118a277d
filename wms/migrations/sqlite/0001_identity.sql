-- People, their groups and their sessions. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE student_group (
    id      BIGINT NOT NULL PRIMARY KEY,
    name    TEXT   NOT NULL UNIQUE
);

CREATE TABLE account (
    id          BIGINT NOT NULL PRIMARY KEY,
    login       TEXT   NOT NULL UNIQUE,
    name        TEXT   NOT NULL,
    role        TEXT   NOT NULL CHECK (role IN ('student', 'instructor', 'technician')),
    -- The group of a student; others have none.
    group_id    BIGINT REFERENCES student_group (id),
    -- argon2id in PHC form; without one the account has no password to sign in with.
    password    TEXT,
    created_at  BIGINT NOT NULL
);

CREATE TABLE session (
    -- SHA-256 of the cookie's token: who reads this table can't sign in with it.
    token_hash  BLOB   NOT NULL PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES account (id),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);

CREATE INDEX session_expires ON session (expires_at);
