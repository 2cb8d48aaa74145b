package access

import (
	"slices"
	"strings"
)

// Decision is what one document says to a request. Of a policy that names no principal, Named is whether it allows.
type Decision struct {
	Named     Truth // it allows whom it names, or whom it is attached to
	Anyone    Truth // it allows everybody
	Delegated Truth // it lets the account of the principal decide
	Denied    Truth
}

// Allowed reports whether the document by itself allows.
func (d Decision) Allowed() Truth { return min(max(d.Named, d.Anyone), d.Denied.not()) }

// Decide weighs all statements.
func (p Policy) Decide(r *Request) Decision {
	var out Decision
	action := strings.ToLower(r.Action)
	for i := range p.statements {
		s := &p.statements[i]
		if s.lost {
			out.Named, out.Denied = max(out.Named, r.doubt("a statement")), Maybe
			continue
		}
		applies := s.speaks(r, action)
		if applies == No {
			continue
		}
		named, anyone, delegated := s.of(r)
		if s.deny() || holed(s.Effect) {
			hit := min(applies, max(named, anyone, delegated))
			if holed(s.Effect) {
				hit = min(hit, r.doubt("an effect"))
				applies = min(applies, Maybe)
			}
			out.Denied = max(out.Denied, hit)
		}
		if !s.deny() {
			out.Named, out.Anyone, out.Delegated = max(out.Named, min(applies, named)), max(out.Anyone, min(applies, anyone)), max(out.Delegated, min(applies, delegated))
		}
	}
	return out
}

// speaks reports whether the statement is about what is asked, whoever asks.
func (s *statement) speaks(r *Request, action string) Truth {
	out := s.about(r, action)
	if out == No {
		return No
	}
	switch {
	case s.NotResource != nil:
		out = min(out, r.matches(s.NotResource, r.Resource).not())
	case s.Resource != nil:
		out = min(out, r.matches(s.Resource, r.Resource))
	}
	for _, t := range s.tests {
		if out == No {
			return No
		}
		out = min(out, t.holds(r))
	}
	return out
}

func (s *statement) about(r *Request, action string) Truth {
	patterns, negated := s.Action, false
	if s.NotAction != nil {
		patterns, negated = s.NotAction, true
	}
	out := No
	for _, p := range patterns {
		p = strings.ToLower(p)
		switch {
		case !holed(p) && glob(p, action):
			out = Yes
		case holed(p) && out == No && glob(open(p), action):
			out = r.doubt("an action")
		}
	}
	if negated {
		return out.not()
	}
	return out
}

// of reports in which way the statement names who asks.
func (s *statement) of(r *Request) (named, anyone, delegated Truth) {
	switch {
	case s.Principal == nil && s.NotPrincipal == nil:
		return Yes, No, No
	case s.Principal != nil && s.Principal.anyone:
		return No, Yes, No
	case s.Principal != nil:
		named, delegated = s.Principal.names(r)
		if s.Principal.open {
			anyone = r.doubt("a principal")
		}
		return named, anyone, delegated
	}
	if s.NotPrincipal.anyone {
		return No, No, No
	}
	named, delegated = s.NotPrincipal.names(r)
	if s.NotPrincipal.open || named != delegated && named != No {
		return No, Maybe, No // a role that is excepted without its account (IAM User Guide, NotPrincipal)
	}
	return No, max(named, delegated).not(), No
}

// names reports whether the principal itself is named, or its account. A session's name tells its role.
func (p *principals) names(r *Request) (named, account Truth) {
	for _, n := range p.named {
		switch {
		case n.name == r.Principal:
			named = Yes
		case n.account != "" && n.account == r.Account && (n.name == n.account || strings.HasSuffix(n.name, ":root")):
			account = Yes
		case n.account == r.Account && session(n.name) != "" && strings.HasSuffix(r.Principal, "/"+session(n.name)) && strings.Contains(r.Principal, ":role/"):
			named = max(named, r.doubt("a session's name"))
		case placeholder(n.name), n.own:
			named = max(named, r.doubt("a principal"))
		}
	}
	return named, account
}

// session is the role of a session that is named as arn:aws:sts::…:assumed-role/ROLE/SESSION.
func session(name string) string {
	_, rest, ok := strings.Cut(name, ":assumed-role/")
	role, _, _ := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	return role
}

// On is the policy with the statements alone that may speak of an action.
func (p Policy) On(action string) Policy {
	r, out := &Request{}, Policy{gap: p.gap}
	action = strings.ToLower(action)
	for _, s := range p.statements {
		if s.lost || s.about(r, action) != No {
			out.statements = append(out.statements, s)
		}
	}
	return out
}

// Allows reports whether some statement may allow something.
func (p Policy) Allows() bool {
	return slices.ContainsFunc(p.statements, func(s statement) bool { return s.lost || !s.deny() })
}

// Reach gives, for each resource that the policy may allow something on inside a pattern, an example and what the statement
// calls it. A pattern without wildcards is its own example.
func (p Policy) Reach(within string, add func(example, pattern string)) {
	for i := range p.statements {
		s := &p.statements[i]
		if s.deny() {
			continue
		}
		if s.Resource == nil || s.lost {
			if example, ok := common("*", within); ok {
				add(example, "*")
			}
			continue
		}
		for _, pattern := range s.Resource {
			if example, ok := common(open(pattern), within); ok {
				add(example, pattern)
			}
		}
	}
}

// Paths are resources as paths inside an object store; none is all of it.
func Paths(resources []string) []string { return paths(resources) }

// Silent reports whether the policy says nothing at all.
func (p Policy) Silent() bool { return len(p.statements) == 0 }

// Means reports whether a pattern of actions stands for an action.
func Means(pattern, action string) bool {
	return glob(strings.ToLower(pattern), strings.ToLower(action))
}
