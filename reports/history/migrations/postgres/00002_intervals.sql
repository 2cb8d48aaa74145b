-- +goose Up

CREATE TABLE rule (
	id   BIGINT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);

-- Assets by identity. life is the asset under which findings are counted: itself, what it was called before, or the first of
-- a nightly series of snapshots.
CREATE TABLE asset (
	id       BIGINT PRIMARY KEY,
	key      BYTEA NOT NULL UNIQUE,
	root     TEXT COLLATE "C" NOT NULL,
	ref      TEXT COLLATE "C" NOT NULL,
	kind     TEXT NOT NULL,
	class    TEXT NOT NULL,
	provider TEXT NOT NULL,
	account  TEXT NOT NULL,
	region   TEXT NOT NULL,
	name     TEXT NOT NULL,
	life     BIGINT NOT NULL
);
CREATE INDEX asset_ref ON asset (root, ref);
CREATE INDEX asset_life ON asset (life);
CREATE INDEX asset_account ON asset (provider, account);

CREATE TABLE asset_name (
	name  BYTEA NOT NULL,
	asset BIGINT NOT NULL,
	PRIMARY KEY (name, asset)
);

-- What a series knows of an asset, from one version to another: its facts and its outcomes as documents, with digests.
-- seen is 0 while the series cannot tell whether it is still there.
CREATE TABLE span (
	series   BIGINT NOT NULL,
	asset    BIGINT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	seen     BIGINT NOT NULL,
	facts    BYTEA,
	labels   BYTEA,
	outcomes BYTEA,
	looked   BIGINT NOT NULL DEFAULT 0,
	held     BIGINT NOT NULL DEFAULT 0,
	body     BYTEA,
	verdicts BYTEA,
	PRIMARY KEY (asset, series, since)
);
CREATE INDEX span_open ON span (series, asset) WHERE until IS NULL;

-- Outcomes as intervals. verdict: 1 pass, 2 fail, 3 unknown, 4 not applicable. severity: 1 critical to 4 low, 0 none stands.
CREATE TABLE outcome (
	series   BIGINT NOT NULL,
	asset    BIGINT NOT NULL,
	rule     BIGINT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	verdict  BIGINT NOT NULL,
	severity BIGINT NOT NULL,
	findings BIGINT NOT NULL,
	waived   BIGINT NOT NULL,
	PRIMARY KEY (asset, rule, series, since)
);
CREATE INDEX outcome_open ON outcome (rule, verdict, severity, asset) WHERE until IS NULL AND verdict IN (2, 3);

-- What changed from one scan of a series to the next; nothing for its first scan. A verdict of 0 is none.
CREATE TABLE change (
	version  BIGINT NOT NULL,
	series   BIGINT NOT NULL,
	asset    BIGINT NOT NULL,
	rule     BIGINT NOT NULL,
	was      BIGINT NOT NULL,
	now      BIGINT NOT NULL,
	severity BIGINT NOT NULL,
	cause    TEXT NOT NULL,
	PRIMARY KEY (version, asset, rule)
);

-- Findings for life, under the asset that they are counted with.
CREATE TABLE finding (
	id          BIGINT PRIMARY KEY,
	fingerprint TEXT NOT NULL UNIQUE,
	rule        BIGINT NOT NULL,
	asset       BIGINT NOT NULL,
	fact        TEXT NOT NULL,
	element     TEXT NOT NULL,
	since       BIGINT NOT NULL
);
CREATE INDEX finding_asset ON finding (asset, rule);

-- All names of findings: an asset that moved, or the next snapshot of a series, gives a finding another fingerprint.
CREATE TABLE finding_name (
	fingerprint TEXT PRIMARY KEY,
	finding     BIGINT NOT NULL
);

-- Where a finding is seen: on an outcome of an asset, by a series. seen is 0 while the series cannot tell. closer is the series
-- that showed that it is gone, where that is another one.
CREATE TABLE sighting (
	finding  BIGINT NOT NULL,
	series   BIGINT NOT NULL,
	asset    BIGINT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	seen     BIGINT NOT NULL,
	closer   BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (finding, asset, series, since)
);
CREATE INDEX sighting_asset ON sighting (asset) WHERE until IS NULL;

-- A finding's life: one row for each thing that happened to it.
-- state: 1 open, 2 waived, 3 not seen, 4 fixed. lapses: when its waiver does, in seconds since 1970.
CREATE TABLE standing (
	finding     BIGINT NOT NULL,
	since       BIGINT NOT NULL,
	until       BIGINT,
	state       BIGINT NOT NULL,
	severity    BIGINT NOT NULL,
	event       TEXT NOT NULL,
	cause       TEXT NOT NULL,
	asset       BIGINT NOT NULL,
	fingerprint TEXT NOT NULL,
	message     TEXT NOT NULL,
	digest      TEXT NOT NULL,
	lapses      BIGINT NOT NULL DEFAULT 0,
	owner       TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (finding, since)
);
CREATE INDEX standing_open ON standing (state, severity, since) WHERE until IS NULL;
CREATE INDEX standing_since ON standing (since);

-- What scans of a series counted, by dimension: all, rule, framework, account, class, region.
CREATE TABLE rollup (
	series   BIGINT NOT NULL,
	dim      TEXT NOT NULL,
	key      TEXT NOT NULL,
	verdict  BIGINT NOT NULL,
	severity BIGINT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	outcomes BIGINT NOT NULL,
	findings BIGINT NOT NULL,
	waived   BIGINT NOT NULL,
	PRIMARY KEY (dim, series, key, verdict, severity, since)
);
CREATE INDEX rollup_open ON rollup (series, dim, key) WHERE until IS NULL;
