package redis

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/gomodule/redigo/redis"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/login"
)

const patience = 10 * time.Second // that a server has for an answer, or to let somebody in

// conn is the only connection. It is named, so that CLIENT LIST tells who reads.
type conn struct {
	redis.Conn
	stop func() bool
}

func connect(ctx context.Context, l target) (*conn, error) {
	raw, err := dial(ctx, l)
	if err != nil {
		return nil, err
	}
	in := redis.NewConn(&guard{Conn: raw}, patience, patience)
	if err := enter(in, l); err != nil {
		_ = in.Close() // what failed before tells more
		return nil, err
	}
	// Both may be refused or unknown to an old server, and nothing depends on them: keys that are read must not look used.
	_, _ = in.Do("CLIENT", "SETNAME", "probity")
	_, _ = in.Do("CLIENT", "NO-TOUCH", "ON")
	return &conn{Conn: in, stop: context.AfterFunc(ctx, func() { _ = in.Close() })}, nil
}

func dial(ctx context.Context, l target) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if !l.TLS {
		return new(net.Dialer).DialContext(ctx, "tcp", l.Address())
	}
	cfg, err := l.Config()
	if err != nil {
		return nil, err
	}
	return (&tls.Dialer{Config: cfg}).DialContext(ctx, "tcp", l.Address())
}

// enter says who comes in, and learns whether it may.
func enter(in redis.Conn, l target) (err error) {
	switch {
	case l.User != "":
		_, err = in.Do("AUTH", l.User, l.word)
	case l.word != "":
		_, err = in.Do("AUTH", l.word)
	default:
		_, err = in.Do("PING")
	}
	if err != nil && strings.HasPrefix(err.Error(), "NOPERM") {
		return nil // it is in, and may not PING
	}
	return err
}

// close has nobody to tell of an error: nothing was written.
func (c *conn) close() {
	c.stop()
	_ = c.Close()
}

// several sends commands at once, and gives the answer to each.
func (c *conn) several(commands ...[]any) ([]answer, error) {
	for _, cmd := range commands {
		if err := c.Send(cmd[0].(string), cmd[1:]...); err != nil {
			return nil, err
		}
	}
	if err := c.Flush(); err != nil {
		return nil, err
	}
	out := make([]answer, len(commands))
	for i := range out {
		out[i].value, out[i].err = c.Receive()
		if out[i].err != nil && c.Err() != nil {
			return nil, out[i].err
		}
	}
	return out, nil
}

// answer is what a server says to one command.
type answer struct {
	value any
	err   error
}

// count selects a database, and counts its keys.
func (c *conn) count(database int) (int, probity.Fact[int]) {
	from := &probity.Origin{Query: "DBSIZE"}
	_, err := c.Do("SELECT", database)
	if err != nil {
		return 0, probity.Missing[int](lost(err, "+select"), from)
	}
	n, err := redis.Int(c.Do("DBSIZE"))
	if err != nil {
		return 0, probity.Missing[int](lost(err, "+dbsize"), from)
	}
	return n, probity.Known(n, from)
}

// lost is the gap of an error, in our words: a server's may quote keys.
func lost(err error, needs string) probity.Gap {
	g := probity.Gap{Reason: probity.Unreachable, Because: "no connection to the server", Needs: "a network that reaches it"}
	var unknown *tls.CertificateVerificationError
	var said redis.Error
	switch {
	case errors.As(err, &unknown):
		g.Because, g.Needs = "its certificate is of no authority that is known here", "that authority's: sslrootcert=FILE"
	case errors.As(err, &said):
		return refusal(string(said), needs)
	case errors.Is(err, errHostile):
		return probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	case errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded):
		g = probity.Gap{Reason: probity.Timeout, Because: "it took too long"}
	case errors.Is(err, login.ErrRoots):
		g = probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	return g
}

func refusal(said, needs string) probity.Gap {
	code, _, _ := strings.Cut(said, " ")
	switch code {
	case "NOPERM":
		return probity.Gap{Reason: probity.Denied, Because: "permission denied", Needs: needs}
	case "NOAUTH", "WRONGPASS":
		return probity.Gap{Reason: probity.Denied, Because: "the server does not let this user in", Needs: "a user and REDISCLI_AUTH"}
	case "DENIED":
		return probity.Gap{Reason: probity.Denied, Because: "the server is in protected mode", Needs: "a scan on its machine"}
	case "LOADING", "MASTERDOWN", "BUSY", "CLUSTERDOWN":
		return probity.Gap{Reason: probity.Unreachable, Because: "the server is not ready (" + code + ")", Needs: "a scan later"}
	}
	if strings.Contains(said, "unknown command") {
		return probity.Gap{Reason: probity.Denied, Because: "the server has no such command, or hides it", Needs: needs}
	}
	if strings.Contains(said, "DB index") {
		return probity.Gap{Reason: probity.Unreadable, Because: "the server has no such database"}
	}
	return probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("the server refuses (%.16s)", code)}
}
