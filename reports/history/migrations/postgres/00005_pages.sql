-- +goose Up

-- What lists are filtered by and viewers bounded by: assets of a cohort have all of it alike. kind of a mark: 1 an activity, 2 whose
-- data an activity is of. Tags are apart, since many assets have some that no other has.
CREATE TABLE cohort (
	id       BIGINT PRIMARY KEY,
	digest   BYTEA NOT NULL UNIQUE,
	provider TEXT NOT NULL,
	account  TEXT NOT NULL,
	region   TEXT NOT NULL,
	country  TEXT NOT NULL,
	owner    TEXT NOT NULL,
	kind     TEXT NOT NULL,
	class    TEXT NOT NULL
);
CREATE INDEX cohort_account ON cohort (provider, account);
CREATE TABLE cohort_mark (
	cohort BIGINT NOT NULL,
	kind   BIGINT NOT NULL,
	key    TEXT NOT NULL,
	PRIMARY KEY (cohort, kind, key)
);
CREATE INDEX cohort_mark_key ON cohort_mark (kind, key);
CREATE TABLE tagging (
	id     BIGINT PRIMARY KEY,
	digest BYTEA NOT NULL UNIQUE
);
CREATE TABLE tagging_mark (
	tagging BIGINT NOT NULL,
	key     TEXT NOT NULL,
	value   TEXT NOT NULL,
	PRIMARY KEY (tagging, key)
);
CREATE INDEX tagging_mark_value ON tagging_mark (key, value);

-- How assets are judged: those of a profile have the same verdicts of the same rules.
CREATE TABLE profile (
	id       BIGINT PRIMARY KEY,
	digest   BYTEA NOT NULL UNIQUE,
	severity BIGINT NOT NULL,
	failing  BIGINT NOT NULL,
	unknown  BIGINT NOT NULL
);
CREATE TABLE profile_rule (
	profile  BIGINT NOT NULL,
	rule     BIGINT NOT NULL,
	verdict  BIGINT NOT NULL,
	severity BIGINT NOT NULL,
	findings BIGINT NOT NULL,
	waived   BIGINT NOT NULL,
	PRIMARY KEY (profile, rule)
);

-- What would settle unknown outcomes.
CREATE TABLE need (
	id     BIGINT PRIMARY KEY,
	digest BYTEA NOT NULL UNIQUE,
	reason TEXT NOT NULL,
	needs  TEXT NOT NULL
);
CREATE TABLE profile_need (
	profile BIGINT NOT NULL,
	rule    BIGINT NOT NULL,
	need    BIGINT NOT NULL,
	PRIMARY KEY (profile, rule, need)
);
CREATE INDEX profile_need_need ON profile_need (need);

-- What is in assets, and who reaches it. readers is how many are known; more is 1 where there may be others.
CREATE TABLE content (
	id      BIGINT PRIMARY KEY,
	digest  BYTEA NOT NULL UNIQUE,
	copy    BIGINT NOT NULL,
	public  BIGINT NOT NULL,
	readers BIGINT NOT NULL,
	more    BIGINT NOT NULL
);
CREATE TABLE content_label (
	content    BIGINT NOT NULL,
	category   TEXT NOT NULL,
	detector   TEXT NOT NULL,
	protection TEXT NOT NULL,
	PRIMARY KEY (content, category, detector, protection)
);

-- A span in one short row: all that lists and counts need of it.
CREATE TABLE glance (
	asset   BIGINT NOT NULL,
	series  BIGINT NOT NULL,
	since   BIGINT NOT NULL,
	until   BIGINT,
	seen    BIGINT NOT NULL,
	cohort  BIGINT NOT NULL,
	tagging BIGINT NOT NULL,
	profile BIGINT NOT NULL,
	content BIGINT NOT NULL,
	PRIMARY KEY (asset, series, since)
);
CREATE INDEX glance_open ON glance (profile, cohort, tagging, content, series, seen) WHERE until IS NULL;
CREATE INDEX glance_since ON glance (series, since);
CREATE INDEX glance_ended ON glance (series, until) WHERE until IS NOT NULL;

-- Links of assets, from one version to another.
CREATE TABLE link (
	asset  BIGINT NOT NULL,
	series BIGINT NOT NULL,
	kind   TEXT NOT NULL,
	target BYTEA NOT NULL,
	since  BIGINT NOT NULL,
	until  BIGINT,
	PRIMARY KEY (asset, series, kind, target, since)
);
CREATE INDEX link_target ON link (target);

-- Cohort and tags of an asset as they are known now.
ALTER TABLE asset ADD COLUMN cohort BIGINT NOT NULL DEFAULT 0;
ALTER TABLE asset ADD COLUMN tagging BIGINT NOT NULL DEFAULT 0;
CREATE INDEX asset_cohort ON asset (cohort, tagging);
DROP INDEX asset_ref;
CREATE INDEX asset_text ON asset (root, ref, name);

DROP INDEX standing_open;
CREATE INDEX standing_open ON standing (state, severity, since DESC, finding) WHERE until IS NULL;
CREATE INDEX standing_asset ON standing (asset) WHERE until IS NULL;
CREATE INDEX sighting_series ON sighting (series, finding);

-- Waivers made by people who look at the history. waiver of a standing is the one by which it is waived.
CREATE TABLE waiver (
	id           BIGINT PRIMARY KEY,
	finding      BIGINT NOT NULL,
	fingerprint  TEXT NOT NULL,
	rule         TEXT NOT NULL,
	root         TEXT NOT NULL,
	ref          TEXT NOT NULL,
	asset        BIGINT NOT NULL,
	digest       TEXT NOT NULL,
	reason       TEXT NOT NULL,
	owner        TEXT NOT NULL,
	approver     TEXT NOT NULL,
	expires      BIGINT NOT NULL,
	made_by      TEXT NOT NULL,
	made         BIGINT NOT NULL,
	withdrawn    BIGINT NOT NULL DEFAULT 0,
	withdrawn_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX waiver_finding ON waiver (finding);
ALTER TABLE standing ADD COLUMN waiver BIGINT NOT NULL DEFAULT 0;

-- Who did what. Rows are added alone.
CREATE TABLE audit (
	id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at      BIGINT NOT NULL,
	who     TEXT NOT NULL,
	role    TEXT NOT NULL,
	did     TEXT NOT NULL,
	what    TEXT NOT NULL,
	came_by TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);

-- What is still to be worked out from rows of an older format.
CREATE TABLE pending (
	what TEXT PRIMARY KEY
);
INSERT INTO pending (what) SELECT 'glance' WHERE EXISTS (SELECT 1 FROM span);
