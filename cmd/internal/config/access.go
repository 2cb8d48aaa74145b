package config

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Token lets programs and people in.
type Token struct {
	Name   string  `yaml:"name"`   // by which the audit knows who holds it
	Token  string  `yaml:"token"`  // env:NAME or file:PATH, which hold it: 20 characters or more
	Role   string  `yaml:"role"`   // viewer: reads; operator: runs schedules and waives too; admin: sees who did what too
	Bounds *Bounds `yaml:"bounds"` // what it sees; left out: everything
}

// OIDC is the provider that people sign in at.
type OIDC struct {
	Issuer string   `yaml:"issuer"`        // its address, such as https://login.example.com/realms/office
	Client string   `yaml:"client_id"`     // this server's name there
	Secret string   `yaml:"client_secret"` // env:NAME or file:PATH, which hold it; none: a public client
	Scopes []string `yaml:"scopes"`        // asked for beside openid, profile and email
	Name   string   `yaml:"name_claim"`    // claim that the audit knows people by; default: email where it is verified, else sub
}

// Grant gives a role to those whose token of the provider has a claim. The first that fits holds.
type Grant struct {
	Claim  string   `yaml:"claim"`  // such as groups, or realm_access.roles for one inside another
	Values []string `yaml:"values"` // of which the claim has one
	Role   string   `yaml:"role"`   // viewer: reads; operator: runs schedules and waives too; admin: sees who did what too
	Bounds *Bounds  `yaml:"bounds"` // what they see; left out: everything
}

// Bounds limit what somebody sees to assets that match one of each list.
type Bounds struct {
	Accounts   []string            `yaml:"accounts"`   // provider/account with * and ?, such as aws/123456789012
	Tags       map[string][]string `yaml:"tags"`       // tag: values, of which an asset has one
	Activities []string            `yaml:"activities"` // of processing, to one of which an asset belongs
}

// Sessions are how long people stay signed in.
type Sessions struct {
	Idle  string `yaml:"idle"`  // without a request; default 30m
	Limit string `yaml:"limit"` // in all; default 12h
}

// Spans are how long somebody stays signed in without a request, and in all.
func (s Sessions) Spans() (idle, limit time.Duration) {
	span := func(text string, otherwise time.Duration) time.Duration {
		if d, err := span(text, otherwise); err == nil && d > 0 {
			return d
		}
		return otherwise
	}
	return span(s.Idle, 30*time.Minute), span(s.Limit, 12*time.Hour)
}

// Words of role, from those who may least.
func accessRoles() []string { return []string{"viewer", "operator", "admin"} }

