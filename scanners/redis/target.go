package redis

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Name of the scanner. Targets are redis://, or rediss:// for TLS; Valkey's are valkey:// and valkeys://.
const Name = "redis"

// Schemes are those of targets.
func Schemes() []string { return []string{"redis", "rediss", "valkey", "valkeys"} }

// login is a way into a server.
type login struct {
	host     string
	port     int
	user     string // empty: the default user
	database int    // -1: all that hold keys
	tls      bool
	word     string // the password
	blind    bool   // believe any certificate
	roots    string // file of the authorities to believe; empty: the system's
}

// Check reports what is wrong with a target.
func Check(target string) error {
	_, err := parse(target)
	return err
}

// parse reads rediss://user@host:port/0?sslrootcert=FILE. A password has no place in it: targets are shown and kept.
func parse(target string) (login, error) {
	u, err := url.Parse(target)
	if err != nil {
		return login{}, errors.New("the target is no URL; write redis://user@host:port/database")
	}
	if _, has := u.User.Password(); has {
		return login{}, errors.New("the target holds a password; give it by REDISCLI_AUTH")
	}
	l := login{host: strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), port: 6379, user: u.User.Username(), database: -1, tls: strings.HasSuffix(u.Scheme, "s") && u.Scheme != "redis"}
	if l.host == "" {
		return login{}, fmt.Errorf("target %s: write %[1]s://host:port, with user@ and /database where they matter", u.Scheme)
	}
	if p := u.Port(); p != "" {
		if l.port, err = strconv.Atoi(p); err != nil || l.port < 1 || l.port > 65535 {
			return login{}, fmt.Errorf("target %s: %s is no port", u.Scheme, p)
		}
	}
	if p := strings.Trim(u.Path, "/"); p != "" {
		if l.database, err = strconv.Atoi(p); err != nil || l.database < 0 {
			return login{}, fmt.Errorf("target %s: databases of Redis are numbers", u.Scheme)
		}
	}
	return l, l.options(u.Query())
}

// options are those that a target takes behind its question mark.
func (l *login) options(q url.Values) error {
	for k, v := range q {
		switch {
		case k == "sslmode" && (v[0] == "require" || v[0] == "verify-full"):
			l.tls, l.blind = true, v[0] == "require"
		case k == "sslmode":
			return errors.New("sslmode is require or verify-full")
		case k == "sslrootcert":
			l.roots = v[0]
		default:
			return errors.New("a target takes sslmode and sslrootcert, and nothing else")
		}
	}
	return nil
}

func (l login) address() string { return net.JoinHostPort(l.host, strconv.Itoa(l.port)) }

func (l login) server() probity.Ref { return probity.Ref{ID: "redis://" + l.address()} }

func (l login) ref(database int) probity.Ref {
	return probity.Ref{ID: l.server().ID + "/" + strconv.Itoa(database)}
}

// who reads, as the server knows it.
func (l login) who() string { return cmp.Or(l.user, "default") }

func (l login) supplies() []probity.Supply {
	s := probity.Supply{Scope: probity.Scope{Provider: Name}, Class: probity.Cache, Kind: kinds.RedisDatabase, On: l.server()}
	if l.database >= 0 {
		s.On = l.ref(l.database)
	}
	return []probity.Supply{s}
}

// Supplies is what a unit of this scanner supplies.
func Supplies(u probity.Unit) []probity.Supply {
	l, err := parse(u.Target)
	if err != nil {
		return nil
	}
	return l.supplies()
}
