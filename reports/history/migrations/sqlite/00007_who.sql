-- +goose Up

-- By what somebody came: a token, or as whom a provider knows them. Two people may have one name.
ALTER TABLE audit ADD COLUMN came TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN subject TEXT NOT NULL DEFAULT '';

-- Sessions of before do not tell: their people sign in again.
DELETE FROM session;
ALTER TABLE session ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN hint TEXT NOT NULL DEFAULT '';
