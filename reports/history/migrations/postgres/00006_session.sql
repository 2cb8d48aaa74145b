-- +goose Up

-- People who are signed in. The ID is a digest of what the browser holds.
CREATE TABLE session (
	id     TEXT PRIMARY KEY,
	name   TEXT NOT NULL,
	role   TEXT NOT NULL,
	bounds TEXT NOT NULL,
	via    TEXT NOT NULL,
	proof  TEXT NOT NULL,
	begun  BIGINT NOT NULL,
	seen   BIGINT NOT NULL
);
