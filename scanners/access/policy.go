package access

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Standing is where a permitted principal stands towards the owner of the store.
type Standing int

// The standings, from the owner outwards.
const (
	Inside  Standing = iota // of the owner's account, or the provider acting for its customer
	Unsure                  // of an account, and the owner's is not known
	Outside                 // of another account or organisation, or anybody from a network
	Public                  // anybody
)

// Permit is what one Allow gives to one principal once the Denies are taken off. Where conditions limit "*", the grant's
// principal is that limit: "aws:PrincipalOrgID=o-1".
type Permit struct {
	probity.Grant
	Standing  Standing
	Statement string // "statement 2"
}

// Permits works out what the policy gives however its holes turn out, by the owner's account; empty when that is not known.
func (p Policy) Permits(owner string) []Permit { return p.bound(false).permitted(owner) }

func (p Policy) permitted(owner string) []Permit {
	var out []Permit
	for i := range p.statements {
		if s := &p.statements[i]; !s.deny() {
			out = append(out, p.permits(s, owner)...)
		}
	}
	return out
}

func (p Policy) permits(s *statement, owner string) []Permit {
	var limits [][]principal
	for _, t := range s.tests {
		if who, ok := t.needed(s.tests); ok {
			limits = append(limits, who)
		}
	}
	actions, resources := s.allowed()
	for i := range p.statements {
		d := &p.statements[i]
		if !d.deny() {
			continue
		}
		who, narrows := d.leaves()
		if !narrows {
			continue
		}
		if len(who) > 0 {
			if d.coversAll(actions, resources) {
				limits = append(limits, who)
			}
			continue
		}
		if d.coversResources(resources) {
			actions = slices.DeleteFunc(actions, d.coversAction)
		}
		if d.coversActions(actions) {
			resources = slices.DeleteFunc(resources, d.coversResource)
		}
	}
	if len(actions) == 0 || len(resources) == 0 {
		return nil
	}
	var out []Permit
	for _, who := range s.who(limits, owner) {
		who.Actions, who.On, who.Statement = actions, paths(resources), s.String()
		out = append(out, who)
	}
	return out
}

// allowed gives the actions and resources of an Allow as patterns of their own; exceptions are left in, so that too
// much is said to be given rather than too little.
func (s *statement) allowed() (actions, resources []string) {
	actions, resources = slices.Clone(s.Action), slices.Clone(s.Resource)
	if s.NotAction != nil && !slices.Contains(s.NotAction, "*") {
		actions = []string{"*"}
	}
	if s.Resource == nil && !slices.Contains(s.NotResource, "*") {
		resources = []string{"*"}
	}
	return actions, resources
}

// who gives the principals of an Allow under limits of which each must hold.
func (s *statement) who(limits [][]principal, owner string) []Permit {
	standing, narrowest := Public, []principal(nil)
	for _, l := range limits {
		worst := Inside
		for _, p := range l {
			worst = max(worst, p.standing(owner))
		}
		if narrowest == nil || worst < standing {
			narrowest = l
		}
		standing = min(standing, worst)
		if len(l) == 0 {
			return nil // a condition that no request meets
		}
	}
	if s.Principal != nil && !s.Principal.anyone {
		var out []Permit
		for _, p := range s.Principal.named {
			out = append(out, Permit{Grant: probity.Grant{Principal: p.name}, Standing: min(standing, p.standing(owner))})
		}
		return out
	}
	if narrowest == nil {
		return []Permit{{Grant: probity.Grant{Principal: "*"}, Standing: Public}}
	}
	var out []Permit
	for _, p := range narrowest {
		out = append(out, Permit{Grant: probity.Grant{Principal: p.name}, Standing: min(standing, p.standing(owner))})
	}
	return out
}

func (p principal) standing(owner string) Standing {
	switch {
	case p.service || p.own || owner != "" && p.account == owner:
		return Inside
	case p.unsure || owner == "" && p.account != "":
		return Unsure
	}
	return Outside
}

// paths turns resources into paths inside the store; none is all of it. Only object storage has paths in its ARNs.
// It is never nil, since rules see no null.
func paths(resources []string) []string {
	out := []string{}
	for _, r := range resources {
		_, rest, ok := strings.Cut(r, ":::")
		_, path, below := strings.Cut(rest, "/")
		if holed(r) && (!below || !ok) {
			out = append(out, r) // perhaps a part, which nobody can tell
			continue
		}
		if !ok || !below || path == "*" {
			return []string{}
		}
		out = append(out, path)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
