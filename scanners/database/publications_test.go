package database_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestPostgresGivesAway: which tables publications give away whole, and which policies let everything be seen.
func TestPostgresGivesAway(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic")
	s.Exec(t, "clinic", "CREATE TABLE whole (a text, b text)", "CREATE TABLE narrow (a text, b text)", "CREATE TABLE parted (a text) PARTITION BY LIST (a)", "CREATE TABLE leaf PARTITION OF parted DEFAULT",
		"CREATE SCHEMA outside", "CREATE TABLE outside.one (a text)", "CREATE PUBLICATION part FOR TABLE whole, narrow (a), parted", "CREATE PUBLICATION schema_of FOR TABLES IN SCHEMA outside", "CREATE PUBLICATION all_of_it FOR ALL TABLES",
		"CREATE POLICY everything ON whole USING (true)", "CREATE POLICY mine ON whole USING (a = current_user)", "CREATE POLICY narrows ON whole AS RESTRICTIVE USING (true)", "CREATE POLICY writes ON whole FOR INSERT WITH CHECK (true)",
		"CREATE POLICY nothing ON whole USING (false)")
	got := visit(t, serverUnit(fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", s.Port), 1))
	told := map[string]string{}
	for _, name := range []string{"clinic", "public.whole", "public.narrow", "public.leaf", "outside.one"} {
		has := guarded(got.assets[name])
		told[name] = strings.Join(has["published_whole"], ", ") + "; " + strings.Join(has["allowing"], ", ")
	}
	if d := cmp.Diff(map[string]string{"clinic": "all_of_it; ", "public.whole": "part; everything", "public.narrow": "; ", "public.leaf": "part; ", "outside.one": "schema_of; "}, told); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
