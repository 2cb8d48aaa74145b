// Package login reads the URL of a server to scan: where it is, who asks, and how its certificate is believed.
package login

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// Form is how targets of a kind of server are written.
type Form struct {
	Example string // "redis://user@host:port/0"
	Port    int    // when a target names none
	Secret  string // the variable that a password comes from
	Secure  bool   // TLS is used, unless a target has sslmode=disable; else it is when a target asks for it
}

// Login is a way into a server. The password is in none: targets are shown and kept.
type Login struct {
	Scheme string
	Host   string
	Port   int
	User   string
	Path   string // without the slashes around it
	TLS    bool
	Blind  bool   // any certificate is believed
	Roots  string // file of the authorities to believe; empty: the system's
}

// Parse reads a target like redis://user@host:port/0?sslmode=verify-full&sslrootcert=ca.pem. Errors repeat nothing that may be secret.
func (f Form) Parse(target string) (Login, error) {
	u, err := url.Parse(target)
	if err != nil {
		return Login{}, errors.New("the target is no URL; write " + f.Example)
	}
	if _, has := u.User.Password(); has {
		return Login{}, errors.New("the target holds a password; give it by " + f.Secret)
	}
	l := Login{Scheme: u.Scheme, Host: strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), Port: f.Port, User: u.User.Username(), Path: strings.Trim(u.Path, "/"), TLS: f.Secure}
	if l.Host == "" {
		return Login{}, fmt.Errorf("target %s: write %s", u.Scheme, f.Example)
	}
	if p := u.Port(); p != "" {
		if l.Port, err = strconv.Atoi(p); err != nil || l.Port < 1 || l.Port > 65535 {
			return Login{}, fmt.Errorf("target %s: %s is no port", u.Scheme, p)
		}
	}
	return l, l.options(u.Query())
}

// options are those that a target takes behind its question mark.
func (l *Login) options(q url.Values) error {
	for k, v := range q {
		switch {
		case k == "sslmode" && v[0] == "disable":
			l.TLS = false
		case k == "sslmode" && (v[0] == "require" || v[0] == "verify-full"):
			l.TLS, l.Blind = true, v[0] == "require"
		case k == "sslmode":
			return errors.New("sslmode is disable, require or verify-full")
		case k == "sslrootcert":
			l.Roots = v[0]
		default:
			return errors.New("a target takes sslmode and sslrootcert, and nothing else")
		}
	}
	return nil
}

// Address is host:port, which is how others know a server.
func (l Login) Address() string { return net.JoinHostPort(l.Host, strconv.Itoa(l.Port)) }

// ErrRoots is that the file of a target's authorities cannot be read.
var ErrRoots = errors.New("the file of sslrootcert cannot be read")

// Config is how the server's certificate is checked.
func (l Login) Config() (*tls.Config, error) {
	cfg := &tls.Config{ServerName: l.Host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: l.Blind} //nolint:gosec // what sslmode=require means everywhere
	if l.Roots == "" {
		return cfg, nil
	}
	pem, err := os.ReadFile(l.Roots)
	if err != nil {
		return nil, ErrRoots
	}
	cfg.RootCAs = x509.NewCertPool()
	cfg.RootCAs.AppendCertsFromPEM(pem)
	return cfg, nil
}
