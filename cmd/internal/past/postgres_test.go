package past_test

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/history/historytest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

func now() time.Time { return time.Date(2028, 2, 20, 0, 0, 0, 0, time.UTC) }

func address(port int, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword("postgres", databasetest.Password), Host: fmt.Sprintf("127.0.0.1:%d", port), Path: database, RawQuery: "sslmode=disable&pool_max_conns=4"}
	return u.String()
}

// TestPostgres holds what the history promises on PostgreSQL; reports/history does so on SQLite.
func TestPostgres(t *testing.T) {
	t.Parallel()
	server := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	var made atomic.Int64
	historytest.Run(t, false, func(t *testing.T) historytest.Place {
		name := fmt.Sprintf("history_%d", made.Add(1))
		server.Exec(t, "postgres", "CREATE DATABASE "+name)
		return historytest.Place{
			Open: func() (*history.Store, error) {
				s, err := history.Connect(t.Context(), address(server.Port, name), history.Options{Now: now})
				if err == nil {
					t.Cleanup(func() { _ = s.Close() })
				}
				return s, err
			},
			Backup: func(t *testing.T) *sql.DB {
				t.Helper()
				server.Exec(t, name, `ALTER DATABASE `+name+` SET search_path = probity_before_1`)
				return server.DB(t, name)
			},
		}
	})
}

// TestLost: errors of a server that is gone do not tell its address, which may hold a password.
func TestLost(t *testing.T) {
	t.Parallel()
	server := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	door := &door{to: fmt.Sprintf("127.0.0.1:%d", server.Port)}
	go door.open(l)
	port := l.Addr().(*net.TCPAddr).Port
	s, err := history.Connect(t.Context(), address(port, "postgres"), history.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	_ = l.Close()
	door.shut()
	for range 3 { // the connections that were open, and then new ones
		_, err := s.Findings(t.Context(), history.FindingsQuery{})
		if err == nil {
			t.Fatal("a server that is gone answers")
		}
		for _, secret := range []string{"127.0.0.1", fmt.Sprint(port), databasetest.Password, "user=", "postgres://"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("got %q, which tells %q", err, secret)
			}
		}
	}
}

// door hands connections on.
type door struct {
	to   string
	mu   sync.Mutex
	held []net.Conn
}

func (d *door) open(l net.Listener) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", d.to)
		if err != nil {
			_ = in.Close()
			continue
		}
		d.mu.Lock()
		d.held = append(d.held, in, out)
		d.mu.Unlock()
		go func() { _, _ = io.Copy(out, in) }()
		go func() { _, _ = io.Copy(in, out) }()
	}
}

func (d *door) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.held {
		_ = c.Close()
	}
}

// TestTogether: servers that start at once on a new database make it once.
func TestTogether(t *testing.T) {
	t.Parallel()
	server := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	var all errgroup.Group
	for range 4 {
		all.Go(func() error {
			s, err := history.Connect(t.Context(), address(server.Port, "postgres"), history.Options{Now: now})
			if err != nil {
				return err
			}
			defer func() { _ = s.Close() }()
			_, err = s.Scans(t.Context(), history.ScansQuery{})
			return err
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
}

// TestRefused: an error of connecting tells neither the password nor the address.
func TestRefused(t *testing.T) {
	t.Parallel()
	server := databasetest.Postgres(t, databasetest.Options{})
	wrong := strings.Replace(address(server.Port, "postgres"), databasetest.Password, "kanari7", 1)
	for name, dsn := range map[string]string{"wrong password": wrong, "malformed": "postgres://u:kanari7@[host/db", "nobody listens": "postgres://u:kanari7@127.0.0.1:1/db"} {
		_, err := history.Connect(t.Context(), dsn, history.Options{Now: now})
		if err == nil || strings.Contains(err.Error(), "kanari7") || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
