package databasetest

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Postgres starts PostgreSQL, whose administrator is postgres, from the folder that PROBITY_POSTGRES names.
func Postgres(t *testing.T, o Options) *Server {
	t.Helper()
	as := somebody(t, "postgres", "nobody")
	dir := home(t, as)
	data, secret := filepath.Join(dir, "data"), filepath.Join(dir, "secret")
	write(t, as, secret, []byte(Password))
	run(t, as, dir, program(t, "PROBITY_POSTGRES", "initdb"), "-D", data, "-U", "postgres", "--auth=scram-sha-256", "--pwfile="+secret, "--no-sync", "--encoding=UTF8", "--locale=C")
	s := &Server{Port: freePort(t), frame: postgresFrame}
	args := []string{"-D", data, "-p", strconv.Itoa(s.Port), "-c", "listen_addresses=127.0.0.1", "-k", dir, "-c", "fsync=off", "-c", "max_connections=20", "-c", "shared_buffers=16MB"}
	lines := "local all all scram-sha-256\nhost all all all scram-sha-256\n"
	if o.TLS {
		cert := certify(t, as, dir)
		s.Roots = cert.roots
		args = append(args, "-c", "ssl=on", "-c", "ssl_cert_file="+cert.cert, "-c", "ssl_key_file="+cert.key)
	}
	if o.Forced {
		lines = "local all all scram-sha-256\nhostssl all all all scram-sha-256\n"
	}
	if o.Quiet {
		args = append(args, "-c", "autovacuum=off")
	}
	if o.Locks > 0 {
		args = append(args, "-c", "max_locks_per_transaction="+strconv.Itoa(o.Locks))
	}
	write(t, as, filepath.Join(data, "pg_hba.conf"), []byte(o.Entry+lines))
	s.open = func(database string) (*sql.DB, error) {
		cfg, err := pgx.ParseConfig(fmt.Sprintf("host=%s port=%d user=postgres password=%s dbname=%s sslmode=disable", dir, s.Port, Password, database))
		if err != nil {
			return nil, err
		}
		return stdlib.OpenDB(*cfg), nil
	}
	serve(t, as, dir, s.answers(t, "postgres"), syscall.SIGQUIT, program(t, "PROBITY_POSTGRES", "postgres"), args...)
	return s
}

// write makes a file that only the server's user may read.
func write(t *testing.T, as *account, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	as.own(t, path)
}
