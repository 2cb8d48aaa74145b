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
	postgres, otherPostgres := postgresOfExamples(t)
	maria, otherMaria := mariaOfExamples(t)
	redis := databasetest.Redis(t, databasetest.Options{})
	guarded, open := databasetest.OpenSearch(t, databasetest.Options{TLS: true}), databasetest.OpenSearch(t, databasetest.Options{})
	at := func(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
	exec := func(s *databasetest.Server) func(*testing.T, string) {
		return func(t *testing.T, statements string) { s.Exec(t, "clinic", strings.Split(statements, ";\n")...) }
	}
	return map[string]served{
		"postgres":        {"postgres://USER@" + at(postgres.Port) + "/clinic", at(postgres.Port), "postgres", exec(postgres)},
		"mysql":           {"mysql://USER@" + at(maria.Port) + "/clinic", at(maria.Port), "probity", exec(maria)},
		"postgres-other":  {"postgres://USER@" + at(otherPostgres.Port) + "/clinic", at(otherPostgres.Port), "postgres", exec(otherPostgres)},
		"mysql-other":     {"mysql://USER@" + at(otherMaria.Port) + "/clinic", at(otherMaria.Port), "probity", exec(otherMaria)},
		"redis":           {"redis://USER@" + at(redis.Port) + "/0", at(redis.Port), "all", redis.Set},
		"opensearch":      {"opensearch://USER@" + at(guarded.Port) + "?sslrootcert=" + guarded.Roots, at(guarded.Port), "all", guarded.Set},
		"opensearch-open": {"opensearch://" + at(open.Port) + "?sslmode=disable", at(open.Port), "", open.Set},
	}
}

// postgresOfExamples starts two servers, for what is decided when one starts. The first is set up with care and lets in everybody who has a
// password; the other one lets people in from this machine and a network with names, and is set up badly. It finds the address of all
// networks taken by itself, and listens on this machine alone.
func postgresOfExamples(t *testing.T) (careful, other *databasetest.Server) {
	t.Helper()
	careful = databasetest.Postgres(t, databasetest.Options{TLS: true, Args: []string{"-c", "idle_in_transaction_session_timeout=10min", "-c", "archive_mode=on", "-c", "archive_command=/bin/true"}})
	other = databasetest.Postgres(t, databasetest.Options{TLS: true, Narrow: true, Args: []string{"-c", "ssl_min_protocol_version=TLSv1", "-c", "listen_addresses=127.0.0.1,0.0.0.0"}})
	for _, s := range []*databasetest.Server{careful, other} {
		s.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE few LOGIN PASSWORD '"+databasetest.Password+"'")
	}
	return careful, other
}

// mariaOfExamples are two of MariaDB, the same way.
func mariaOfExamples(t *testing.T) (careful, other *databasetest.Server) {
	t.Helper()
	careful = databasetest.MariaDB(t, databasetest.Options{TLS: true, Args: []string{"--tls-version=TLSv1.2,TLSv1.3", "--log-bin", "--binlog-expire-logs-seconds=604800", "--encrypt-binlog", "--innodb-encrypt-log", "--secure-file-priv=/tmp"}})
	other = databasetest.MariaDB(t, databasetest.Options{TLS: true, Args: []string{"--tls-version=TLSv1.1,TLSv1.2,TLSv1.3", "--log-bin"}})
	secret := "'" + databasetest.Password + "'"
	for _, s := range []*databasetest.Server{careful, other} {
		s.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER few@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON clinic.* TO few@127.0.0.1",
			"CREATE USER probity@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON mysql.* TO probity@127.0.0.1", "GRANT SELECT, SHOW VIEW ON clinic.* TO probity@127.0.0.1")
	}
	return careful, other
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
	if how, ok := e.Files["sqlite/repository"]; ok {
		inRepository(t, filepath.Dir(at), strings.TrimSpace(string(how)) == "tracked")
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

// inRepository makes a folder one of Git, whose index names the database or not.
func inRepository(t *testing.T, dir string, tracked bool) {
	t.Helper()
	index := append([]byte("DIRC\x00\x00\x00\x02\x00\x00\x00\x01"), make([]byte, 60)...)
	if name := "clinic.db"; tracked {
		index = append(append(index, 0, byte(len(name))), name+"\x00"...)
	}
	if err := os.MkdirAll(filepath.Join(dir, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".git", "index"), index, 0o600); err != nil {
		t.Fatal(err)
	}
}
