package databasetest

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// PostgresFront stands before a server of PostgreSQL.
func (s *Server) PostgresFront(t *testing.T, judge Judge) *Front {
	t.Helper()
	return s.doorway(t, func(client, server net.Conn, how *tls.Config) {
		if !wantsTLS(client) {
			return
		}
		inside := tls.Server(client, how)
		b := pgproto3.NewBackend(inside, inside)
		start, err := b.ReceiveStartupMessage()
		said, ok := start.(*pgproto3.StartupMessage)
		if err != nil || !ok {
			return
		}
		password, err := asksPassword(b)
		if err != nil {
			return
		}
		behind, err := enter(t, server, said.Parameters)
		if !judge(portOf(client), said.Parameters["user"], password) || err != nil {
			b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: "password authentication failed"})
			_ = b.Flush()
			return
		}
		b.Send(&pgproto3.AuthenticationOk{})
		for name, value := range behind.ParameterStatuses {
			b.Send(&pgproto3.ParameterStatus{Name: name, Value: value})
		}
		b.Send(&pgproto3.BackendKeyData{ProcessID: behind.PID, SecretKey: behind.SecretKey})
		b.Send(&pgproto3.ReadyForQuery{TxStatus: behind.TxStatus})
		if b.Flush() == nil {
			join(inside, inside, behind.Conn, behind.Conn)
		}
	})
}

// wantsTLS answers the request for TLS, without which nobody comes in.
func wantsTLS(client net.Conn) bool {
	ask := make([]byte, 8)
	if _, err := io.ReadFull(client, ask); err != nil || binary.BigEndian.Uint32(ask[4:]) != 80877103 {
		return false
	}
	_, err := client.Write([]byte("S"))
	return err == nil
}

func asksPassword(b *pgproto3.Backend) (string, error) {
	b.Send(&pgproto3.AuthenticationCleartextPassword{})
	if err := b.Flush(); err != nil {
		return "", err
	}
	if err := b.SetAuthType(pgproto3.AuthTypeCleartextPassword); err != nil {
		return "", err
	}
	m, err := b.Receive()
	if err != nil {
		return "", err
	}
	said, ok := m.(*pgproto3.PasswordMessage)
	if !ok {
		return "", io.ErrUnexpectedEOF
	}
	return said.Password, nil
}

// enter opens the session behind the door, with all that the client asked of it.
func enter(t *testing.T, server net.Conn, asked map[string]string) (*pgconn.HijackedConn, error) {
	t.Helper()
	cfg, err := pgconn.ParseConfig("sslmode=disable")
	if err != nil {
		return nil, err
	}
	cfg.User, cfg.Database, cfg.Password, cfg.RuntimeParams = asked["user"], asked["database"], Password, map[string]string{}
	for name, value := range asked {
		if name != "user" && name != "database" {
			cfg.RuntimeParams[name] = value
		}
	}
	cfg.DialFunc = func(context.Context, string, string) (net.Conn, error) { return server, nil }
	c, err := pgconn.ConnectConfig(t.Context(), cfg)
	if err != nil {
		return nil, err
	}
	return c.Hijack()
}
