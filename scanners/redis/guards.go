package redis

import (
	"net"
	"slices"
	"strings"

	"github.com/gomodule/redigo/redis"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// told is the answer to INFO.
type told struct {
	text string
	err  error
}

func (t told) field(name string) string {
	for line := range strings.Lines(t.text) {
		if v, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// server is what holds for all databases of it.
type server struct {
	info     told
	version  probity.Fact[string]
	tls      probity.Fact[bool]
	settings kinds.Redis
}

func (v *visit) about(c *conn) server {
	var s server
	s.info.text, s.info.err = redis.String(c.Do("INFO"))
	from := v.From("INFO")
	if s.info.err != nil {
		g := lost(s.info.err, "+info")
		s.version = probity.Missing[string](g, from)
	} else {
		s.version = probity.Known("redis "+s.info.field("redis_version"), from)
		if n := s.info.field("valkey_version"); n != "" {
			s.version = probity.Known("valkey "+n, from)
		}
	}
	s.tls = v.clear(c)
	s.settings.Passwordless, s.settings.Powerful = v.users(c)
	return s
}

// master is the address that this server copies, where it is a replica.
func (s server) master() string {
	if s.info.field("role") != "slave" {
		return ""
	}
	return net.JoinHostPort(s.info.field("master_host"), s.info.field("master_port"))
}

// onto tells it of one database.
func (s server) onto(a *probity.Asset, size probity.Fact[int]) {
	a.Lifecycle.Version, a.Encryption.InTransit = s.version, s.tls
	a.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "a connection does not see how the server's disks are kept",
		Needs: "a scan of the account that runs it"}, nil)
	s.settings.Keys = size
	a.Settings = probity.SettingsOf(s.settings)
	switch m := s.master(); {
	case s.info.err != nil:
		a.Links = probity.Open[probity.Link](lost(s.info.err, "+info"), a.Origin)
	case m != "":
		number := a.ID[strings.LastIndex(a.ID, "/")+1:]
		a.Links = probity.Whole(a.Origin, probity.Link{Kind: probity.ReplicaOf, To: probity.Ref{ID: "redis://" + m + "/" + number}})
	default:
		a.Links = probity.Whole[probity.Link](a.Origin)
	}
}

// clear reports whether the server refuses clear connections.
func (v *visit) clear(c *conn) probity.Fact[bool] {
	from := v.From("CONFIG GET port")
	got, err := redis.StringMap(c.Do("CONFIG", "GET", "port"))
	switch port, ok := got["port"]; {
	case err == nil && ok:
		return probity.Known(port == "0", from)
	case !v.login.TLS:
		return probity.Known(false, v.From("this connection is clear"))
	case err == nil:
		return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "the server does not tell its ports"}, from)
	}
	return probity.Missing[bool](lost(err, "+config|get"), from)
}

// users tells of those who may come in: which need no password, and which may do everything. Digests of passwords are in the
// answer too; they are passed over.
func (v *visit) users(c *conn) (passwordless, powerful probity.List[string]) {
	from := v.From("ACL LIST")
	lines, err := redis.Strings(c.Do("ACL", "LIST"))
	if err != nil {
		g := lost(err, "+acl|list")
		var in []string
		if v.login.word == "" {
			in = []string{"user default"} // it let us in
		}
		return probity.Open(g, from, in...), probity.Open[string](g, from)
	}
	var free, mighty []string
	for _, line := range lines {
		words := strings.Fields(line) // user NAME on|off …
		if len(words) < 3 || slices.Contains(words, "off") {
			continue
		}
		if slices.Contains(words, "nopass") {
			free = append(free, "user "+words[1])
		}
		all := slices.Index(words, "+@all")
		taken := func(w string) bool { return strings.HasPrefix(w, "-") }
		if words[1] != "default" && all > 0 && !slices.ContainsFunc(words[all:], taken) && slices.Contains(words, "~*") {
			mighty = append(mighty, "user "+words[1])
		}
	}
	return probity.Whole(from, free...), probity.Whole(from, mighty...)
}
