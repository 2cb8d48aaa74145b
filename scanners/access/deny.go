package access

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// leaves gives whom a Deny leaves over: nobody, or some. narrows is false when anybody could slip through, and the
// Deny shuts out nobody for sure.
func (s *statement) leaves() (who []principal, narrows bool) {
	switch {
	case s.NotPrincipal != nil && s.NotPrincipal.anyone:
		return nil, false
	case s.NotPrincipal != nil:
		who = s.NotPrincipal.named
	case !s.Principal.anyone:
		return nil, false
	}
	for _, t := range s.tests {
		w, ok := t.escaped()
		if !ok {
			return nil, false
		}
		who = append(who[:len(who):len(who)], w...)
	}
	return who, true
}

func (s *statement) coversAll(actions, resources []string) bool {
	return s.coversActions(actions) && s.coversResources(resources)
}

func (s *statement) coversActions(actions []string) bool {
	return !slices.ContainsFunc(actions, func(a string) bool { return !s.coversAction(a) })
}

func (s *statement) coversResources(resources []string) bool {
	return !slices.ContainsFunc(resources, func(r string) bool { return !s.coversResource(r) })
}

// coversAction reports whether the statement speaks of every action that the pattern matches.
func (s *statement) coversAction(action string) bool {
	action = strings.ToLower(action)
	if holed(action) { // some action, and the Deny is one that reaches as far as it may
		any := fill(action, "*")
		return s.NotAction == nil && slices.ContainsFunc(s.Action, func(p string) bool { return overlaps(strings.ToLower(p), any) }) ||
			s.NotAction != nil && !slices.ContainsFunc(s.NotAction, func(p string) bool { return covers(strings.ToLower(p), any) })
	}
	if s.NotAction != nil {
		return !slices.ContainsFunc(s.NotAction, func(p string) bool { return overlaps(strings.ToLower(p), action) })
	}
	return slices.ContainsFunc(s.Action, func(p string) bool { return covers(strings.ToLower(p), action) })
}

// coversResource reports whether the statement speaks of every resource that the pattern matches.
func (s *statement) coversResource(resource string) bool {
	if holed(resource) {
		any := fill(resource, "*")
		return s.NotResource == nil && (s.Resource == nil || slices.ContainsFunc(s.Resource, func(p string) bool { return overlaps(p, any) })) ||
			s.NotResource != nil && !slices.ContainsFunc(s.NotResource, func(p string) bool { return covers(p, any) })
	}
	if s.NotResource != nil {
		return !slices.ContainsFunc(s.NotResource, func(p string) bool { return overlaps(p, resource) })
	}
	return s.Resource == nil || slices.ContainsFunc(s.Resource, func(p string) bool { return covers(p, resource) })
}

// RefusesClear reports whether every request without TLS is denied, whoever asks: of a store with objects in it, on the store
// and on all of them. The gap is set where it depends on a piece that is not known.
func (p Policy) RefusesClear(objects bool) (bool, *probity.Gap) {
	return p.surely(func(p Policy) bool { return p.refuses(objects, (*statement).onlyClear) })
}

// surely reports what holds of a policy however its holes turn out; the gap is set where that depends on one.
func (p Policy) surely(refuses func(Policy) bool) (bool, *probity.Gap) {
	if refuses(p.bound(true)) {
		return true, nil
	}
	if refuses(p.bound(false)) {
		return false, p.gap
	}
	return false, nil
}

// refuses: one statement may deny for the store and another for what is in it.
func (p Policy) refuses(objects bool, when func(*statement) bool) bool {
	var store, inside bool
	for i := range p.statements {
		s := &p.statements[i]
		if !s.deny() || s.Principal == nil || !s.Principal.anyone || !when(s) || !s.everyAction(objects) {
			continue
		}
		whole := s.Resource == nil && s.NotResource == nil || !objects && s.NotResource == nil
		store = store || whole || slices.ContainsFunc(s.Resource, func(r string) bool {
			return r == "*" || !strings.Contains(r, "/")
		})
		inside = inside || whole || slices.ContainsFunc(s.Resource, everyObject)
	}
	return store && inside
}

// everyObject reports whether a pattern stands for all that is in a store.
func everyObject(r string) bool {
	_, path, below := strings.Cut(r, "/")
	return r == "*" || path == "*" || !below && strings.HasSuffix(r, "*")
}

// onlyClear reports whether the statement applies to all requests without TLS.
func (s *statement) onlyClear() bool {
	return len(s.tests) == 0 || len(s.tests) == 1 && s.tests[0].operator == "bool" && !s.tests[0].forAny &&
		strings.EqualFold(s.tests[0].key, "aws:SecureTransport") && s.tests[0].says("false")
}

func (s *statement) everyAction(objects bool) bool {
	return slices.ContainsFunc(s.Action, func(a string) bool {
		return a == "*" || objects && strings.EqualFold(a, "s3:*") || !objects && strings.HasSuffix(a, ":*")
	})
}
