package database_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestPostgresRemotes: where rows come from and go to, without the secrets of connections.
func TestPostgresRemotes(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'")
	s.Exec(t, "clinic", "CREATE EXTENSION postgres_fdw", "CREATE EXTENSION file_fdw", "CREATE SERVER old FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'Old.example.org', dbname 'archive')", "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
		"CREATE SUBSCRIPTION copy CONNECTION 'host=main.example.org port=6000 dbname=source user=x password=canary-of-connections' PUBLICATION all_of_it WITH (connect = false)",
		"CREATE PUBLICATION everything FOR ALL TABLES", "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC",
		"CREATE FUNCTION loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
		"CREATE FUNCTION tight() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT 1'", "REVOKE EXECUTE ON FUNCTION tight() FROM PUBLIC")
	seen := func(user string) (told, links string, gap *probity.Gap) {
		a := visit(t, serverUnit(fmt.Sprintf("postgres://%s@127.0.0.1:%d/clinic", user, s.Port), 1)).assets["clinic"]
		for _, name := range []string{"remotes", "published", "open_by_default", "definers", "extensions"} {
			v, g := a.Settings[name].Value()
			told += fmt.Sprintf("%s %v\n", name, v)
			if gap == nil {
				gap = g
			}
		}
		for _, l := range a.Links.Items {
			links += fmt.Sprintf("%s %s\n", l.Kind, l.To.ID)
		}
		if strings.Contains(fmt.Sprintf("%+v", a), "canary") {
			t.Error("a secret of a connection is told")
		}
		return told, links, gap
	}
	at := fmt.Sprintf("contained-in postgres://127.0.0.1:%d\n", s.Port)
	rest := "published [everything (all tables)]\nopen_by_default [public, made by postgres]\ndefiners [{loose() true false} {tight() false true}]\nextensions [file_fdw plpgsql postgres_fdw]\n"
	told, links, gap := seen("postgres")
	if d := cmp.Diff("remotes [{files file_fdw } {old postgres_fdw old.example.org} {copy subscription main.example.org}]\n"+rest, told); d != "" || gap != nil {
		t.Errorf("as the administrator: %v (-want +got):\n%s", gap, d)
	}
	if d := cmp.Diff("reads-from postgres://old.example.org:5432/archive\ncopy-of postgres://main.example.org:6000/source\n"+at, links); d != "" {
		t.Errorf("links (-want +got):\n%s", d)
	}
	told, links, gap = seen("probity")
	if d := cmp.Diff("remotes [{files file_fdw } {old postgres_fdw old.example.org}]\n"+rest, told); d != "" || gap == nil || gap.Needs != "SELECT (subconninfo) on pg_subscription" {
		t.Errorf("as an account with few rights: %v (-want +got):\n%s", gap, d)
	}
	if d := cmp.Diff("reads-from postgres://old.example.org:5432/archive\n"+at, links); d != "" {
		t.Errorf("links (-want +got):\n%s", d)
	}
}
