package database

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
)

// The engines that are servers, as targets name them.
const (
	Postgres = "postgres"
	MySQL    = "mysql" // MariaDB too
	Redshift = "redshift"
)

// Login is a way into a server.
type Login struct {
	Engine   string
	Host     string
	Port     int
	User     string
	Database string                                // empty: all that the server has
	Start    string                                // the one that is asked for the others; empty: as the engine names it
	Password func(context.Context) (string, error) // asked for each connection; nil: the environment tells
	TLS      *tls.Config                           // of the only sort of connection to make; nil: as Mode says
	Mode     string                                // disable, prefer, require, verify-full; empty: the environment's, or prefer
	Roots    string                                // file of the authorities that verify-full believes; empty: the system's
	Needs    string                                // what lets the user in, where the server refuses; empty: a password
	Server   probity.Ref                           // the asset that the server is, where somebody listed it
}

// NoPassword is the error of a [Login] whose password nobody gives, and why.
type NoPassword struct{ Gap probity.Gap }

func (e *NoPassword) Error() string { return "no password: " + e.Gap.String() }

// ParseTarget reads postgres://user@host:port/database?sslmode=verify-full, and the same with mysql and redshift. A password has no place in
// it: targets are shown and kept.
func ParseTarget(s string) (Login, error) {
	u, err := url.Parse(s)
	if err != nil {
		return Login{}, errors.New("the target is no URL; write postgres://user@host:port/database")
	}
	if u.Scheme == "postgresql" {
		u.Scheme = Postgres
	}
	l := Login{Engine: u.Scheme, Host: strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), User: u.User.Username(), Database: strings.TrimPrefix(u.Path, "/"),
		Port: map[string]int{Postgres: 5432, MySQL: 3306, Redshift: 5439}[u.Scheme]}
	if _, has := u.User.Password(); has {
		return Login{}, fmt.Errorf("the target holds a password; give it by %s", passwordOf(u.Scheme))
	}
	if l.Port == 0 || l.Host == "" || l.User == "" || strings.Contains(l.Host, ",") || strings.Contains(l.Database, "/") {
		return Login{}, fmt.Errorf("target %s: write %s://user@host:port/database", u.Scheme, u.Scheme)
	}
	if p := u.Port(); p != "" {
		if l.Port, err = strconv.Atoi(p); err != nil || l.Port < 1 || l.Port > 65535 {
			return Login{}, fmt.Errorf("target %s: %s is no port", u.Scheme, p)
		}
	}
	for k, v := range u.Query() {
		switch {
		case k == "sslmode" && slices.Contains([]string{"disable", "prefer", "require", "verify-full"}, v[0]):
			l.Mode = v[0]
		case k == "sslrootcert":
			l.Roots = v[0]
		case k == "sslmode":
			return Login{}, errors.New("sslmode is disable, prefer, require or verify-full")
		default:
			return Login{}, errors.New("a target takes sslmode and sslrootcert, and nothing else")
		}
	}
	return l, nil
}

// passwordOf is where an engine's password comes from.
func passwordOf(engine string) string {
	if engine == MySQL {
		return "MYSQL_PWD or ~/.my.cnf"
	}
	return "PGPASSWORD or a file of PGPASSFILE"
}

// startOf is the database that every server of an engine of PostgreSQL's kind has.
func startOf(engine string) string {
	if engine == Redshift {
		return "dev"
	}
	return "postgres"
}

// address is host:port, which is how others know a server.
func (l Login) address() string { return net.JoinHostPort(l.Host, strconv.Itoa(l.Port)) }

// server is what stands for the server.
func (l Login) server() probity.Ref { return probity.Ref{ID: l.Engine + "://" + l.address()} }

func (l Login) ref(database string) probity.Ref {
	return probity.Ref{ID: l.Engine + "://" + l.address() + "/" + database}
}

// supplies is what the scan of a database tells, or of all that a server has.
func (l Login) supplies() []probity.Supply {
	m, d, t := kindsOf(l.Engine)
	of := probity.Supply{Scope: probity.Scope{Provider: l.Engine}}
	server, database, table := of, of, of
	server.Kind, server.Class, server.On = m, probity.Database, l.Server
	database.Kind, database.Class, database.On = d, probity.Database, l.server()
	if l.Database == "" && l.Server.ID != "" {
		return []probity.Supply{server, database}
	}
	if l.Database == "" {
		return []probity.Supply{database}
	}
	database.On, table.On = l.ref(l.Database), l.ref(l.Database)
	table.Kind, table.Class = t, probity.Table
	return []probity.Supply{database, table}
}
