-- +goose Up

-- What there was to tell, once: what a scan found that is new, or that a scan did not come. Counts and reasons, and no store's name.
CREATE TABLE notice (
	id     TEXT PRIMARY KEY,
	kind   TEXT NOT NULL,
	series TEXT NOT NULL,
	scan   TEXT NOT NULL DEFAULT '',
	at     BIGINT NOT NULL,
	counts TEXT NOT NULL
);
CREATE INDEX notice_at ON notice (at, id);

-- A notice on its way to a sink. begun counts sendings whose end nobody knows: a process died in them. round counts how often
-- somebody asked for it again.
CREATE TABLE delivery (
	id       TEXT PRIMARY KEY,
	notice   TEXT NOT NULL,
	sink     TEXT NOT NULL,
	state    TEXT NOT NULL,
	tries    BIGINT NOT NULL DEFAULT 0,
	begun    BIGINT NOT NULL DEFAULT 0,
	round    BIGINT NOT NULL DEFAULT 0,
	why      TEXT NOT NULL DEFAULT '',
	changed  BIGINT NOT NULL,
	findings BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX delivery_notice ON delivery (notice);

-- Findings that a sink was told of, and how severe they were then.
CREATE TABLE told (
	sink     TEXT NOT NULL,
	finding  BIGINT NOT NULL,
	severity BIGINT NOT NULL,
	PRIMARY KEY (sink, finding)
);

-- Of scans that ended before there were notices nobody is told.
ALTER TABLE scan ADD COLUMN told BIGINT NOT NULL DEFAULT 0;
UPDATE scan SET told = 1 WHERE state <> 'running';
CREATE INDEX scan_untold ON scan (started) WHERE told = 0;
