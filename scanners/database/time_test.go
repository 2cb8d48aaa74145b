package database_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// ticking is a clock that goes on by a second each time that somebody looks at it.
func ticking() func() time.Time {
	now := time.Unix(0, 0)
	return func() time.Time { now = now.Add(time.Second); return now }
}

// TestTime: no statement on a table is begun when its time, or that of its database, is over; the next table has its own time.
func TestTime(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	t.Setenv("MYSQL_PWD", databasetest.Password)
	tables := []string{"CREATE TABLE a (mail varchar(30))", "INSERT INTO a VALUES ('a@example.org')", "CREATE TABLE b (mail varchar(30))", "INSERT INTO b VALUES ('a@example.org')"}
	postgres, maria := databasetest.Postgres(t, databasetest.Options{}), databasetest.MariaDB(t, databasetest.Options{})
	postgres.Exec(t, "postgres", tables...)
	maria.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER probity@127.0.0.1 IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON *.* TO probity@127.0.0.1")
	maria.Exec(t, "clinic", tables...)
	name := file(t, tables...)
	scanner := func(o database.Options) map[string]probity.Scanner {
		return map[string]probity.Scanner{
			fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres", postgres.Port): database.NewServer(o),
			fmt.Sprintf("mysql://probity@127.0.0.1:%d/clinic", maria.Port):          database.NewServer(o),
			name: database.New(o),
		}
	}
	const none = "mail 1 of 1/1 all |"
	for when, x := range map[string]struct {
		content probity.Budget
		part    string
		clock   func() time.Time
		want    [2]string // of both tables
	}{
		"enough":                  {probity.Budget{Seconds: 1000, TableSeconds: 1000}, "", ticking(), [2]string{none, none}},
		"a second for a table":    {probity.Budget{TableSeconds: 1}, "", ticking(), [2]string{"| sampled: the time for one table is used up", "| sampled: the time for one table is used up"}},
		"a second for all tables": {probity.Budget{Seconds: 1}, "", ticking(), [2]string{"| sampled: the time for one database is used up", "| sampled: the time for one database is used up"}},
		"others took it":          {probity.Budget{Seconds: 5}, "ms=5000", func() time.Time { return time.Unix(0, 0) }, [2]string{"| sampled: the time for one database is used up", "| sampled: the time for one database is used up"}},
		"others took most of it":  {probity.Budget{Seconds: 5}, "ms=4999", func() time.Time { return time.Unix(0, 0) }, [2]string{none, none}},
	} {
		for target, s := range scanner(database.Options{Tally: func() database.Tally { return newCells() }, Clock: x.clock}) {
			if target == name && x.part != "" {
				continue // a file is one unit
			}
			got := visited{assets: map[string]probity.Asset{}, words: map[string]string{}}
			for f, err := range s.Scan(t.Context(), probity.Unit{Target: target, Part: x.part, Asks: probity.Asks{Content: &x.content}}) {
				if err != nil {
					t.Fatal(err)
				}
				got.add(f)
			}
			a, b := got.words["a"], got.words["b"]
			if got.words["public.a"] != "" {
				a, b = got.words["public.a"], got.words["public.b"]
			}
			if d := cmp.Diff(x.want, [2]string{a, b}); d != "" {
				t.Errorf("%s of %s (-want +got):\n%s", when, target, d)
			}
		}
	}
}
