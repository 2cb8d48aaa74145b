package database_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestMariaDBReaders asks an account that sees the grants who reads what, and one that does not.
func TestMariaDBReaders(t *testing.T) {
	t.Setenv("MYSQL_PWD", databasetest.Password)
	s := databasetest.MariaDB(t, databasetest.Options{})
	by := " IDENTIFIED BY '" + databasetest.Password + "'"
	s.Exec(t, "", "CREATE DATABASE clinic", "CREATE DATABASE other", "CREATE DATABASE clinix", "CREATE USER probity@127.0.0.1"+by, "GRANT SELECT, SHOW VIEW ON *.* TO probity@127.0.0.1",
		"CREATE USER few@127.0.0.1"+by, "GRANT SELECT ON clinic.* TO few@127.0.0.1",
		"CREATE USER ada@'%'"+by, "CREATE USER bob@localhost"+by, "CREATE USER locked@'%' ACCOUNT LOCK", "CREATE USER ''@localhost", "CREATE USER pattern@'%'"+by, "CREATE USER narrow@'%'"+by, "CREATE USER caller@'%'"+by,
		"CREATE ROLE staff", "CREATE ROLE doctors", "GRANT staff TO doctors", "GRANT doctors TO ada@'%'",
		"GRANT SELECT ON `clini_`.* TO pattern@'%'", "GRANT SELECT ON `clini_`.* TO narrow@'%'", "GRANT INSERT ON clinic.* TO narrow@'%'", "GRANT SELECT ON *.* TO locked@'%'")
	s.Exec(t, "clinic", "CREATE TABLE own (a TEXT, b TEXT)", "CREATE TABLE shared (a TEXT, b TEXT, c TEXT)", "GRANT SELECT ON clinic.shared TO staff", "GRANT SELECT (b, c) ON clinic.shared TO bob@localhost", "GRANT INSERT ON clinic.own TO bob@localhost",
		"CREATE TABLE seen (a TEXT, b TEXT, c TEXT)", "CREATE VIEW other.upper AS SELECT upper(s.a) AS x, s.b FROM clinic.seen s WHERE s.b <> 'it''s `c`'", "GRANT SELECT ON other.upper TO bob@localhost",
		"CREATE VIEW other.top AS SELECT x FROM other.upper", "GRANT SELECT ON other.top TO ''@localhost",
		"CREATE SQL SECURITY INVOKER VIEW other.plain AS SELECT c FROM clinic.seen", "GRANT SELECT ON other.plain TO ada@'%'",
		"CREATE DEFINER = bob@localhost VIEW other.poor AS SELECT c FROM clinic.seen", "GRANT SELECT ON other.poor TO ada@'%'",
		"CREATE TABLE called (a TEXT)", "CREATE PROCEDURE other.give() SELECT a FROM clinic.called", "GRANT EXECUTE ON PROCEDURE other.give TO caller@'%'",
		"CREATE PROCEDURE other.careful() SQL SECURITY INVOKER SELECT a FROM clinic.own", "GRANT EXECUTE ON PROCEDURE other.careful TO caller@'%'",
		"CREATE TABLE everybody (a TEXT)", "GRANT SELECT ON clinic.everybody TO PUBLIC")
	server := fmt.Sprintf("127.0.0.1:%d/clinic", s.Port)
	got := visit(t, serverUnit("mysql://probity@"+server, 10))
	always := []string{"'few'@'127.0.0.1': SELECT", "'pattern'@'%': SELECT", "'probity'@'127.0.0.1': SELECT", "'root'@'localhost': SELECT"}
	with := func(lines ...string) []string {
		out := append(slices.Clone(always), lines...)
		slices.Sort(out)
		return out
	}
	for name, want := range map[string][]string{
		"own":       always,
		"shared":    with("'ada'@'%': SELECT", "'bob'@'localhost': SELECT (b, c)"),
		"seen":      with("''@'localhost': SELECT by other.top (a, b)", "'bob'@'localhost': SELECT by other.upper (a, b)", "'probity'@'127.0.0.1': SELECT by other.top (a, b)", "'probity'@'127.0.0.1': SELECT by other.upper (a, b)", "'root'@'localhost': SELECT by other.top (a, b)", "'root'@'localhost': SELECT by other.upper (a, b)"),
		"everybody": with("PUBLIC: SELECT"),
	} {
		if d := cmp.Diff(want, readersOf(got.assets[name])); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	if r := readersOf(got.assets["called"]); !strings.Contains(r[len(r)-1], "other.give") || strings.Contains(r[len(r)-1], "careful") {
		t.Errorf("got %q, want that a procedure may give rows away", r)
	}
	for name, a := range visit(t, serverUnit("mysql://few@"+server, 10)).assets {
		if _, g := a.Access.Readers.Value(); strings.HasPrefix(string(a.Kind), "mysql.table") && (g == nil || g.Needs != "SELECT on mysql.*") {
			t.Errorf("%s: got %v, want that the grants are hidden", name, g)
		}
	}
	s.Exec(t, "", "REVOKE SHOW VIEW ON *.* FROM probity@127.0.0.1")
	if _, g := visit(t, serverUnit("mysql://probity@"+server, 10)).assets["seen"].Access.Readers.Value(); g == nil || !strings.HasPrefix(g.Needs, "SHOW VIEW") {
		t.Errorf("got %v, want that texts of views are hidden", g)
	}
}
