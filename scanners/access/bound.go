package access

import (
	"net/netip"

	probity "github.com/probity-scan/probity"
)

// Open is why some piece of the document is not known, or nil. What the document says then lies between two bounds: what
// it gives however the pieces turn out, and what it may give. A text that is compared as it stands is taken to be one that
// names somebody, and never a variable of IAM's.
func (p Policy) Open() *probity.Gap { return p.gap }

// Perhaps gives what the policy gives if each piece that is not known turns out so that most are let in.
func (p Policy) Perhaps(owner string) []Permit { return p.bound(true).permitted(owner) }

// bound is the policy with each hole turned so that it lets in as many as it may, or as few. An Allow that reaches far lets
// in more, a Deny fewer.
func (p Policy) bound(wide bool) Policy {
	if p.gap == nil {
		return p
	}
	var out Policy
	for _, s := range p.statements {
		if b, ok := s.bound(wide); ok {
			out.statements = append(out.statements, b)
		}
	}
	return out
}

// bound is false where nothing of the statement is left.
func (s statement) bound(wide bool) (statement, bool) {
	effect := map[bool]string{true: "Allow", false: "Deny"}[wide]
	if s.lost {
		return statement{Effect: effect, Principal: &principals{anyone: true}, Action: texts{"*"}, Resource: texts{"*"}, number: s.number}, true
	}
	if holed(s.Effect) {
		s.Effect = effect
	}
	far := wide != s.deny()
	ok := s.boundPrincipals(far)
	switch {
	case far:
		s.Action, s.Resource = s.Action.filled("*"), s.Resource.filled("*")
		s.NotAction, s.NotResource = s.NotAction.told(), s.NotResource.told()
	case s.deny():
		some := func(l texts) bool { return l == nil || len(l.told()) > 0 }
		ok = ok && some(s.Action) && some(s.Resource)
		s.Action, s.Resource = s.Action.told(), s.Resource.told()
		fallthrough
	default: // an Allow gives something, whatever it is: its own holes stay
		s.NotAction, s.NotResource = s.NotAction.filled("*"), s.NotResource.filled("*")
	}
	var tests []test
	for _, t := range s.tests {
		b, left := t.bound(far, s.deny())
		switch {
		case left:
			tests = append(tests, b)
		case !far:
			ok = false
		}
	}
	s.tests = tests
	return s, ok
}

// boundPrincipals is false where nobody in particular is left.
func (s *statement) boundPrincipals(far bool) bool {
	if p := s.Principal; p != nil && p.open && !p.anyone {
		s.Principal = &principals{anyone: far, named: p.named}
		return far || len(p.named) > 0
	}
	if p := s.NotPrincipal; p != nil && p.open {
		s.NotPrincipal = &principals{anyone: p.anyone || !far, named: p.named}
		return far || s.deny()
	}
	return true
}

// bound turns the holes of a test so that the statement reaches far, or not. It is false where the test is to be left
// out: with it the whole statement, if it is not to reach far.
func (t test) bound(far, deny bool) (test, bool) {
	switch {
	case t.lost:
		return t, false
	case !t.values.holed():
		return t, true
	case t.operator == "null" || t.operator == "bool":
		if far || deny { // neither of them makes a Deny narrow anything
			return t, !far
		}
		t.values = texts{map[string]string{"null": "false", "bool": "true"}[t.operator]}
		return t, true
	case far && deny && t.negated:
		t.values = t.values.told()
		return t, true
	case far && deny:
		return t, false
	case far != deny: // whom an Allow lets in, or a Deny leaves over
		if t.like {
			t.values = t.values.filled("*")
		}
		if t.ranges != nil {
			t.ranges = append(t.ranges[:len(t.ranges):len(t.ranges)], netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"))
		}
	}
	return t, true
}
