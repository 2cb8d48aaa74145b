package database_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/kinds"
)

// told is what the settings of a table tell, but for its size, which is the engine's affair: in a line.
func told(a probity.Asset) string {
	value := func(name string) any {
		f := a.Settings[name]
		v, gap := f.Value()
		if gap != nil {
			return gap.Reason
		}
		return v
	}
	size := "none"
	if n, ok := value("bytes").(int); ok && n > 0 {
		size = "some"
	}
	return fmt.Sprint(value("form"), " of ", value("schema"), ", about ", value("estimate"), " rows in ", size, " bytes: ", value("columns"))
}

func inventoryOf(got visited) map[string]string {
	out := map[string]string{}
	for at, a := range got.assets {
		if a.Class == probity.Table {
			out[at] = told(a)
		}
	}
	return out
}

// spoken are the labels of what comments hold.
func spoken(a probity.Asset) (out []string) {
	for _, l := range a.Labels.Items {
		if strings.HasSuffix(l.On, "(comment)") {
			out = append(out, fmt.Sprint(l.On, " ", l.Found, " of ", l.Sample.Read, " ", l.Sample.Unit))
		}
	}
	return out
}

const secretive = "ask canary@example.org"

func TestPostgresInventory(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'")
	s.Exec(t, "clinic", "CREATE SCHEMA ward", "CREATE TABLE ward.patients (id int, mail varchar(99), tags text[])", "COMMENT ON COLUMN ward.patients.mail IS '"+secretive+"'",
		"COMMENT ON COLUMN ward.patients.id IS 'a number'", "COMMENT ON TABLE ward.patients IS '"+secretive+"'", "INSERT INTO ward.patients SELECT i, 'x' FROM generate_series(1, 20) i",
		"CREATE TABLE parts (at int) PARTITION BY RANGE (at)", "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)", "CREATE MATERIALIZED VIEW sums AS SELECT count(*) AS n FROM ward.patients",
		"CREATE VIEW seen AS SELECT mail FROM ward.patients", "CREATE EXTENSION postgres_fdw", "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw", "CREATE FOREIGN TABLE lent (id int) SERVER far",
		"ANALYZE", "CREATE TABLE uncounted (note text)")
	target := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", s.Port)
	got := visit(t, serverUnit(target, 100))
	if d := cmp.Diff(map[string]string{
		"ward.patients":    "table of ward, about 20 rows in some bytes: [{id integer true} {mail character varying(99) true} {tags text[] false}]",
		"public.parts_1":   "partition of public, about 0 rows in none bytes: [{at integer false}]",
		"public.sums":      "materialized view of public, about 1 rows in some bytes: [{n bigint false}]",
		"public.lent":      "foreign table of public, about not-collected rows in none bytes: [{id integer false}]",
		"public.uncounted": "table of public, about not-collected rows in none bytes: [{note text false}]",
	}, inventoryOf(got)); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"(comment) 1 of 1 comments", "mail (comment) 1 of 1 comments"}, spoken(got.assets["ward.patients"])); d != "" {
		t.Errorf("comments (-want +got):\n%s", d)
	}
	if v, gap := got.assets["clinic"].Settings["views"].Value(); gap != nil || cmp.Diff([]string{"public.seen"}, v) != "" {
		t.Errorf("got the views %v, %v", v, gap)
	}
	hides(t, got)
	few := visit(t, serverUnit(strings.Replace(target, "postgres@", "probity@", 1), 100)).assets["ward.patients"]
	if got, want := told(few), told(got.assets["ward.patients"]); got != want {
		t.Errorf("got %s as a user without rights, want %s: the catalogue is everybody's", got, want)
	}
}

// hides: what comments say is in nothing that was found.
func hides(t *testing.T, got visited) {
	t.Helper()
	for at, a := range got.assets {
		b, err := json.Marshal(a)
		if err != nil || strings.Contains(string(b), "canary") {
			t.Errorf("%s tells what a comment says: %s, %v", at, b, err)
		}
	}
}

