package redis

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/login"
)

// Name of the scanner.
const Name = "redis"

// Schemes are those of targets: rediss and valkeys are by TLS.
func Schemes() []string { return []string{"redis", "rediss", "valkey", "valkeys"} }

// target is what to scan.
type target struct {
	login.Login
	database int    // -1: all that hold keys
	word     string // the password
}

// Check reports what is wrong with a target.
func Check(target string) error {
	_, err := parse(target)
	return err
}

func parse(s string) (target, error) {
	scheme, _, _ := strings.Cut(s, ":")
	form := login.Form{Example: "redis://user@host:port/0", Port: 6379, Secret: "REDISCLI_AUTH", Secure: scheme == "rediss" || scheme == "valkeys"}
	l, err := form.Parse(s)
	t := target{Login: l, database: -1}
	if err == nil && l.Path != "" {
		if t.database, err = strconv.Atoi(l.Path); err != nil || t.database < 0 {
			return t, fmt.Errorf("target %s: databases of Redis are numbers", l.Scheme)
		}
	}
	return t, err
}

func (t target) server() probity.Ref { return probity.Ref{ID: "redis://" + t.Address()} }

func (t target) ref(database int) probity.Ref {
	return probity.Ref{ID: t.server().ID + "/" + strconv.Itoa(database)}
}

// who reads, as the server knows it.
func (t target) who() string { return cmp.Or(t.User, "default") }

func (t target) supplies() []probity.Supply {
	s := probity.Supply{Scope: probity.Scope{Provider: Name}, Class: probity.Cache, Kind: kinds.RedisDatabase, On: t.server()}
	if t.database >= 0 {
		s.On = t.ref(t.database)
	}
	return []probity.Supply{s}
}

// Supplies is what a unit of this scanner supplies.
func Supplies(u probity.Unit) []probity.Supply {
	t, err := parse(u.Target)
	if err != nil {
		return nil
	}
	return t.supplies()
}
