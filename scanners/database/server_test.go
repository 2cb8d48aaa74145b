package database_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/scannertest"
)

func serverScanner() probity.Scanner {
	return database.NewServer(database.Options{Tally: func() database.Tally { return newCells() }, Now: func() time.Time { return time.Unix(0, 0).UTC() }})
}

func serverUnit(target string, rows int) probity.Unit {
	u := probity.Unit{Target: target, Asks: probity.Asks{Content: &probity.Budget{Rows: rows}}}
	u.Supplies = database.ServerSupplies(u)
	return u
}

// visited is what the scan of a server found, in a few words each.
type visited struct {
	assets map[string]probity.Asset // by the end of the ID
	words  map[string]string        // labels and gap of each table, by the same
	cover  []probity.Coverage
	reads  []probity.Read
}

func visit(t *testing.T, u probity.Unit) visited {
	t.Helper()
	out := visited{assets: map[string]probity.Asset{}, words: map[string]string{}}
	for f := range foundBy(t, u) {
		out.add(f)
	}
	return out
}

// foundBy gives what a unit finds, and those that follow on it.
func foundBy(t *testing.T, u probity.Unit) iter.Seq[probity.Found] {
	t.Helper()
	scanner := serverScanner()
	return func(yield func(probity.Found) bool) {
		for units := []probity.Unit{u}; len(units) > 0; units = units[1:] {
			for f, err := range scanner.Scan(t.Context(), units[0]) {
				if err != nil {
					t.Fatal(err)
				}
				if next, ok := f.(probity.Unit); ok {
					units = append(units, next)
				}
				if !yield(f) {
					return
				}
			}
		}
	}
}

func (v *visited) add(f probity.Found) {
	switch f := f.(type) {
	case probity.Asset:
		at := f.ID[strings.LastIndex(f.ID, "/")+1:]
		v.assets[at] = f
		if f.Class == probity.Table {
			v.words[at] = strings.TrimSpace(strings.Join(labels(f), ", ") + " | " + gap(f.Labels))
		}
	case probity.Coverage:
		v.cover = append(v.cover, f)
	case probity.Read:
		v.reads = append(v.reads, f)
	}
}

// gapOf is the gap of what was listed of a class.
func (v visited) gapOf(c probity.Class) string {
	for _, x := range v.cover {
		if x.Class == c && x.Gap != nil {
			return x.Gap.String()
		}
	}
	return ""
}