func TestMariaDBInventory(t *testing.T) {
	t.Setenv("MYSQL_PWD", databasetest.Password)
	s := databasetest.MariaDB(t, databasetest.Options{})
	s.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER probity@'%' IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON clinic.* TO probity@'%'",
		"CREATE USER few@'%' IDENTIFIED BY '"+databasetest.Password+"'")
	s.Exec(t, "clinic", "CREATE TABLE patients (id INT, mail VARCHAR(99) COMMENT '"+secretive+"', state ENUM('canary@example.org', 'b')) COMMENT '"+secretive+"'", "INSERT INTO patients SELECT seq, 'x', 'b' FROM seq_1_to_20", "ANALYZE TABLE patients",
		"CREATE VIEW seen AS SELECT mail FROM patients", "GRANT SELECT ON clinic.patients TO few@'%'")
	target := fmt.Sprintf("mysql://probity@127.0.0.1:%d/clinic", s.Port)
	got := visit(t, serverUnit(target, 100))
	if d := cmp.Diff(map[string]string{"patients": "table of clinic, about 20 rows in some bytes: [{id int(11) false} {mail varchar(99) true} {state enum false}]"}, inventoryOf(got)); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"(comment) 1 of 1 comments", "mail (comment) 1 of 1 comments"}, spoken(got.assets["patients"])); d != "" {
		t.Errorf("comments (-want +got):\n%s", d)
	}
	if v, gap := got.assets["clinic"].Settings["views"].Value(); gap != nil || cmp.Diff([]string{"seen"}, v) != "" {
		t.Errorf("got the views %v, %v", v, gap)
	}
	hides(t, got)
	few := visit(t, serverUnit(strings.Replace(target, "probity@", "few@", 1), 100))
	if v, gap := few.assets["clinic"].Settings["views"].Value(); gap == nil || gap.Reason != probity.Denied {
		t.Errorf("got the views %v, %v, want that others may be hidden", v, gap)
	}
}

func TestSQLiteInventory(t *testing.T) {
	t.Parallel()
	db, tables, _ := scan(t, unit(file(t, `CREATE TABLE a (id INTEGER PRIMARY KEY, mail VARCHAR(99), rest)`, `INSERT INTO a VALUES (1, 'a@', NULL)`, `CREATE VIEW seen AS SELECT mail FROM a`)))
	if got, want := told(tables["a"]), "table of main, about not-collected rows in none bytes: [{id INTEGER false} {mail VARCHAR(99) false} {rest  false}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if v, gap := db.Settings["views"].Value(); gap != nil || cmp.Diff([]string{"seen"}, v) != "" {
		t.Errorf("got the views %v, %v", v, gap)
	}
	if form, _ := tables["a"].Settings["form"].Value(); form != kinds.Ordinary {
		t.Errorf("got the form %v", form)
	}
}

func TestRedshiftInventory(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE dev")
	s.AsRedshift(t, "dev")
	s.Exec(t, "dev", "CREATE TABLE public.patients (id int, mail varchar(99))", "COMMENT ON COLUMN public.patients.mail IS '"+secretive+"'", "CREATE VIEW public.seen AS SELECT mail FROM public.patients")
	got := visit(t, serverUnit(fmt.Sprintf("redshift://postgres@127.0.0.1:%d/dev?sslmode=disable", s.Port), 100))
	if got, want := told(got.assets["public.patients"]), "table of public, about not-collected rows in none bytes: [{id int4 false} {mail varchar true}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d := cmp.Diff([]string{"mail (comment) 1 of 1 comments"}, spoken(got.assets["public.patients"])); d != "" {
		t.Errorf("comments (-want +got):\n%s", d)
	}
	v, gap := got.assets["dev"].Settings["views"].Value()
	if names, _ := v.([]string); gap != nil || !strings.Contains(strings.Join(names, " "), "public.seen") {
		t.Errorf("got the views %v, %v", v, gap)
	}
	hides(t, got)
}
