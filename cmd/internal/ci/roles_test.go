package ci

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// role is what deploy/roles holds of a name.
func role(t *testing.T, name string) string {
	t.Helper()
	return read(t, filepath.Join(root, "deploy", "roles", name))
}

// asked scans a target as the role, and gives the detectors that found something and the privileges that were missing.
func asked(t *testing.T, target string, env map[string]string) (labels, needs []string) {
	t.Helper()
	dir := t.TempDir()
	if got := run(t, dir, env, program(t), "scan", "--quiet", "--fail-on", "none", "--state", "state", "-o", "json=scan.json", target); got.code != 0 && got.code != 3 {
		t.Fatalf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
	var scan any
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, "scan.json"))), &scan); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if v["reason"] == "denied" {
				needs = append(needs, fmt.Sprint(v["needs"]))
			}
			if d, ok := v["detector"].(string); ok {
				labels = append(labels, d)
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(scan)
	slices.Sort(labels)
	slices.Sort(needs)
	return slices.Compact(labels), slices.Compact(needs)
}

func TestRoleOfPostgres(t *testing.T) {
	t.Parallel()
	s := databasetest.Postgres(t, databasetest.Options{})
	s.Exec(t, "postgres", "CREATE DATABASE clinic", "REVOKE CONNECT ON DATABASE clinic FROM PUBLIC")
	s.Exec(t, "clinic", "CREATE SCHEMA ward", "CREATE TABLE ward.patients (mail text)", "INSERT INTO ward.patients SELECT 'person' || i || '@example.org' FROM generate_series(1, 50) i",
		"CREATE MATERIALIZED VIEW ward.copies AS SELECT mail FROM ward.patients", "CREATE VIEW seen AS SELECT mail FROM ward.patients")
	s.Exec(t, "clinic", role(t, "postgres.sql"), role(t, "postgres.sql"), "ALTER ROLE probity PASSWORD '"+databasetest.Password+"'")
	labels, needs := asked(t, fmt.Sprintf("postgres://probity@127.0.0.1:%d/clinic?sslmode=disable", s.Port), map[string]string{"PGPASSWORD": databasetest.Password})
	if !slices.Equal(labels, []string{"email"}) || !slices.Equal(needs, []string{"SELECT on pg_authid"}) {
		t.Errorf("got %q, and missing are %q", labels, needs)
	}
	db := s.DB(t, "clinic")
	for _, may := range []string{"INSERT INTO ward.patients VALUES ('x')", "UPDATE ward.patients SET mail = 'x'", "DELETE FROM ward.patients", "TRUNCATE ward.patients", "CREATE TABLE mine (a text)", "CREATE SCHEMA mine",
		"SELECT rolpassword FROM pg_authid", "SELECT mail FROM seen", "SELECT pg_read_file('pg_hba.conf')", "CREATE ROLE other"} {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = tx.ExecContext(t.Context(), "SET LOCAL ROLE probity"); err != nil {
			t.Fatal(err)
		}
		if _, err = tx.ExecContext(t.Context(), may); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v, want it denied", may, err)
		}
		_ = tx.Rollback()
	}
}

