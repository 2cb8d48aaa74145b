package pipeline_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// setupOf are the statements with which an example sets up a server: those of <engine>/setup.sql, setup.redis or setup.rest. Who
// scans it is named in <engine>/user. Without an engine it asks none.
func setupOf(e *examples.Example) (engine, statements string) {
	for f, text := range e.Files {
		if folder, file := path.Split(f); strings.HasPrefix(file, "setup.") && examples.Source(path.Clean(folder)) == probity.FromDatabase {
			return path.Clean(folder), strings.TrimSpace(string(text))
		}
	}
	return "", ""
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
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		turned := &flips{rule: id}
		for _, e := range casesOf(t, file) {
			engine, setup := setupOf(e)
			if engine == "" {
				continue
			}
			t.Run(id+"/"+e.Name, func(t *testing.T) {
				s := servers[engine]
				if engine == "sqlite" {
					s = fileOf(t, e)
				} else {
					s.set(t, setup)
				}
				expect := e.Of(engine)
				for i, x := range expect {
					expect[i].Asset = strings.Replace(x.Asset, "SERVER", s.at, 1)
				}
				config, err := e.Save(t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				user := cmp.Or(strings.TrimSpace(string(e.Files[engine+"/user"])), s.all)
				scan := job{config: config, dir: strings.Replace(s.target, "USER", user, 1), rules: []string{id}}.run(t)
				asExpected(t, expect, outcomes(t, scan))
				turned.add(t, scan, parametersOf(t, e))
			})
		}
		turned.check(t)
	}
}

// fileOf makes a database of SQLite, in the folder and with the mode that the example names.
func fileOf(t *testing.T, e *examples.Example) served {
	t.Helper()
	at := filepath.Join(t.TempDir(), filepath.FromSlash(strings.TrimSpace(string(e.Files["sqlite/folder"]))), "clinic.db")
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", at)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, statements := setupOf(e)
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	mode, err := strconv.ParseUint(cmp.Or(strings.TrimSpace(string(e.Files["sqlite/mode"])), "0600"), 8, 32)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(at, os.FileMode(mode)); err != nil {
		t.Fatal(err)
	}
	return served{target: "sqlite:" + at, at: at}
}
