package access

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// ParseIdentity reads a policy that is attached to somebody, so that its statements name no principal.
func ParseIdentity(text string) (Policy, error) { return parse(text, false) }

// Everywhere reports whether the policy allows one of the actions on every resource there is for it, on no condition, and
// which statement does. An action "*" stands for all of them together. The gap is set where it depends on a piece that is not
// known.
func (p Policy) Everywhere(actions ...string) (statement string, ok bool, gap *probity.Gap) {
	if statement, ok = p.bound(false).everywhere(actions); ok {
		return statement, true, nil
	}
	if _, perhaps := p.bound(true).everywhere(actions); perhaps {
		return "", false, p.gap
	}
	return "", false, nil
}

func (p Policy) everywhere(actions []string) (statement string, ok bool) {
	for i := range p.statements {
		s := &p.statements[i]
		if s.deny() || len(s.tests) > 0 || !s.everyResource() {
			continue
		}
		for _, a := range actions {
			if s.coversAction(a) && !p.deniedEverywhere(a) {
				return s.String(), true
			}
		}
	}
	return "", false
}

func (p Policy) deniedEverywhere(action string) bool {
	return slices.ContainsFunc(p.statements, func(s statement) bool {
		return s.deny() && len(s.tests) == 0 && s.everyResource() && s.coversAction(action)
	})
}

// everyResource: whatever an ARN says of partition, region and account, its last part is open.
func (s *statement) everyResource() bool {
	if s.NotResource != nil {
		return false
	}
	return slices.ContainsFunc(s.Resource, func(r string) bool {
		parts := strings.SplitN(r, ":", 6)
		last := parts[len(parts)-1]
		if len(parts) < 6 {
			return r == "*"
		}
		_, name, typed := strings.Cut(strings.ReplaceAll(last, ":", "/"), "/")
		return strings.Trim(last, "*/") == "" || parts[2] != "s3" && typed && name != "" && strings.Trim(name, "*/") == ""
	})
}

// Denies reports whether the policy denies something where the request's key has none of some values. The gap is set where
// that is not found, and a piece is not known.
func (p Policy) Denies(key string) (bool, *probity.Gap) {
	if p.bound(true).denies(key) {
		return true, nil
	}
	return false, p.gap
}

func (p Policy) denies(key string) bool {
	return slices.ContainsFunc(p.statements, func(s statement) bool {
		return s.deny() && slices.ContainsFunc(s.tests, func(t test) bool { return t.negated && strings.EqualFold(t.key, key) })
	})
}
