package database_test

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestHostile: a server whose message is to be as long as two gigabytes is left with one gap.
func TestHostile(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 1<<10))
			_, _ = c.Write([]byte("R\x7f\xff\xff\xffxxx"))
			_, _ = io.Copy(io.Discard, c) // it would send the rest some day
		}
	}()
	got := visit(t, serverUnit(fmt.Sprintf("postgres://probity@%s/clinic?sslmode=disable", l.Addr()), 10))
	if len(got.assets) > 0 || !strings.HasPrefix(got.gapOf(probity.Database), "could not be reached") {
		t.Errorf("got %v and %q, want the gap", got.assets, got.gapOf(probity.Database))
	}
}

// pretender speaks as PostgreSQL does until somebody runs a statement for rows, which answer is for.
func pretender(t *testing.T, answer func(b *pgproto3.Backend, statement string) error) (address string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				pretend(pgproto3.NewBackend(c, c), answer)
			}()
		}
	}()
	return l.Addr().String()
}

func pretend(b *pgproto3.Backend, answer func(*pgproto3.Backend, string) error) {
	if _, err := b.ReceiveStartupMessage(); err != nil {
		return
	}
	ready := &pgproto3.ReadyForQuery{TxStatus: 'I'}
	b.Send(&pgproto3.AuthenticationOk{})
	b.Send(ready)
	statement := ""
	for b.Flush() == nil {
		m, err := b.Receive()
		switch m := m.(type) {
		case *pgproto3.Query:
			b.Send(&pgproto3.CommandComplete{CommandTag: []byte("BEGIN")})
			b.Send(ready)
		case *pgproto3.Parse:
			statement = m.Query
		case *pgproto3.Execute:
			b.Send(&pgproto3.ParseComplete{})
			b.Send(&pgproto3.BindComplete{})
			err = answer(b, statement)
		case *pgproto3.Sync:
			b.Send(ready)
		}
		if err != nil {
			return
		}
	}
}

// TestHostileRows: of an answer without end a million rows are taken.
func TestHostileRows(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	at := pretender(t, func(b *pgproto3.Backend, statement string) error {
		if !strings.Contains(statement, "FROM pg_database WHERE datallowconn") {
			b.Send(&pgproto3.NoData{})
			b.Send(&pgproto3.CommandComplete{CommandTag: []byte("SELECT 0")})
			return nil
		}
		b.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("datname"), DataTypeOID: 25}, {Name: []byte("may"), DataTypeOID: 16}}})
		for {
			for range 1000 {
				b.Send(&pgproto3.DataRow{Values: [][]byte{[]byte("clinic"), []byte("f")}})
			}
			if err := b.Flush(); err != nil {
				return err
			}
		}
	})
	got := visit(t, serverUnit("postgres://probity@"+at+"?sslmode=disable", 10))
	if g := got.gapOf(probity.Database); !strings.Contains(g, "more rows than it was asked for") {
		t.Errorf("got %q, want that there are too many rows", g)
	}
}

// TestHostileStall: a server that never answers is left, and was asked for no longer than it may take.
func TestHostileStall(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	at := pretender(t, func(b *pgproto3.Backend, _ string) error {
		for {
			if _, err := b.Receive(); err != nil {
				return err // the client is gone
			}
		}
	})
	s := database.NewServer(database.Options{Tally: func() database.Tally { return newCells() }, Stall: 100 * time.Millisecond})
	var gaps []probity.Reason
	for f, err := range s.Scan(t.Context(), serverUnit("postgres://probity@"+at+"?sslmode=disable", 10)) {
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := f.(probity.Asset); ok {
			if _, g := a.Links.Value(); g != nil {
				gaps = append(gaps, g.Reason)
			}
		}
	}
	if len(gaps) != 1 || gaps[0] != probity.Timeout {
		t.Errorf("got gaps %v, want that the first statement took too long", gaps)
	}
}
