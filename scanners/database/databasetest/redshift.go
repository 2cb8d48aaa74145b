package databasetest

import "testing"

// AsRedshift lends a database of PostgreSQL the names that only Amazon Redshift has, and takes from it functions that Redshift
// lacks: no server of Redshift runs elsewhere than at AWS.
func (s *Server) AsRedshift(t *testing.T, database string) {
	t.Helper()
	lacks := "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no such function' USING ERRCODE = '42883'; END $$"
	s.Exec(t, database, "CREATE SCHEMA redshift",
		"CREATE FUNCTION redshift.version() RETURNS text LANGUAGE sql AS $$ SELECT 'PostgreSQL 8.0.2 on a machine, compiled by a compiler, Redshift 1.0.77467' $$",
		"CREATE VIEW redshift.svv_redshift_databases AS SELECT datname::varchar AS database_name, CASE WHEN datname LIKE 'shared%' THEN 'shared' ELSE 'local' END AS database_type FROM pg_database",
		"CREATE VIEW redshift.svv_external_schemas AS SELECT nspname AS schemaname FROM pg_namespace WHERE nspname LIKE 'spectrum%'",
		"CREATE DOMAIN redshift.super AS jsonb", "CREATE DOMAIN redshift.varbyte AS bytea",
		"CREATE FUNCTION redshift.json_size(redshift.super) RETURNS int LANGUAGE sql AS $$ SELECT octet_length($1::text) $$",
		"CREATE FUNCTION redshift.json_serialize(redshift.super) RETURNS varchar LANGUAGE sql AS $$ SELECT coalesce($1::text, 'null') $$",
		"CREATE FUNCTION redshift.pg_column_size(anyelement) RETURNS int "+lacks,
		"CREATE FUNCTION redshift.set_config(text, text, bool) RETURNS text "+lacks,
		"CREATE FUNCTION redshift.has_column_privilege(oid, smallint, text) RETURNS bool "+lacks,
		"GRANT USAGE ON SCHEMA redshift TO PUBLIC", "GRANT SELECT ON ALL TABLES IN SCHEMA redshift TO PUBLIC",
		"ALTER DATABASE "+database+" SET search_path = redshift, pg_catalog, public")
}
