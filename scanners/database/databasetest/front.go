package databasetest

import (
	"crypto/tls"
	"net"
	"os"
	"strconv"
	"testing"
)

// Front is a door before a server such as RDS has: TLS alone, and a password that is sent as it is and judged by the door, not by the
// server. Behind it users have [Password].
type Front struct {
	Port  int
	Roots string // file of the authority of its certificate
}

// Judge says whether a password lets a user in by the door at a port.
type Judge func(port int, user, password string) bool

// doorway makes a front whose connections are served once they are known to speak TLS.
func (s *Server) doorway(t *testing.T, serve func(client, server net.Conn, how *tls.Config)) *Front {
	t.Helper()
	c := certify(t, nil, t.TempDir())
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		t.Fatal(err)
	}
	how := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	port := accept(t, func(client net.Conn) {
		server, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)))
		if err != nil {
			return
		}
		defer func() { _ = server.Close() }()
		serve(client, server, how)
	})
	return &Front{Port: port, Roots: c.roots}
}

func portOf(client net.Conn) int { return client.LocalAddr().(*net.TCPAddr).Port }

// Authorities writes those of several servers into one file, as RDS publishes its own.
func Authorities(t *testing.T, files ...string) string {
	t.Helper()
	var all []byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	path := t.TempDir() + "/authorities.pem"
	write(t, nil, path, all)
	return path
}