var tokenName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,62}$`)

// checkAccess tells what would let in others than those who are meant. A server does not start then.
func (l *Loaded) checkAccess() {
	s := &l.File.Serve
	bad := func(format string, args ...any) bool { return l.bad("serve", -1, "serve: "+format, args...) }
	l.checkEmpty()
	seen := map[string]bool{}
	s.Tokens = keep(s.Tokens, func(i int, x Token) bool {
		of := "the token " + x.Name
		switch {
		case !tokenName.MatchString(x.Name):
			return bad("token %d needs a name of small letters, digits, -, _ and .", i+1)
		case seen[x.Name]:
			return bad("%s: another has its name", of)
		case !reference.MatchString(x.Token):
			return bad("%s: token names where it stands, as env:NAME or file:PATH", of)
		case l.access(of, x.Role, x.Bounds):
			return true
		}
		seen[x.Name] = true
		return false
	})
	s.Roles = keep(s.Roles, func(i int, x Grant) bool {
		of := "role " + x.Role + " of " + x.Claim
		switch {
		case x.Claim == "" || len(x.Values) == 0 || slices.Contains(x.Values, ""):
			return bad("role %d needs a claim and its values", i+1)
		default:
			return l.access(of, x.Role, x.Bounds)
		}
	})
	for name, text := range map[string]string{"idle": s.Sessions.Idle, "limit": s.Sessions.Limit} {
		if d, err := span(text, time.Hour); err != nil || d < time.Minute {
			bad("sessions: %s takes a minute or more, as 30m or 8h", name)
		}
	}
	l.checkOIDC()
}

// checkEmpty tells bounds, or a part of them, behind which nothing stands. YAML reads that as if they were not there, and whoever was
// to see little would see everything.
func (l *Loaded) checkEmpty() {
	for _, key := range []string{"tokens", "roles"} {
		unsaid(l.lines.below("serve", key), false, func(n *yaml.Node) {
			l.Trouble = append(l.Trouble, fmt.Sprintf("%s:%d: serve: %s: bounds, or a part of them, stand empty: say what they are, or leave them out for who sees everything", l.Path, n.Line, key))
		})
	}
}

// unsaid walks what stands empty in bounds below a node.
func unsaid(n *yaml.Node, within bool, say func(*yaml.Node)) {
	if n == nil {
		return
	}
	if n.Kind == yaml.AliasNode { // what an alias names holds no alias of itself: the file was read
		n = n.Alias
	}
	if within && n.ShortTag() == "!!null" {
		say(n)
	}
	for i, x := range n.Content {
		unsaid(x, within || n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "bounds", say)
	}
}

func (l *Loaded) checkOIDC() {
	s, bad := &l.File.Serve, func(why string) { l.bad("serve", -1, "serve: oidc: %s", why) }
	switch o := s.OIDC; {
	case o.Issuer == "" && o.Client == "" && o.Secret == "":
		if len(s.Roles) > 0 {
			bad("roles are given by claims of a provider, and there is none: name issuer and client_id")
		}
	case o.Issuer == "" || o.Client == "":
		bad("it needs issuer and client_id")
	case !issuer(o.Issuer):
		bad("issuer takes the provider's address, such as https://login.example.com: https but for this machine, and nothing behind ? or #")
	case s.URL == "":
		bad("it needs serve.url, as people reach this server: the provider sends them back there")
	case !issuer(s.URL):
		bad("the provider sends people back to serve.url, which has to be https but for this machine")
	case o.Secret != "" && !reference.MatchString(o.Secret):
		bad("client_secret names where it stands, as env:NAME or file:PATH")
	case len(s.Roles) == 0:
		bad("without serve.roles nobody has one, so that nobody can sign in")
	}
}

// access reports whether a role or its bounds are wrong. Bounds that say nothing would be none: whoever writes them means some.
func (l *Loaded) access(of, role string, b *Bounds) bool {
	bad := func(format string, args ...any) bool {
		return l.bad("serve", -1, "serve: "+of+": "+format, args...)
	}
	if !slices.Contains(accessRoles(), role) {
		return bad("role is one of %s", strings.Join(accessRoles(), ", "))
	}
	if b == nil {
		return false
	}
	if len(b.Accounts)+len(b.Tags)+len(b.Activities) == 0 || b.Accounts != nil && len(b.Accounts) == 0 || b.Tags != nil && len(b.Tags) == 0 || b.Activities != nil && len(b.Activities) == 0 {
		return bad("bounds name nothing: leave them out for who sees everything")
	}
	for _, a := range b.Accounts {
		if _, err := path.Match(a, ""); err != nil || strings.Count(a, "/") != 1 {
			return bad("accounts are written provider/account with * and ?, such as aws/123456789012")
		}
	}
	for tag, values := range b.Tags {
		if tag == "" || len(values) == 0 {
			return bad("a tag of bounds needs a name and values")
		}
	}
	return slices.Contains(b.Activities, "") && bad("an activity of bounds has no name")
}

// issuer reports whether an address is one that may say who people are.
func issuer(address string) bool {
	u, err := url.Parse(address)
	return err == nil && secure(u) && !strings.ContainsAny(address, "?#")
}

// secure reports whether what goes to an address is encrypted, or stays on this machine.
func secure(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Host != "" && u.Hostname() != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && here)
}
