package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestReplica reads a replica whose primary empties tables that are being read: such a read is tried again, and is a gap where that
// goes on.
func TestReplica(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	primary := databasetest.Postgres(t, databasetest.Options{Entry: "local replication all scram-sha-256\n", Quiet: true})
	primary.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE probity LOGIN IN ROLE pg_read_all_data PASSWORD '"+databasetest.Password+"'")
	primary.Exec(t, "clinic", "CREATE TYPE mail AS (at text)",
		"CREATE FUNCTION text(mail) RETURNS text LANGUAGE plpgsql AS $$ BEGIN WHILE $1.at LIKE 'slow%' LOOP PERFORM pg_sleep(0.01); END LOOP; RETURN $1.at; END $$",
		"CREATE CAST (mail AS text) WITH FUNCTION text(mail)",
		"CREATE TABLE once (mail mail)", "INSERT INTO once VALUES (ROW('slow'))", "CREATE TABLE always (mail mail)", "INSERT INTO always VALUES (ROW('slow'))",
		"CREATE TABLE quick (mail text)", "INSERT INTO quick VALUES ('a@example.org')")
	replica := primary.Replica(t)
	p, r := primary.DB(t, "clinic"), replica.DB(t, "clinic")
	done := make(chan struct{})
	cut := make(chan int)
	go func() { cut <- empties(t.Context(), done, p, r) }()
	got := visit(t, serverUnit(fmt.Sprintf("postgres://probity@127.0.0.1:%d/clinic", replica.Port), 100))
	close(done)
	if n := <-cut; n != 4 {
		t.Errorf("the replica cut off %d reads, want one of the first table and three of the second", n)
	}
	if w := got.words["public.once"]; w != "mail 1 of 1/1 all |" {
		t.Errorf("got %q, want what the second try read", w)
	}
	if w := got.words["public.always"]; !strings.HasPrefix(w, "| timeout: what a replica replays cut the statement off, 3 times") {
		t.Errorf("got %q, want a gap", w)
	}
	if _, g := got.assets[fmt.Sprintf("127.0.0.1:%d", replica.Port)].Links.Value(); g == nil || !strings.HasPrefix(g.Needs, "pg_read_all_stats") {
		t.Errorf("got %v, want that the primary is not shown", g)
	}
	if w := got.words["public.quick"]; w != "mail 1 of 1/1 all |" {
		t.Errorf("got %q of a table that nobody empties", w)
	}
}

// empties empties a table on the primary whenever the scan sleeps over it on the replica, until it is done. It gives how often.
func empties(ctx context.Context, done <-chan struct{}, primary, replica *sql.DB) int {
	seen := map[string]bool{}
	for {
		select {
		case <-done:
			return len(seen)
		default:
		}
		var query, begun string
		err := replica.QueryRowContext(ctx, "SELECT query, query_start::text FROM pg_stat_activity WHERE application_name = 'probity' AND wait_event = 'PgSleep'").Scan(&query, &begun)
		if err != nil || seen[begun] {
			continue
		}
		seen[begun] = true
		table, next := "always", "slow again"
		if strings.Contains(query, "once") {
			table, next = "once", "a@example.org"
		}
		if _, err := primary.ExecContext(ctx, "BEGIN; TRUNCATE "+table+"; INSERT INTO "+table+" VALUES (ROW('"+next+"')); COMMIT"); err != nil {
			return -1
		}
	}
}

// TestLostConnections: a session that the server ends goes on as another one, where it stopped.
func TestLostConnections(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	t.Setenv("MYSQL_PWD", databasetest.Password)
	postgres, maria := databasetest.Postgres(t, databasetest.Options{}), databasetest.MariaDB(t, databasetest.Options{})
	for _, x := range []struct {
		name, target string
		server       *databasetest.Server
		kill         string
	}{
		{"PostgreSQL", "postgres://postgres@127.0.0.1:%d/clinic?sslmode=disable", postgres, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE application_name = 'probity'"},
		{"MariaDB", "mysql://probity@127.0.0.1:%d/clinic?sslmode=disable", maria, "KILL USER probity"},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.server.Exec(t, map[string]string{"PostgreSQL": "postgres"}[x.name], "CREATE DATABASE clinic")
			if x.server == maria {
				maria.Exec(t, "", "CREATE USER probity@127.0.0.1 IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON *.* TO probity@127.0.0.1")
			}
			x.server.Exec(t, "clinic", "CREATE TABLE a (mail varchar(30))", "INSERT INTO a VALUES ('a@example.org')", "CREATE TABLE b (mail varchar(30))", "INSERT INTO b VALUES ('a@example.org')")
			db, killed := x.server.DB(t, "clinic"), 0
			port := x.server.Relay(t, func(ctx context.Context, statement string) {
				if killed == 0 && strings.Contains(statement, "mail") && strings.Contains(statement, "LIMIT 100") {
					killed++
					if _, err := db.ExecContext(ctx, x.kill); err != nil {
						killed = -1
					}
				}
			})
			got := visit(t, serverUnit(fmt.Sprintf(x.target, port), 100))
			if len(got.words) != 2 || killed != 1 {
				t.Errorf("got %d tables, sessions ended: %d", len(got.words), killed)
			}
			for name, w := range got.words {
				if w != "mail 1 of 1/1 all |" {
					t.Errorf("%s: got %q", name, w)
				}
			}
		})
	}
}
