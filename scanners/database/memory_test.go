package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// memory remembers until the test ends.
type memory struct {
	mu    sync.Mutex
	looks map[string]database.Look
}

func (m *memory) RecallTable(store, table, version string) (database.Look, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.looks[store+"|"+table+"|"+version]
	l.Labels = append([]probity.Label(nil), l.Labels...)
	return l, ok
}

func (m *memory) KeepTable(store, table, version string, l database.Look) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l.Labels = append([]probity.Label(nil), l.Labels...)
	m.looks[store+"|"+table+"|"+version] = l
}

// reading scans a target day after day.
type reading struct {
	new    func(database.Options) probity.Scanner
	memory database.Memory
	unit   probity.Unit
	day    int
}

// again gives the day that the labels of each table are of, with how many tables the record says were not read again.
func (r *reading) again(t *testing.T) (days map[string]int, unchanged int) {
	t.Helper()
	r.day++
	now := time.Date(2026, 1, r.day, 0, 0, 0, 0, time.UTC)
	s := r.new(database.Options{Tally: func() database.Tally { return newCells() }, Now: func() time.Time { return now }, Memory: r.memory})
	days = map[string]int{}
	for f, err := range s.Scan(t.Context(), r.unit) {
		if err != nil {
			t.Fatal(err)
		}
		switch f := f.(type) {
		case probity.Asset:
			if f.Class != probity.Table {
				continue
			}
			for _, l := range f.Labels.Items {
				days[f.Name] = l.AsOf.Day()
				if again := strings.HasSuffix(l.Origin.Query, "(not changed since)"); again != (l.AsOf.Day() < r.day) || l.Found != 1 && l.Sample.Unit == "rows" || again && !l.Origin.At.Equal(l.AsOf) {
					t.Errorf("day %d: got the label %+v of %s", r.day, l, f.Name)
				}
			}
		case probity.Read:
			unchanged += f.Unchanged
		}
	}
	return days, unchanged
}

