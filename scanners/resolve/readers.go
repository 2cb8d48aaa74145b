package resolve

import (
	"context"
	"fmt"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/kinds"
)

// readers works out who can read the data of a listed store in effect: the account's roles and users by what their own
// policies, boundaries, the organisation, the store and its key say together, and whom the store lets in from outside, of
// whom only this side is known. The root user, who may do all, is not listed. A role that AWS made for a service of its own
// bears the service's name; one that people made for a service is itself, since who deploys there reads through it. Of code
// nobody can tell: an account holds more than its code.
func readers() step {
	directories := &directories{}
	same := map[string][]probity.Grant{}
	return func(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
		by, ok := kinds.ReadBy(a.Kind)
		if !ok || fromCode(a) || a.Scope.Account == "" || !a.Access.Readers.IsZero() {
			return false, nil
		}
		arn, ok := by.ARN(a)
		if !ok {
			return false, nil
		}
		d, err := directories.of(ctx, inv, a.Scope.Account)
		if err != nil {
			return false, err
		}
		s := readable{asset: a, by: by, within: arn + by.Inside}
		if s.key, err = keyOf(ctx, inv, a, by); err != nil {
			return false, err
		}
		s.policy, s.unread = rulesOf(a)
		s.outside()
		gaps := append(s.gaps, d.gap)
		for _, p := range d.principals {
			g, gap := s.reads(d, p)
			gaps = append(gaps, gap)
			if len(g.Actions) > 0 {
				s.add(g)
			}
		}
		items := shareItems(same, s.grants)
		from := derived(probity.Evidence{Asset: probity.Ref{ID: "aws://" + a.Scope.Account}, Fact: "kind", Value: fmt.Sprintf("%d roles and users", len(d.principals))},
			bare(evidence(a, policyPath, a.Exposure.Declared.Policy)))
		if g := deciding(gaps); g != nil {
			a.Access.Readers = probity.Open(*g, from, items...)
		} else {
			a.Access.Readers = probity.Whole(from, items...)
		}
		return true, nil
	}
}

// bare is evidence without its value: the text of a policy stands where the origin says.
func bare(e probity.Evidence) probity.Evidence {
	e.Value = nil
	return e
}

// shareItems gives stores that the same read one list in memory: thousands of stores times hundreds of readers are many.
func shareItems(same map[string][]probity.Grant, items []probity.Grant) []probity.Grant {
	var key strings.Builder
	for _, g := range items {
		fmt.Fprintf(&key, "%q%q%q", g.Principal, g.Actions, g.On)
	}
	if known, ok := same[key.String()]; ok {
		return known
	}
	same[key.String()] = items
	return items
}

// readable is a store whose readers are looked for.
type readable struct {
	asset  *probity.Asset
	by     kinds.Reading
	within string
	policy access.Policy
	unread *probity.Gap // why its policy is not known
	key    key
	grants []probity.Grant
	gaps   []*probity.Gap
	on     map[string]access.Policy // the policy by action
}

// rulesOf is the store's own policy; an empty one where it has none.
func rulesOf(a *probity.Asset) (access.Policy, *probity.Gap) {
	text, known := a.Exposure.Declared.Policy.Get()
	if !known {
		by, _ := kinds.ReadBy(a.Kind)
		if by.Unruled {
			return access.Policy{}, nil
		}
		_, g := a.Exposure.Declared.Policy.Value()
		return access.Policy{}, g
	}
	if !text.Set {
		return access.Policy{}, nil
	}
	p, err := access.Parse(text.Value)
	if err != nil {
		return access.Policy{}, &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	return p, nil
}

// outside takes over who is let in from elsewhere: what they may on their own side is theirs to say.
func (s *readable) outside() {
	l := s.asset.Exposure.Outside
	for _, g := range l.Items {
		actions := []string{}
		for _, read := range s.by.Actions {
			if slices.ContainsFunc(g.Actions, func(p string) bool { return access.Means(p, read) }) {
				actions = append(actions, read)
			}
		}
		if len(actions) > 0 {
			g.Actions = actions
			s.add(g)
		}
	}
	if _, g := l.Value(); !s.by.Unruled {
		s.gaps = append(s.gaps, g)
	}
}

func (s *readable) add(g probity.Grant) {
	if !slices.ContainsFunc(s.grants, func(h probity.Grant) bool {
		return g.Principal == h.Principal && slices.Equal(g.Actions, h.Actions) && slices.Equal(g.On, h.On)
	}) {
		s.grants = append(s.grants, g)
	}
}

// reads tells what of the store's data somebody of its account can read, and why that may be more.
func (s *readable) reads(d *directory, p *principal) (probity.Grant, *probity.Gap) {
	out := probity.Grant{Principal: p.name, Actions: []string{}, On: []string{}}
	var patterns []string
	var gap *probity.Gap
	for _, action := range s.by.Actions {
		rights := p.rights(action)
		own := s.policyOn(action)
		if !rights.allow && p.gap == nil && s.unread == nil && !own.Allows() {
			continue
		}
		sure := false
		s.each(rights, own, p.gap != nil || s.unread != nil, func(example, pattern string) {
			t, why := s.decide(d, p, action, example)
			switch t {
			case access.Yes:
				sure = true
				patterns = append(patterns, pattern)
			case access.Maybe:
				gap = deciding([]*probity.Gap{gap, why})
			}
		})
		if sure {
			out.Actions = append(out.Actions, action)
		}
	}
	if len(out.Actions) > 0 && s.by.Service == "s3" {
		out.On = access.Paths(patterns)
	}
	return out, gap
}

// each gives an example of each part of the store that something may allow to read.
func (s *readable) each(r *rights, own access.Policy, all bool, do func(example, pattern string)) {
	seen := map[string]bool{}
	once := func(example, pattern string) {
		if !seen[example+" "+pattern] {
			seen[example+" "+pattern] = true
			do(example, pattern)
		}
	}
	if all {
		once(strings.ReplaceAll(s.within, "*", "probity"), "*")
	}
	for _, p := range r.policies {
		p.Reach(s.within, once)
	}
	own.Reach(s.within, once)
}

func (s *readable) policyOn(action string) access.Policy {
	p, ok := s.on[action]
	if !ok {
		if s.on == nil {
			s.on = map[string]access.Policy{}
		}
		p = s.policy.On(action)
		s.on[action] = p
	}
	return p
}
