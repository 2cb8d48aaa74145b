package database_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// readersOf tells each reader in one line, and the gap.
func readersOf(a probity.Asset) (out []string) {
	for _, g := range a.Access.Readers.Items {
		line := g.Principal + ": " + strings.Join(g.Actions, ", ")
		if len(g.On) > 0 {
			line += " (" + strings.Join(g.On, ", ") + ")"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	if _, g := a.Access.Readers.Value(); g != nil {
		out = append(out, g.String())
	}
	return out
}

// TestPostgresReaders asks an account without any right of its own who reads what.
func TestPostgresReaders(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'",
		"CREATE ROLE owner", "CREATE ROLE deployer LOGIN IN ROLE owner", "CREATE ROLE staff", "CREATE ROLE doctors IN ROLE staff", "CREATE ROLE ada LOGIN NOINHERIT IN ROLE doctors",
		"CREATE ROLE bob LOGIN", "CREATE ROLE copier LOGIN BYPASSRLS", "CREATE ROLE analyst LOGIN IN ROLE pg_read_all_data", "CREATE ROLE outsider LOGIN")
	s.Exec(t, "clinic", "CREATE SCHEMA ward AUTHORIZATION owner", "GRANT USAGE ON SCHEMA ward TO staff, bob, copier", "SET ROLE owner",
		"CREATE TABLE ward.own (a text, b text)", "CREATE TABLE ward.shared (a text, b text, c text)", "GRANT SELECT ON ward.shared TO staff, outsider", "GRANT SELECT (b, c) ON ward.shared TO bob",
		"CREATE TABLE ward.seen (a text, b text)", "CREATE VIEW ward.upper AS SELECT upper(a) AS a FROM ward.seen", "CREATE VIEW ward.top AS SELECT a FROM ward.upper", "GRANT SELECT ON ward.top TO bob",
		"CREATE VIEW ward.own_rights WITH (security_invoker = true) AS SELECT b FROM ward.seen", "GRANT SELECT ON ward.own_rights TO staff",
		"CREATE TABLE ward.rows (a text, b text)", "ALTER TABLE ward.rows ENABLE ROW LEVEL SECURITY", "GRANT SELECT ON ward.rows TO bob, copier, staff", "CREATE POLICY mine ON ward.rows FOR SELECT TO staff USING (a = 'x')",
		"CREATE TABLE ward.all_rows (a text) PARTITION BY RANGE (a)", "CREATE TABLE ward.part PARTITION OF ward.all_rows DEFAULT", "GRANT SELECT ON ward.all_rows TO bob",
		"RESET ROLE",
		"CREATE TABLE public.everybody (a text)", "GRANT SELECT ON public.everybody TO PUBLIC",
		"CREATE TABLE public.called (a text)", "GRANT SELECT ON public.called TO bob", "CREATE ROLE lender", "GRANT SELECT ON public.called TO lender",
		"CREATE FUNCTION public.give() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT a FROM public.called'", "ALTER FUNCTION public.give() OWNER TO lender")
	got := visit(t, serverUnit(fmt.Sprintf("postgres://probity@127.0.0.1:%d/clinic", s.Port), 10))
	always := []string{"analyst: SELECT", "deployer: SELECT", "postgres: SELECT"}
	with := func(lines ...string) []string {
		out := append(slices.Clone(always), lines...)
		slices.Sort(out)
		return out
	}
	for name, want := range map[string][]string{
		"ward.own":         always,
		"ward.shared":      with("ada: SELECT", "bob: SELECT (b, c)"),
		"ward.seen":        with("analyst: SELECT by ward.top (a)", "analyst: SELECT by ward.upper (a)", "bob: SELECT by ward.top (a)", "deployer: SELECT by ward.top (a)", "deployer: SELECT by ward.upper (a)", "postgres: SELECT by ward.top (a)", "postgres: SELECT by ward.upper (a)"),
		"ward.rows":        {"ada: SELECT of rows that policies show", "copier: SELECT", "deployer: SELECT", "postgres: SELECT"},
		"ward.part":        with("analyst: SELECT by ward.all_rows", "bob: SELECT by ward.all_rows", "deployer: SELECT by ward.all_rows", "postgres: SELECT by ward.all_rows"),
		"public.everybody": {"PUBLIC: SELECT", "analyst: SELECT", "postgres: SELECT"},
	} {
		if d := cmp.Diff(want, readersOf(got.assets[name])); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	if r := readersOf(got.assets["public.called"]); !strings.Contains(r[len(r)-1], "public.give") {
		t.Errorf("got %q, want that a function may give rows away", r)
	}
	s.Exec(t, "clinic", "REVOKE EXECUTE ON FUNCTION public.give() FROM PUBLIC", "REVOKE CONNECT ON DATABASE clinic FROM PUBLIC", "GRANT CONNECT ON DATABASE clinic TO probity, bob")
	got = visit(t, serverUnit(fmt.Sprintf("postgres://probity@127.0.0.1:%d/clinic", s.Port), 10))
	for name, want := range map[string][]string{
		"public.everybody": {"bob: SELECT", "postgres: SELECT", "probity: SELECT"},
		"public.called":    {"bob: SELECT", "postgres: SELECT"},
	} {
		if d := cmp.Diff(want, readersOf(got.assets[name])); d != "" {
			t.Errorf("%s where few connect (-want +got):\n%s", name, d)
		}
	}
}