// TestMemory: a table is not read again while the server's counts say that nothing was written to it.
func TestMemory(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	t.Setenv("MYSQL_PWD", databasetest.Password)
	postgres, maria := databasetest.Postgres(t, databasetest.Options{Quiet: true}), databasetest.MariaDB(t, databasetest.Options{})
	maria.Exec(t, "", "CREATE USER probity@127.0.0.1 IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON *.* TO probity@127.0.0.1")
	server := func(o database.Options) probity.Scanner { return database.NewServer(o) }
	for _, x := range []struct {
		name, admin string
		server      *databasetest.Server
		target      string
		settled     func(*testing.T, *sql.DB) // waits until the server's counts are those of what was written
		changes     []string                  // each is seen, of the table a
		quiet       []string                  // none is
	}{
		{"PostgreSQL", "postgres", postgres, fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", postgres.Port), counted,
			[]string{"INSERT INTO a VALUES ('none')", "UPDATE a SET mail = mail WHERE mail = 'none'", "DELETE FROM a WHERE mail = 'none'", "TRUNCATE a; INSERT INTO a VALUES ('b@example.org')",
				"ALTER TABLE a ADD COLUMN more text", "COMMENT ON COLUMN a.more IS 'it'", "VACUUM FULL a", "SELECT pg_stat_reset()"},
			[]string{"SELECT * FROM a", "ANALYZE a"}},
		{"MariaDB", "", maria, fmt.Sprintf("mysql://probity@127.0.0.1:%d/clinic", maria.Port), func(t *testing.T, db *sql.DB) { aged(t, db) },
			[]string{"INSERT INTO a VALUES ('none')", "DELETE FROM a WHERE mail = 'none'"}, []string{"SELECT count(*) FROM a"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.server.Exec(t, x.admin, "CREATE DATABASE clinic")
			x.server.Exec(t, "clinic", "CREATE TABLE a (mail varchar(30))", "CREATE TABLE b (mail varchar(30))", "INSERT INTO a VALUES ('a@example.org')", "INSERT INTO b VALUES ('a@example.org')")
			db := x.server.DB(t, "clinic")
			x.settled(t, db)
			r := &reading{server, &memory{looks: map[string]database.Look{}}, serverUnit(x.target, 100), 0}
			first, _ := r.again(t)
			a, b := "a", "b"
			if first[a] == 0 {
				a, b = "public.a", "public.b"
			}
			same := func(why string, want map[string]int, unchanged int) {
				t.Helper()
				got, n := r.again(t)
				if d := cmp.Diff(want, got); d != "" || n != unchanged {
					t.Errorf("%s: %d tables not read again, want %d; days of labels (-want +got):\n%s", why, n, unchanged, d)
				}
			}
			was := map[string]int{a: 1, b: 1}
			same("nothing was written", was, 2)
			for _, q := range x.quiet {
				x.server.Exec(t, "clinic", q)
				x.settled(t, db)
				same(q, was, 2)
			}
			for _, q := range x.changes {
				x.server.Exec(t, "clinic", q)
				x.settled(t, db)
				unchanged := 1
				was[a] = r.day + 1
				if strings.Contains(q, "reset") {
					was[b], unchanged = r.day+1, 0
				}
				same(q, was, unchanged)
			}
			r.unit.Asks.Content.Rows = 200
			was[a], was[b] = r.day+1, r.day+1
			same("more rows are asked for", was, 0)
			r.unit.Asks.Content.Total = 1
			was = map[string]int{a: was[a], b: was[b]}
			same("a budget that is not needed", was, 2)
			r.memory = nil
			r.unit.Asks.Content.Total = 0
			same("nothing is remembered", map[string]int{a: r.day + 1, b: r.day + 1}, 0)
		})
	}
	t.Run("what was cut off", func(t *testing.T) {
		r := &reading{server, &memory{looks: map[string]database.Look{}}, serverUnit(fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", postgres.Port), 100), 0}
		r.unit.Asks.Content.Total = 1
		r.again(t)
		r.unit.Asks.Content.Total = 0
		if got, n := r.again(t); n != 0 || got["public.a"] != 2 {
			t.Errorf("got %v, and %d tables that were not read again, want that both are", got, n)
		}
	})
}

// counted waits until all that was written to tables is in the server's statistics: sessions that end tell it.
func counted(t *testing.T, db *sql.DB) {
	t.Helper()
	await(t, db, "SELECT count(*) = 0 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() OR pg_sleep(0.01) IS NULL")
}

// aged waits until the last change is older than what may be written in the same moment.
func aged(t *testing.T, db *sql.DB) {
	t.Helper()
	await(t, db, "SELECT coalesce(max(update_time) < now() - INTERVAL 2 SECOND, false) OR sleep(0.1) FROM information_schema.tables WHERE table_schema = 'clinic'")
}

func await(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for done := false; !done; {
		if err := db.QueryRowContext(ctx, query).Scan(&done); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

// TestMemoryOfFiles: tables of a file are not read again while it is the same.
func TestMemoryOfFiles(t *testing.T) {
	t.Parallel()
	name := file(t, "CREATE TABLE a (mail text)", "INSERT INTO a VALUES ('a@example.org')")
	r := &reading{func(o database.Options) probity.Scanner { return database.New(o) }, &memory{looks: map[string]database.Look{}}, unit(name), 0}
	for _, step := range []struct {
		why  string
		do   func()
		want int
	}{
		{"first", func() {}, 1},
		{"nothing happened", func() {}, 1},
		{"a row more", func() { must(t, exec(t, name, "INSERT INTO a VALUES ('none')")) }, 3},
		{"nothing happened", func() {}, 3},
		{"its bytes were copied over", func() { must(t, os.Chtimes(name, time.Unix(1, 0), time.Unix(1, 0))) }, 5},
		{"a change was begun, so that nothing can be read", func() { must(t, os.WriteFile(name+"-journal", []byte("no journal, but not empty"), 0o600)) }, 0},
		{"and ended", func() { must(t, os.Remove(name+"-journal")) }, 5},
		{"with a log its own count says nothing", func() { must(t, exec(t, name, "PRAGMA journal_mode = wal")) }, 8},
		{"with a log", func() {}, 9},
	} {
		step.do()
		if got, _ := r.again(t); got["a"] != step.want {
			t.Errorf("%s: got labels of day %d on day %d, want day %d", step.why, got["a"], r.day, step.want)
		}
	}
}

func exec(t *testing.T, name, statement string) error {
	t.Helper()
	db := writer(t, name)
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		return err
	}
	return db.Close()
}