func TestRoleOfMariaDB(t *testing.T) {
	t.Parallel()
	s := databasetest.MariaDB(t, databasetest.Options{TLS: true})
	s.Exec(t, "", "CREATE DATABASE clinic", "CREATE DATABASE other", "CREATE TABLE other.hidden (mail TEXT)")
	s.Exec(t, "clinic", "CREATE TABLE patients (mail TEXT)",
		"INSERT INTO patients SELECT concat('person', seq, '@example.org') FROM seq_1_to_50", "CREATE VIEW seen AS SELECT upper(mail) AS mail FROM patients", "CREATE ROLE staff", "GRANT SELECT ON clinic.seen TO staff")
	for _, again := range []bool{false, true} {
		for _, q := range strings.Split(strings.TrimSpace(role(t, "mariadb.sql")), ";\n") {
			s.Exec(t, "", strings.TrimSuffix(q, ";"))
		}
		if !again {
			s.Exec(t, "", "SET PASSWORD FOR probity@'%' = PASSWORD('"+databasetest.Password+"')")
		}
	}
	env := map[string]string{"MYSQL_PWD": databasetest.Password}
	labels, needs := asked(t, fmt.Sprintf("mysql://probity@127.0.0.1:%d/clinic?sslmode=verify-full&sslrootcert=%s", s.Port, s.Roots), env)
	// PROCESS would show the statements of others, with the values in them.
	if !slices.Equal(labels, []string{"email"}) || !slices.Equal(needs, []string{"PROCESS on *.*"}) {
		t.Errorf("got %q, and missing are %q", labels, needs)
	}
	rows, err := s.DB(t, "").QueryContext(t.Context(), "SELECT PRIVILEGE_TYPE FROM information_schema.user_privileges WHERE grantee = '''probity''@''%''' UNION SELECT PRIVILEGE_TYPE FROM information_schema.schema_privileges WHERE grantee = '''probity''@''%''' "+
		"UNION SELECT concat(PRIVILEGE_TYPE, ' ', table_name) FROM information_schema.table_privileges WHERE grantee = '''probity''@''%''' AND (PRIVILEGE_TYPE <> 'SELECT' OR table_schema <> 'mysql')")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var may []string
	for rows.Next() {
		var p string
		if err := rows.Scan(&p); err != nil {
			t.Fatal(err)
		}
		may = append(may, p)
	}
	slices.Sort(may)
	if err := rows.Err(); err != nil || !slices.Equal(may, []string{"SELECT", "SHOW DATABASES", "SHOW VIEW", "SLAVE MONITOR"}) {
		t.Errorf("the user may %q, want nothing that writes: %v", may, err)
	}
}

func TestRoleOfRedis(t *testing.T) {
	t.Parallel()
	s := databasetest.Redis(t, databasetest.Options{})
	for i := range 20 {
		s.Do(t, "HSET", fmt.Sprintf("user:%d", i), "email", fmt.Sprintf("person%d@example.org", i))
		s.Do(t, "SET", fmt.Sprintf("cart:%d", i), fmt.Sprintf(`{"email":"person%d@example.org"}`, i))
		for _, c := range [][2]string{{"RPUSH", "mails"}, {"SADD", "letters"}} {
			s.Do(t, c[0], fmt.Sprintf("%s:%d", c[1], i), fmt.Sprintf("person%d@example.org", i))
		}
		s.Do(t, "ZADD", fmt.Sprintf("scores:%d", i), 1, fmt.Sprintf("person%d@example.org", i))
		s.Do(t, "XADD", fmt.Sprintf("events:%d", i), "*", "email", fmt.Sprintf("person%d@example.org", i))
	}
	for line := range strings.Lines(role(t, "redis.acl")) {
		if words := strings.Fields(line); words[0] == "user" {
			args := []any{"SETUSER"}
			for _, w := range words[1:] {
				args = append(args, strings.ReplaceAll(w, "PASSWORD", databasetest.Password))
			}
			s.Do(t, "ACL", args...)
		}
	}
	labels, needs := asked(t, fmt.Sprintf("redis://probity@127.0.0.1:%d/0", s.Port), map[string]string{"REDISCLI_AUTH": databasetest.Password})
	if !slices.Equal(labels, []string{"email"}) || len(needs) > 0 {
		t.Errorf("got %q, and missing are %q", labels, needs)
	}
	for _, c := range [][]any{{"SET", "a", "1"}, {"DEL", "user:1"}, {"FLUSHALL"}, {"KEYS", "*"}, {"CONFIG", "SET", "port", "1"}, {"EVAL", "return 1", "0"}, {"PUBLISH", "a", "b"}, {"GET", "cart:1"}, {"EXPIRE", "cart:1", "1"}} {
		if said := fmt.Sprintf("%s", s.Do(t, "ACL", append([]any{"DRYRUN", "probity"}, c...)...)); !strings.Contains(said, "no permissions") {
			t.Errorf("%v: %s, want it refused", c, said)
		}
	}
}

// The tests of scanners/opensearch scan a server by this role.
func TestRoleOfOpenSearch(t *testing.T) {
	t.Parallel()
	var file map[string]any
	var tested any
	parse(t, "deploy/roles/opensearch.yml", &file)
	if err := yaml.Unmarshal([]byte(databasetest.Auditor), &tested); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]any{"probity": tested}, file); d != "" {
		t.Errorf("the role is not the one that is tested (-want +got):\n%s", d)
	}
}
