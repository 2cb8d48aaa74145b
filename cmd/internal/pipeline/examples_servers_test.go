package pipeline_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// setup are the statements with which an example sets up a server: those of <engine>/setup.sql, setup.redis or setup.rest. Who scans it
// is named in <engine>/user.
func (c *example) setup() (engine, statements string) {
	for f, text := range c.files {
		if engine, file := path.Split(f); strings.HasPrefix(file, "setup.") {
			return strings.TrimSuffix(engine, "/"), strings.TrimSpace(string(text))
		}
	}
	return "", ""
}

// engine is that of the server which an example asks; empty: it asks none.
func (c *example) engine() string {
	name, _ := c.setup()
	return name
}

// served is a server that examples set up.
type served struct {
	target string // with USER
	at     string // what stands for SERVER
	all    string // the user who may read the catalogue
	set    func(t *testing.T, statements string)
}

// serversOfExamples starts one of each engine.
func serversOfExamples(t *testing.T) map[string]served {
	t.Helper()
	for _, secret := range []string{"PGPASSWORD", "MYSQL_PWD", "REDISCLI_AUTH", "OPENSEARCH_PASSWORD"} {
		t.Setenv(secret, databasetest.Password)
	}
	secret := "'" + databasetest.Password + "'"
	postgres, maria := databasetest.Postgres(t, databasetest.Options{}), databasetest.MariaDB(t, databasetest.Options{})
	postgres.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE few LOGIN PASSWORD "+secret)
	maria.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER few@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON clinic.* TO few@127.0.0.1",
		"CREATE USER probity@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON mysql.* TO probity@127.0.0.1", "GRANT SELECT, SHOW VIEW ON clinic.* TO probity@127.0.0.1")
	redis := databasetest.Redis(t, databasetest.Options{})
	guarded, open := databasetest.OpenSearch(t, databasetest.Options{TLS: true}), databasetest.OpenSearch(t, databasetest.Options{})
	at := func(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
	exec := func(s *databasetest.Server) func(*testing.T, string) {
		return func(t *testing.T, statements string) { s.Exec(t, "clinic", strings.Split(statements, ";\n")...) }
	}
	return map[string]served{
		"postgres":        {"postgres://USER@" + at(postgres.Port) + "/clinic", at(postgres.Port), "postgres", exec(postgres)},
		"mysql":           {"mysql://USER@" + at(maria.Port) + "/clinic", at(maria.Port), "probity", exec(maria)},
		"redis":           {"redis://USER@" + at(redis.Port) + "/0", at(redis.Port), "all", redis.Set},
		"opensearch":      {"opensearch://USER@" + at(guarded.Port) + "?sslrootcert=" + guarded.Roots, at(guarded.Port), "all", guarded.Set},
		"opensearch-open": {"opensearch://" + at(open.Port) + "?sslmode=disable", at(open.Port), "", open.Set},
	}
}

// TestExamplesOfServers sets up one server of each engine after another as the examples say, and scans it: as the account all, which
// may read the catalogue, or as few, which may not.
func TestExamplesOfServers(t *testing.T) {
	servers := serversOfExamples(t)
	for _, file := range ruleFiles(t, ".txtar") {
		id, cases := strings.TrimSuffix(path.Base(file), ".txtar"), casesOf(t, file)
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			c := cases[name]
			engine, setup := c.setup()
			if engine == "" {
				continue
			}
			t.Run(id+"/"+name, func(t *testing.T) {
				s := servers[engine]
				if engine == "sqlite" {
					s = c.file(t)
				} else {
					s.set(t, setup)
				}
				for i, x := range c.expect {
					c.expect[i].asset = strings.Replace(x.asset, "SERVER", s.at, 1)
				}
				user := cmp.Or(strings.TrimSpace(string(c.files[engine+"/user"])), s.all)
				declared := ""
				if text, ok := c.files["probity.yaml"]; ok {
					declared = filepath.Join(t.TempDir(), "probity.yaml")
					if err := os.WriteFile(declared, text, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				c.compare(t, job{config: declared, dir: strings.Replace(s.target, "USER", user, 1), rules: []string{id}})
			})
		}
	}
}

// file makes a database of SQLite, in the folder and with the mode that the example names.
func (c *example) file(t *testing.T) served {
	t.Helper()
	at := filepath.Join(t.TempDir(), filepath.FromSlash(strings.TrimSpace(string(c.files["sqlite/folder"]))), "clinic.db")
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", at)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, statements := c.setup()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	mode, err := strconv.ParseUint(cmp.Or(strings.TrimSpace(string(c.files["sqlite/mode"])), "0600"), 8, 32)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(at, os.FileMode(mode)); err != nil {
		t.Fatal(err)
	}
	return served{target: "sqlite:" + at, at: at}
}
