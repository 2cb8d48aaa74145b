package database_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// TestRedshift reads a PostgreSQL that is lent the names of Redshift, and looks at what it is sent.
func TestRedshift(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'", "CREATE DATABASE dev", "CREATE DATABASE shared_by_others")
	s.AsRedshift(t, "dev")
	s.AsRedshift(t, "postgres")
	s.Exec(t, "dev",
		"CREATE TABLE public.patients (id int, mail varchar(99), born date, insured boolean, weight numeric, seen timestamp, notes redshift.super, picture redshift.varbyte)",
		`INSERT INTO public.patients SELECT i, i || '@example.org', '2000-01-01', true, 70.5, '2020-01-01', '{"mail": "a@example.org"}', 'x@x' FROM generate_series(1, 20) i`,
		"CREATE TABLE public.large (mail varchar(99))", "INSERT INTO public.large SELECT i || '@example.org' FROM generate_series(1, 5000) i",
		"CREATE TABLE public.long (body varchar(40000), story redshift.super)", "INSERT INTO public.long SELECT '@' || repeat('a', 30000), to_jsonb('@' || repeat('a', 70000))",
		"CREATE TABLE public.nothing (story redshift.super)", "INSERT INTO public.nothing VALUES (NULL)",
		"GRANT SELECT ON ALL TABLES IN SCHEMA public TO probity",
		"CREATE TABLE public.hidden (mail varchar(99))", "CREATE SCHEMA inner_room", "CREATE TABLE inner_room.t (mail varchar(99))", "GRANT SELECT ON inner_room.t TO probity", "CREATE SCHEMA spectrum_lake")
	wire := s.Wire(t)
	at := fmt.Sprintf("127.0.0.1:%d", wire.Port)
	target := func(user string) string { return "redshift://" + user + "@" + at + "?sslmode=disable" }

	t.Run("superuser", func(t *testing.T) {
		got := visit(t, serverUnit(target("postgres"), 100))
		drawn := got.assets["public.large"]
		if l := drawn.Labels.Items; len(l) != 1 || l[0].Sample.Method != "random" || l[0].Sample.Read == 0 || l[0].Sample.Read > 100 {
			t.Errorf("got the labels %+v of a large table, want a random sample within the budget", l)
		}
		delete(got.words, "public.large")
		if d := cmp.Diff(map[string]string{
			"public.patients": "mail 20 of 20/20 all, notes 20 of 20/20 all | not-collected: columns whose values are no text: 1",
			"public.long":     "body 1 of 1/1 all | sampled: long values read in part: 2",
			"public.nothing":  "|",
			"public.hidden":   "|",
			"inner_room.t":    "|",
		}, got.words); d != "" {
			t.Errorf("tables (-want +got):\n%s", d)
		}
		db := got.assets["dev"]
		if v, _ := got.assets[at].Lifecycle.Version.Get(); v != "redshift 1.0.77467" || got.assets[at].Kind != kinds.RedshiftServer || db.Kind != kinds.RedshiftDatabase || drawn.Kind != kinds.RedshiftTable || db.ID != "redshift://"+at+"/dev" {
			t.Errorf("got version %q of %s, kinds %s and %s", v, db.ID, db.Kind, drawn.Kind)
		}
		if d := cmp.Diff([]string{at + "/dev"}, db.Aliases); d != "" {
			t.Errorf("aliases (-want +got):\n%s", d)
		}
		if _, ok := got.assets["shared_by_others"]; ok || !strings.Contains(got.gapOf(probity.Database), "other warehouses share") {
			t.Errorf("got %q, want that what others share is theirs", got.gapOf(probity.Database))
		}
		if !strings.Contains(got.gapOf(probity.Table), "external schemas") {
			t.Errorf("got %q, want that tables of a lake are not read", got.gapOf(probity.Table))
		}
	})
	t.Run("few rights", func(t *testing.T) {
		got := visit(t, serverUnit("redshift://probity@"+at+"/dev?sslmode=disable", 10_000))
		const rows = "not-collected: whether row-level security hides rows is not told to this user"
		if d := cmp.Diff(map[string]string{
			"public.patients": "mail 20 of 20/20 all, notes 20 of 20/20 all | " + rows,
			"public.large":    "mail 5000 of 5000/5000 all | " + rows,
			"public.long":     "body 1 of 1/1 all | " + rows,
			"public.nothing":  "| " + rows,
			"public.hidden":   "| denied: permission denied",
			"inner_room.t":    "| denied: permission denied",
		}, got.words); d != "" {
			t.Errorf("tables (-want +got):\n%s", d)
		}
	})
	t.Run("a draw that takes too long", func(t *testing.T) {
		s.Exec(t, "dev", "CREATE FUNCTION redshift.random() RETURNS float LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'too long' USING ERRCODE = '57014'; END $$")
		got := visit(t, serverUnit(target("postgres"), 100))
		s.Exec(t, "dev", "DROP FUNCTION redshift.random()")
		if got.words["public.large"] != "mail 100 of 100/0 first | sampled: 100 rows were read" {
			t.Errorf("got %q, want the first rows", got.words["public.large"])
		}
	})
	t.Run("contract", func(t *testing.T) {
		scannertest.Run(t, serverScanner, serverUnit(target("postgres"), 10_000))
	})
	t.Run("what Redshift lacks is not asked", func(t *testing.T) {
		sent := strings.ToLower(wire.Sent())
		if !strings.Contains(sent, "statement_timeout") || !strings.Contains(sent, "read only") {
			t.Error("no statement was heard")
		}
		for _, lacking := range []string{"tablesample", " only \"", "lock_timeout", "row_security", "set_config", "default_transaction_read_only", "pg_column_size", "::", "has_column_privilege", "relpersistence", "current_setting"} {
			if strings.Contains(sent, lacking) {
				t.Errorf("it is asked for %q", lacking)
			}
		}
	})
	t.Run("taken for PostgreSQL of old", func(t *testing.T) {
		if got := visit(t, serverUnit("postgres://probity@"+at+"/dev?sslmode=disable", 1)); got.gapOf(probity.Table) == "" {
			t.Error("what PostgreSQL has and Redshift lacks is no gap")
		}
	})
}

// TestBudgetOfBytes: what is beyond it stays unread, and says so.
func TestBudgetOfBytes(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE TABLE a (mail text)", "INSERT INTO a SELECT 'somebody@example.org' FROM generate_series(1, 200)", "CREATE TABLE b (mail text)", "INSERT INTO b VALUES ('somebody@example.org')")
	u := serverUnit(fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres", s.Port), 1000)
	u.Asks.Content.Total = 1000
	got := visit(t, u)
	if d := cmp.Diff(map[string]string{
		"public.a": "mail 50 of 50/0 first | sampled: the budget of bytes is used up",
		"public.b": "| sampled: the budget of bytes is used up",
	}, got.words); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	if len(got.reads) != 1 || got.reads[0].Bytes != 1000 || got.reads[0].Objects != 50 {
		t.Errorf("got the reads %+v, want 1000 bytes of 50 rows", got.reads)
	}
	u.Part = "after=1&bytes=990" // a piece of a database of which others were read
	if got := visit(t, u); len(got.reads) != 1 || got.reads[0].Objects != 1 {
		t.Errorf("got the reads %+v, want the row that the rest of the budget allows", got.reads)
	}
}
