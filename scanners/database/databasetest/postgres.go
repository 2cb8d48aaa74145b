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

	"github.com/probity-scan/probity/scanners/scannertest"
)

// Postgres starts PostgreSQL, whose administrator is postgres, from the folder that PROBITY_POSTGRES names.
func Postgres(t *testing.T, o Options) *Server {
	t.Helper()
	as := somebody(t, "postgres", "nobody")
	dir := home(t, as)
	data, secret := filepath.Join(dir, "data"), filepath.Join(dir, "secret")
	write(t, as, secret, []byte(Password))
	run(t, as, dir, program(t, "PROBITY_POSTGRES", "initdb"), "-D", data, "-U", "postgres", "--auth=scram-sha-256", "--pwfile="+secret, "--no-sync", "--data-checksums", "--encoding=UTF8", "--locale=C")
	s := &Server{Port: scannertest.FreePort(t), frame: postgresFrame}
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
	if o.Narrow {
		lines = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\nhost clinic few 10.1.0.0/16 scram-sha-256\n"
	}
	if o.Quiet {
		args = append(args, "-c", "autovacuum=off")
	}
	if o.Locks > 0 {
		args = append(args, "-c", "max_locks_per_transaction="+strconv.Itoa(o.Locks))
	}
	args = append(args, o.Args...)
	write(t, as, filepath.Join(data, "pg_hba.conf"), []byte(o.Entry+lines))
	s.home = dir
	s.open = postgresOpen(dir, s.Port)
	serve(t, as, dir, s.answers(t, "postgres"), syscall.SIGQUIT, program(t, "PROBITY_POSTGRES", "postgres"), args...)
	return s
}

func postgresOpen(socket string, port int) func(database string) (*sql.DB, error) {
	return func(database string) (*sql.DB, error) {
		cfg, err := pgx.ParseConfig(fmt.Sprintf("host=%s port=%d user=postgres password=%s dbname=%s sslmode=disable", socket, port, Password, database))
		if err != nil {
			return nil, err
		}
		return stdlib.OpenDB(*cfg), nil
	}
}

// Replica starts one of a server of PostgreSQL that lets in replication. What it replays goes before those who read.
func (s *Server) Replica(t *testing.T) *Server {
	t.Helper()
	as := somebody(t, "postgres", "nobody")
	dir := home(t, as)
	data, pass := filepath.Join(dir, "data"), filepath.Join(dir, "pass")
	write(t, as, pass, []byte("*:*:*:*:"+Password))
	from := fmt.Sprintf("host=%s port=%d user=postgres passfile=%s", s.home, s.Port, pass)
	run(t, as, dir, program(t, "PROBITY_POSTGRES", "pg_basebackup"), "-d", from, "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync")
	r := &Server{Port: scannertest.FreePort(t), frame: postgresFrame, home: dir}
	r.open = postgresOpen(dir, r.Port)
	serve(t, as, dir, r.answers(t, "postgres"), syscall.SIGQUIT, program(t, "PROBITY_POSTGRES", "postgres"), "-D", data, "-p", strconv.Itoa(r.Port), "-c", "listen_addresses=127.0.0.1", "-k", dir, "-c", "fsync=off",
		"-c", "max_connections=20", "-c", "shared_buffers=16MB", "-c", "max_standby_streaming_delay=0", "-c", "max_standby_archive_delay=0")
	return r
}

// write makes a file that only the server's user may read.
func write(t *testing.T, as *account, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	as.own(t, path)
}
