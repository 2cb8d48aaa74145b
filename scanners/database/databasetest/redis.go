package databasetest

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gomodule/redigo/redis"

	"github.com/probity-scan/probity/scanners/scannertest"
)

// RedisServer is a server of Redis that runs, with its administrator's connection.
type RedisServer struct {
	Port  int
	Roots string // file of the authority of its certificate; empty: it has none
	admin redis.Conn
}

// Redis starts Redis from the folders that PROBITY_REDIS names. Its default user needs no password, until a test says otherwise. Lines of
// its configuration may follow.
func Redis(t *testing.T, o Options, lines ...string) *RedisServer {
	t.Helper()
	as := somebody(t, "redis", "nobody")
	dir := home(t, as)
	s := &RedisServer{Port: scannertest.FreePort(t)}
	port, secure := strconv.Itoa(s.Port), "0"
	var options []redis.DialOption
	args := []string{"--bind", "127.0.0.1", "--dir", dir, "--save", "", "--daemonize", "no"}
	if o.TLS {
		cert := certify(t, as, dir)
		s.Roots = cert.roots
		port, secure = "0", port
		args = append(args, "--tls-cert-file", cert.cert, "--tls-key-file", cert.key, "--tls-ca-cert-file", cert.roots, "--tls-auth-clients", "no")
		options = append(options, redis.DialUseTLS(true), redis.DialTLSConfig(trusting(t, cert.roots)))
	}
	args = append(append(args, "--port", port, "--tls-port", secure), lines...)
	serve(t, as, dir, func() bool {
		var err error
		s.admin, err = redis.DialContext(t.Context(), "tcp", "127.0.0.1:"+strconv.Itoa(s.Port), options...)
		return err == nil
	}, os.Interrupt, program(t, "PROBITY_REDIS", "redis-server"), args...)
	t.Cleanup(func() { _ = s.admin.Close() })
	return s
}

// Do runs a command as the administrator.
func (s *RedisServer) Do(t *testing.T, command string, args ...any) any {
	t.Helper()
	v, err := s.admin.Do(command, args...)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return v
}

// Set makes the users all and few, without a right to the server's settings, and then runs commands of one line each.
func (s *RedisServer) Set(t *testing.T, commands string) {
	t.Helper()
	const secret = ">" + Password
	s.Do(t, "ACL", "SETUSER", "default", "reset", "on", secret, "~*", "&*", "+@all")
	s.Do(t, "ACL", "SETUSER", "all", "reset", "on", secret, "~*", "+@read", "+@connection", "+info", "+acl|list", "+config|get")
	s.Do(t, "ACL", "SETUSER", "few", "reset", "on", secret, "~*", "+@read", "+@connection", "+info")
	for line := range strings.Lines(commands) {
		words := strings.Fields(line)
		args := make([]any, len(words)-1)
		for i, w := range words[1:] {
			args[i] = strings.ReplaceAll(w, "SECRET", Password)
		}
		s.Do(t, words[0], args...)
	}
}

// trusting believes the authority of a file.
func trusting(t *testing.T, roots string) *tls.Config {
	t.Helper()
	pem, err := os.ReadFile(filepath.Clean(roots))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return &tls.Config{RootCAs: pool, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}