func TestTargetsOfServers(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"postgres://app@DB.Example.org./clinic":                  "db.example.org 5432 clinic",
		"postgres://app@[::1]:6000/":                             "::1 6000 ",
		"mysql://app@h/x?sslmode=verify-full&sslrootcert=ca.pem": "h 3306 x",
		"postgresql://app@h/x":                                   "h 5432 x",
		"postgres://app:secretive@h/x":                           "error: the target holds a password; give it by PGPASSWORD",
		"mysql://app:secretive@h/x":                              "error: the target holds a password; give it by MYSQL_PWD",
		"postgres:///x":                                          "error: target postgres: write postgres://user@host:port/database",
		"postgres://app@h,i/x":                                   "error: target postgres: write",
		"postgres://app@h/x?sslmode=some":                        "error: sslmode is",
		"postgres://app@h/x?options=-c%20row_security=on":        "error: a target takes sslmode and sslrootcert",
		"postgres://app@h:70000/x":                               "error: target postgres: 70000 is no port",
		"mysql://app@h/x?allowAllFiles=true":                     "error: a target takes",
		"postgres://app@h/x?password=secretive":                  "error: a target takes",
		"postgres://app:secre%tive@h/x":                          "error: the target is no URL",
	} {
		l, err := database.ParseTarget(target)
		got := fmt.Sprint(l.Host, " ", l.Port, " ", l.Database)
		if err != nil {
			got = "error: " + err.Error()
		}
		if !strings.HasPrefix(got, want) || strings.Contains(got, "secretive") || err == nil && got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

// TestBlocks: of a large table blocks are drawn, and the bound is one of blocks; what none of them holds is told too.
func TestBlocks(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic")
	s.Exec(t, "clinic", "CREATE TABLE large (note text)", "INSERT INTO large SELECT CASE WHEN i % 20 = 0 THEN '@' ELSE 'x' END FROM generate_series(1, 150000) i", "ANALYZE")
	got := visit(t, serverUnit(fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", s.Port), 20_000))
	l := got.assets["public.large"].Labels
	if _, gap := l.Value(); gap == nil || !strings.Contains(gap.Because, "blocks with ") || !strings.Contains(gap.Because, "drawn at random; with 95 % confidence at most ") {
		t.Errorf("got the gap %v, want what the blocks tell of the others", gap)
	}
	if len(l.Items) != 1 || l.Items[0].Sample.Method != "blocks" {
		t.Fatalf("got the labels %+v, want one of drawn blocks", l.Items)
	}
	f := l.Items[0].Sample.Frame
	if up, ok := f.Upper.Get(); f.Unit != "blocks" || f.Read < 10 || f.Read > 300 || f.Found != f.Read || !ok || up != 1 {
		t.Errorf("got the frame %+v, want all blocks to hold some", f)
	}
}

// TestPostgres reads a real server as an account that may not see all of it.
func TestPostgres(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{TLS: true})
	s.Exec(t, "postgres", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'", "CREATE DATABASE clinic", "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
	s.Exec(t, "clinic",
		"CREATE TABLE patients (id int PRIMARY KEY, mail text, age int)", "INSERT INTO patients SELECT i, i || '@example.org', i FROM generate_series(1, 20) i",
		"CREATE TABLE large (mail text)", "INSERT INTO large SELECT i || '@example.org' FROM generate_series(1, 5000) i",
		"CREATE TABLE blobs (mail text, picture bytea)", "INSERT INTO blobs VALUES ('a@example.org', 'x@x')",
		"CREATE TABLE long (body text)", "INSERT INTO long SELECT '@' || string_agg(md5(i::text), '') FROM generate_series(1, 100000) i",
		"CREATE TABLE parts (at int, mail text) PARTITION BY RANGE (at)", "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)", "INSERT INTO parts VALUES (1, 'a@example.org')",
		`CREATE TABLE "odd ""name" ("my mail" text)`, `INSERT INTO "odd ""name" VALUES ('a@example.org')`,
		"CREATE TABLE rows_hidden (mail text)", "INSERT INTO rows_hidden VALUES ('a@example.org')", "ALTER TABLE rows_hidden ENABLE ROW LEVEL SECURITY",
		"CREATE VIEW seen AS SELECT * FROM patients",
		"GRANT SELECT ON ALL TABLES IN SCHEMA public TO probity",
		"CREATE TABLE hidden (mail text)", "CREATE TABLE half (mail text, other text)", "INSERT INTO half VALUES ('a@example.org', 'b@example.org')", "GRANT SELECT (mail) ON half TO probity",
		"CREATE SCHEMA inner_room", "CREATE TABLE inner_room.t (mail text)",
		"ANALYZE")
	at := fmt.Sprintf("127.0.0.1:%d", s.Port)
	target := "postgres://probity@" + at + "/clinic"
	got := visit(t, serverUnit(target, 100))

	drawn := got.assets["public.large"]
	if l := drawn.Labels.Items; len(l) != 1 || l[0].Sample.Method != "random" || l[0].Sample.Read == 0 || l[0].Sample.Read > 100 {
		t.Errorf("got the labels %+v of a large table, want a random sample within the budget", l)
	} else if f := l[0].Sample.Frame; f == nil || f.Unit != "rows" || f.Read != l[0].Sample.Read || f.Found != f.Read {
		t.Errorf("got the frame %+v, want all rows that were drawn", f)
	}
	delete(got.words, "public.large")
	if d := cmp.Diff(map[string]string{
		"public.patients":    "mail 20 of 20/20 all |",
		"public.blobs":       "mail 1 of 1/1 all | not-collected: columns whose values are no text: 1",
		"public.long":        "| sampled: long values read in part: 1",
		"public.parts_1":     "mail 1 of 1/1 all |",
		`public.odd "name`:   "my mail 1 of 1/1 all |",
		"public.rows_hidden": "| denied: rows are hidden by row-level security",
		"public.hidden":      "| denied: permission denied",
		"public.half":        "mail 1 of 1/1 all | denied: permission denied",
		"inner_room.t":       "| denied: permission denied",
	}, got.words); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	for name, needs := range map[string]string{"public.hidden": "SELECT on table public.hidden", "inner_room.t": "USAGE on schema inner_room", "public.rows_hidden": "a role with BYPASSRLS for table public.rows_hidden"} {
		if _, g := got.assets[name].Labels.Value(); g == nil || g.Needs != needs {
			t.Errorf("%s: got %v, want that it needs %s", name, g, needs)
		}
	}
	db := got.assets["clinic"]
	if d := cmp.Diff([]string{at + "/clinic"}, db.Aliases); d != "" || db.ID != "postgres://"+at+"/clinic" {
		t.Errorf("got %s, aliases (-want +got):\n%s", db.ID, d)
	}
	server := got.assets[at]
	if d := cmp.Diff([]string{at}, server.Aliases); d != "" || server.ID != "postgres://"+at || db.Links.Items[0].To != server.Ref {
		t.Errorf("got %s, aliases (-want +got):\n%s", server.ID, d)
	}
	if v, ok := server.Lifecycle.Version.Get(); !ok || !strings.HasPrefix(v, "postgres ") {
		t.Errorf("got version %q", v)
	}
	if _, g := server.Encryption.InTransit.Value(); g == nil || g.Reason != probity.Denied || !strings.Contains(g.Needs, "pg_hba_file_rules") {
		t.Errorf("got %v, want that pg_hba.conf may not be seen", g)
	}
	if len(got.reads) != 1 || got.reads[0].Identity != "probity" || got.reads[0].Store != db.Ref || got.reads[0].Bytes == 0 {
		t.Errorf("got the reads %+v", got.reads)
	}

	t.Run("contract", func(t *testing.T) { scannertest.Run(t, serverScanner, serverUnit(target, 10_000)) })
	t.Run("all databases", func(t *testing.T) {
		got := visit(t, serverUnit("postgres://probity@"+at, 100))
		if _, ok := got.assets["postgres"]; !ok || len(got.assets["clinic"].Aliases) == 0 || got.assets[at].Kind != "postgres.server" || got.gapOf(probity.Database) != "we were not allowed to read (permission denied); needs CONNECT on database closed" {
			t.Errorf("got %d assets and %q", len(got.assets), got.gapOf(probity.Database))
		}
	})
	t.Run("no content", func(t *testing.T) {
		u := serverUnit(target, 0)
		u.Asks.Content = nil
		if got := visit(t, u); got.words["public.patients"] != "| not-collected: content is not read" || len(got.reads) > 0 {
			t.Errorf("got %q and %d reads", got.words["public.patients"], len(got.reads))
		}
	})
	t.Run("administrator", func(t *testing.T) {
		got := visit(t, serverUnit("postgres://postgres@"+at+"/clinic", 100))
		if v, ok := got.assets[at].Encryption.InTransit.Get(); !ok || v {
			t.Error("clear connections are let in, and that is not told")
		}
		if got.words["public.rows_hidden"] != "mail 1 of 1/1 all |" {
			t.Errorf("got %q", got.words["public.rows_hidden"])
		}
	})
	t.Run("verified", func(t *testing.T) {
		if got := visit(t, serverUnit(target+"?sslmode=verify-full&sslrootcert="+s.Roots, 100)); got.words["public.patients"] != "mail 20 of 20/20 all |" {
			t.Errorf("got %q", got.words["public.patients"])
		}
		if got := visit(t, serverUnit(target+"?sslmode=verify-full", 100)); !strings.Contains(got.gapOf(probity.Table), "could not be reached") {
			t.Errorf("a stranger's certificate was believed: %q", got.gapOf(probity.Table))
		}
	})
	t.Run("wrong password", func(t *testing.T) {
		t.Setenv("PGPASSWORD", "another")
		if got := visit(t, serverUnit(target, 100)); !strings.Contains(got.gapOf(probity.Table), "its password in PGPASSWORD") || len(got.assets) > 0 {
			t.Errorf("got %q", got.gapOf(probity.Table))
		}
	})
	t.Run("locked", func(t *testing.T) { locked(t, s, target) })
}

// locked: a table that somebody alters is a gap, and nobody waits behind the scan for it.
func locked(t *testing.T, s *databasetest.Server, target string) {
	release := s.Hold(t, "clinic", "LOCK TABLE patients IN ACCESS EXCLUSIVE MODE")
	got := visit(t, serverUnit(target, 100))
	release()
	if !strings.Contains(got.words["public.patients"], "timeout: another session has locked table public.patients") || got.words["public.parts_1"] != "mail 1 of 1/1 all |" {
		t.Errorf("got %q and %q", got.words["public.patients"], got.words["public.parts_1"])
	}
}

func TestPostgresForcesTLS(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{TLS: true, Forced: true})
	target := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres", s.Port)
	if v, ok := visit(t, serverUnit(target, 1)).assets[fmt.Sprintf("127.0.0.1:%d", s.Port)].Encryption.InTransit.Get(); !ok || !v {
		t.Error("clear connections are refused, and that is not told")
	}
	if got := visit(t, serverUnit(target+"?sslmode=disable", 1)); !strings.Contains(got.gapOf(probity.Table), "does not let this user in") {
		t.Errorf("got %q", got.gapOf(probity.Table))
	}
}

// TestMariaDB reads a real server as an account that may not see all of it.
func TestMariaDB(t *testing.T) {
	t.Setenv("MYSQL_PWD", databasetest.Password)
	s := databasetest.MariaDB(t, databasetest.Options{TLS: true})
	s.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER probity@'%' IDENTIFIED BY '"+databasetest.Password+"'", "CREATE USER few@'%' IDENTIFIED BY '"+databasetest.Password+"'",
		"GRANT SELECT ON clinic.* TO probity@'%'", "CREATE USER tls@'%' IDENTIFIED BY '"+databasetest.Password+"' REQUIRE SSL", "GRANT ALL PRIVILEGES ON *.* TO tls@'%'")
	s.Exec(t, "clinic", "CREATE TABLE patients (id INT PRIMARY KEY, mail VARCHAR(99), born DATE)", "INSERT INTO patients SELECT seq, concat(seq, '@example.org'), '2000-01-01' FROM seq_1_to_20",
		"CREATE TABLE large (id INT PRIMARY KEY, mail VARCHAR(99))", "INSERT INTO large SELECT seq, concat(seq, '@example.org') FROM seq_1_to_5000",
		"CREATE TABLE unnumbered (mail VARCHAR(99))", "INSERT INTO unnumbered SELECT concat(seq, '@example.org') FROM seq_1_to_500",
		"CREATE TABLE blobs (mail TEXT, picture BLOB)", "INSERT INTO blobs VALUES ('a@example.org', 'x@x')", "CREATE TABLE `odd ``name` (`my mail` TEXT)", "INSERT INTO `odd ``name` VALUES ('a@example.org')",
		"CREATE TABLE half (mail TEXT, other TEXT)", "INSERT INTO half VALUES ('a@example.org', 'b@example.org')", "GRANT SELECT (mail) ON clinic.half TO few@'%'", "GRANT INSERT ON clinic.blobs TO few@'%'")
	at := fmt.Sprintf("127.0.0.1:%d", s.Port)
	target := "mysql://probity@" + at + "/clinic"
	got := visit(t, serverUnit(target, 100))
	if d := cmp.Diff(map[string]string{
		"patients":   "mail 20 of 20/20 all |",
		"large":      "mail 100 of 100/0 spread | sampled: 100 rows were read",
		"unnumbered": "mail 100 of 100/0 first | sampled: 100 rows were read",
		"blobs":      "mail 1 of 1/1 all | not-collected: columns whose values are no text: 1",
		"odd `name":  "my mail 1 of 1/1 all |",
		"half":       "mail 1 of 1/1 all, other 1 of 1/1 all |",
	}, got.words); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	server := got.assets[at]
	if v, ok := server.Lifecycle.Version.Get(); !ok || !strings.HasPrefix(v, "mariadb 1") || got.gapOf(probity.Table) != "" {
		t.Errorf("got version %q and the gap %q", v, got.gapOf(probity.Table))
	}
	if _, g := server.Encryption.InTransit.Value(); g == nil || g.Needs != "SELECT on mysql.user" {
		t.Errorf("got %v, want that mysql.user may not be seen", g)
	}
	t.Run("contract", func(t *testing.T) { scannertest.Run(t, serverScanner, serverUnit(target, 10_000)) })
	t.Run("few rights", func(t *testing.T) {
		got := visit(t, serverUnit("mysql://few@"+at+"/clinic", 100))
		if d := cmp.Diff(map[string]string{"half": "mail 1 of 1/1 all | denied: permission denied", "blobs": "| denied: permission denied"}, got.words); d != "" {
			t.Errorf("tables (-want +got):\n%s", d)
		}
		if !strings.Contains(got.gapOf(probity.Table), "needs SELECT on clinic.*") {
			t.Errorf("got %q, want that tables may be hidden", got.gapOf(probity.Table))
		}
	})
	t.Run("all databases, by TLS that is verified", func(t *testing.T) {
		got := visit(t, serverUnit("mysql://tls@"+at+"?sslmode=verify-full&sslrootcert="+s.Roots, 100))
		if v, ok := got.assets[at].Encryption.InTransit.Get(); !ok || v || got.words["patients"] != "mail 20 of 20/20 all |" || got.gapOf(probity.Database) != "" {
			t.Errorf("got %v %v, %q and the gap %q", v, ok, got.words["patients"], got.gapOf(probity.Database))
		}
	})
	t.Run("forced", func(t *testing.T) {
		s.Exec(t, "", "SET GLOBAL require_secure_transport = ON")
		if v, ok := visit(t, serverUnit(target, 1)).assets[at].Encryption.InTransit.Get(); !ok || !v {
			t.Error("clear connections are refused, and that is not told")
		}
		if got := visit(t, serverUnit(target+"?sslmode=disable", 1)); got.gapOf(probity.Table) == "" {
			t.Error("a clear connection is refused, and that is no gap")
		}
	})
	t.Run("wrong password", func(t *testing.T) {
		t.Setenv("MYSQL_PWD", "another")
		if got := visit(t, serverUnit(target, 100)); !strings.Contains(got.gapOf(probity.Table), "its password in MYSQL_PWD or ~/.my.cnf") {
			t.Errorf("got %q", got.gapOf(probity.Table))
		}
	})
	t.Run("password of an option file", func(t *testing.T) {
		t.Setenv("MYSQL_PWD", "")
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("USERPROFILE", home)
		file := filepath.Join(home, ".my.cnf")
		for text, in := range map[string]bool{
			"[client]\nuser = probity\npassword = \"" + databasetest.Password + "\"\n":     true,
			"[mysqldump]\npassword = x\n[mysql]\npassword=" + databasetest.Password + "\n": true,
			"[client]\nuser = another\npassword = " + databasetest.Password + "\n":         false,
			"[mysqldump]\npassword = " + databasetest.Password + "\n":                      false,
		} {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := visit(t, serverUnit(target+"?sslmode=require", 1)); (got.gapOf(probity.Table) == "") != in {
				t.Errorf("%q: got %q, want that it lets in: %v", strings.ReplaceAll(text, databasetest.Password, "…"), got.gapOf(probity.Table), in)
			}
		}
		if err := errors.Join(os.WriteFile(file, []byte("[client]\npassword = "+databasetest.Password+"\n"), 0o600), os.Chmod(file, 0o644)); err != nil {
			t.Fatal(err)
		}
		if got := visit(t, serverUnit(target+"?sslmode=require", 1)); got.gapOf(probity.Table) == "" {
			t.Error("a file that others may read is believed")
		}
	})
	t.Run("ed25519", func(t *testing.T) {
		s.Exec(t, "", "CREATE USER strong@'%' IDENTIFIED VIA ed25519 USING PASSWORD('"+databasetest.Password+"')", "GRANT SELECT ON clinic.* TO strong@'%'")
		if got := visit(t, serverUnit("mysql://strong@"+at+"/clinic?sslmode=require", 100)); got.gapOf(probity.Table) != "" {
			t.Errorf("got %q", got.gapOf(probity.Table))
		}
	})
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"postgres://a@127.0.0.1:1/x", "mysql://a@127.0.0.1:1/x"} {
		if got := visit(t, serverUnit(target, 1)); !strings.HasPrefix(got.gapOf(probity.Table), "could not be reached") || len(got.assets) > 0 {
			t.Errorf("%s: got %q and %d assets", target, got.gapOf(probity.Table), len(got.assets))
		}
	}
}
