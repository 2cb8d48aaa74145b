-- +goose Up

-- Scans of the same targets, or under one name: what is compared with what.
CREATE TABLE series (
	id   BIGINT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);

-- One row a scan. Its version orders all intervals below; readers see those of published scans alone.
CREATE TABLE scan (
	id        TEXT PRIMARY KEY,
	series    BIGINT NOT NULL,
	targets   TEXT NOT NULL,
	tool      TEXT NOT NULL,
	started   BIGINT NOT NULL,
	begun     BIGINT NOT NULL DEFAULT 0,
	finished  BIGINT NOT NULL DEFAULT 0,
	state     TEXT NOT NULL,
	why       TEXT NOT NULL DEFAULT '',
	version   BIGINT UNIQUE,
	published BIGINT NOT NULL DEFAULT 0,
	rules     TEXT NOT NULL DEFAULT '',
	header    BYTEA,
	corpus    BYTEA,
	coverage  BYTEA,
	assets    BIGINT NOT NULL DEFAULT 0,
	outcomes  BIGINT NOT NULL DEFAULT 0,
	findings  BIGINT NOT NULL DEFAULT 0,
	pruned    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX scan_series ON scan (series, version);

-- Units of a running scan: what each found stays until the scan is published.
CREATE TABLE unit (
	scan     TEXT NOT NULL,
	key      TEXT NOT NULL,
	spec     TEXT NOT NULL,
	state    TEXT NOT NULL,
	why      TEXT NOT NULL DEFAULT '',
	body     BYTEA,
	finished BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (scan, key)
);

-- Parts of scans that many have alike: rules and frameworks, coverage, by digest.
CREATE TABLE doc (
	digest BYTEA PRIMARY KEY,
	body   BYTEA NOT NULL
);
