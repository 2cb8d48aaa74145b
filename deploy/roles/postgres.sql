-- The role by which Probity scans PostgreSQL. As a superuser, in each database that is scanned, and again when tables came to it:
--   psql -d clinic -f postgres.sql && psql -d clinic -c '\password probity'
-- It reads tables; it writes nothing, sees no password hash (so that it is not known which accounts have one of MD5), no connection
-- string of a subscription, and no row that a policy hides. What it may not see is a gap of the scan, which names the privilege.
DO $$
DECLARE
  what record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'probity') THEN
    CREATE ROLE probity LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 4;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO probity', current_database());
  FOR what IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO probity', what.nspname);
  END LOOP;
  -- Tables, partitioned ones and materialized views; neither views nor foreign tables, whose rows are elsewhere.
  FOR what IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' LOOP
    EXECUTE format('GRANT SELECT ON %I.%I TO probity', what.nspname, what.relname);
  END LOOP;
END
$$;
ALTER ROLE probity SET default_transaction_read_only = on;
GRANT pg_read_all_stats TO probity; -- what a replica copies
GRANT SELECT ON pg_hba_file_rules TO probity; -- who may come in, and from where
GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO probity;
