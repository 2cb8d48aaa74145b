// Package databasetest starts the database servers that tests ask: on a free port of this machine, with data of their own, until
// the test ends. They run as another user where the test is root, which they refuse.
package databasetest

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Password is the administrator's; it guards nothing, and no report may show it.
const Password = "canary-of-tests"

// Server is one that runs.
type Server struct {
	Port  int
	Roots string // file of the authority of its certificate; empty: it has none
	home  string // its folder
	open  func(database string) (*sql.DB, error)
	frame func(client io.Reader, first bool) (message []byte, statement string, err error) // of its protocol
}

// Options say how a server lets others in.
type Options struct {
	TLS    bool     // it has a certificate
	Forced bool     // and refuses clear connections
	Entry  string   // lines of pg_hba.conf before the others
	Narrow bool     // PostgreSQL: from this machine, and by names from one network
	Quiet  bool     // nothing works beside the sessions: no vacuum of its own
	Locks  int      // that each session may hold; 0: as the engine says
	Args   []string // of the server's command line, behind the others
}

// Exec runs statements as the administrator, one at a time.
func (s *Server) Exec(t *testing.T, database string, statements ...string) {
	t.Helper()
	db, err := s.open(database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%.80s: %v", q, err)
		}
	}
}

// DB is open to the administrator until the test ends.
func (s *Server) DB(t *testing.T, database string) *sql.DB {
	t.Helper()
	db, err := s.open(database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// home is a folder for the server's user alone, with a short name: those of sockets are bounded.
func home(t *testing.T, as *account) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "probity-db-") //nolint:usetesting // the folders of t.TempDir are closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as.own(t, dir)
	return dir
}

// program finds one of a server's in the folders that a variable names.
func program(t *testing.T, variable, name string) string {
	t.Helper()
	for _, dir := range filepath.SplitList(os.Getenv(variable)) {
		if p := filepath.Join(dir, name); isFile(p) {
			return p
		}
	}
	t.Fatalf("%s names no folder with %s: run make test, which installs it", variable, name)
	return ""
}

func isFile(p string) bool {
	st, err := os.Stat(p)
	return err == nil && st.Mode().IsRegular()
}

// run runs a program to its end.
func run(t *testing.T, as *account, dir, program string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = dir
	as.become(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(program), err, out)
	}
}

// serve runs a server until the test ends, and waits until it lets the administrator in.
func serve(t *testing.T, as *account, dir string, answers func() bool, end os.Signal, program string, args ...string) {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
	as.become(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", filepath.Base(program), err)
	}
	gone := make(chan struct{})
	go func() { _ = cmd.Wait(); close(gone) }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(end)
		select {
		case <-gone:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-gone
		}
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(program), lastLines(said.String(), 30))
		}
	})
	for range 300 {
		select {
		case <-gone:
			t.Fatalf("%s ended:\n%s", filepath.Base(program), said.String())
		default:
		}
		if answers() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s does not answer", filepath.Base(program))
}

// answers reports whether the server lets the administrator into a database.
func (s *Server) answers(t *testing.T, database string) func() bool {
	return func() bool {
		db, err := s.open(database)
		if err != nil {
			return false
		}
		defer db.Close()
		return db.PingContext(t.Context()) == nil
	}
}

func lastLines(s string, n int) string {
	lines := strings.Split(s, "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// Hold keeps open a transaction with a statement in it, until it is released.
func (s *Server) Hold(t *testing.T, database, statement string) (release func()) {
	t.Helper()
	db, err := s.open(database)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	return func() { _ = tx.Rollback(); _ = db.Close() }
}
