package access

import (
	"slices"
	"strconv"
	"strings"

	probity "github.com/probity-scan/probity"
)

// RefusesOldTLS reports whether the policy of a store of objects denies every request over TLS older than 1.2.
func (p Policy) RefusesOldTLS() (bool, *probity.Gap) {
	old := func(s *statement) bool {
		return s.alone(func(t test) bool {
			return t.operator == "numericlessthan" && strings.EqualFold(t.key, "s3:TlsVersion") && t.atLeast(1.2)
		})
	}
	return p.surely(func(p Policy) bool { return p.refuses(true, old) })
}

// DemandsKey reports whether the policy denies objects that are written with another key than some that it names.
func (p Policy) DemandsKey() (bool, *probity.Gap) {
	return p.surely(func(p Policy) bool {
		return p.deniesObjects("s3:PutObject", func(t test) bool {
			return t.negated && !t.forAny && strings.EqualFold(t.key, "s3:x-amz-server-side-encryption-aws-kms-key-id")
		})
	})
}

// LimitsSignatures reports whether the policy denies reading objects by a signature that is older than some age in milliseconds.
func (p Policy) LimitsSignatures(age float64) (bool, *probity.Gap) {
	return p.surely(func(p Policy) bool {
		return p.deniesObjects("s3:GetObject", func(t test) bool {
			return strings.HasPrefix(t.operator, "numericgreaterthan") && strings.EqualFold(t.key, "s3:signatureAge") && !t.atLeast(age+1)
		})
	})
}

// deniesObjects: whoever asks for whatever object.
func (p Policy) deniesObjects(action string, when func(test) bool) bool {
	return slices.ContainsFunc(p.statements, func(s statement) bool {
		return s.deny() && s.Principal != nil && s.Principal.anyone && s.coversAction(action) && s.alone(when) &&
			(s.Resource == nil && s.NotResource == nil || slices.ContainsFunc(s.Resource, everyObject))
	})
}

// alone reports whether a statement has one test, and it is of some sort.
func (s *statement) alone(is func(test) bool) bool { return len(s.tests) == 1 && is(s.tests[0]) }

// atLeast reports whether each value is a number of this size or more.
func (t test) atLeast(n float64) bool {
	return len(t.values) > 0 && !slices.ContainsFunc(t.values, func(v string) bool {
		f, err := strconv.ParseFloat(v, 64)
		return err != nil || f < n
	})
}

// Everything gives whom the policy lets do everything with the store, or with all of its service. A service acts for the owner, and what
// lets in an account as a whole leaves it to that account's own policies where it is the owner's: where nobody knows the owner, that is a gap.
func (p Policy) Everything(service, owner string) (who []string, gap *probity.Gap) {
	var unsure *probity.Gap
	of := func(permits []Permit) []string {
		var out []string
		for _, g := range permits {
			wide := slices.ContainsFunc(g.Actions, func(a string) bool { return a == "*" || strings.EqualFold(a, service+":*") })
			whole := strings.HasSuffix(g.Principal, ":root") || accountID(g.Principal)
			switch {
			case !wide || Service(g.Principal) || slices.Contains(out, g.Principal) || whole && g.Standing == Inside:
			case whole && g.Standing == Unsure:
				unsure = &probity.Gap{Reason: probity.Unresolved, Because: "the policy names an account as a whole", Needs: "the account of the store"}
			default:
				out = append(out, g.Principal)
			}
		}
		slices.Sort(out)
		return out
	}
	who = of(p.Permits(owner))
	if gap = unsure; !slices.Equal(who, of(p.Perhaps(owner))) {
		gap = p.gap
	}
	return who, gap
}

// Without gives the principals of other names than services that an Allow lets do something on no condition over a key, such as
// sts:ExternalId of roles that others take on.
func (p Policy) Without(action, key string) (who []string, gap *probity.Gap) {
	of := func(p Policy) []string {
		var out []string
		for i := range p.statements {
			s := &p.statements[i]
			if s.deny() || s.Principal == nil || !s.coversAction(action) || slices.ContainsFunc(s.tests, func(t test) bool {
				return !t.negated && !t.ifExists && !t.forAll && strings.EqualFold(t.key, key)
			}) {
				continue
			}
			for _, n := range s.Principal.named {
				if !n.service && !slices.Contains(out, n.name) {
					out = append(out, n.name)
				}
			}
		}
		slices.Sort(out)
		return out
	}
	who = of(p.bound(false))
	if !slices.Equal(who, of(p.bound(true))) {
		gap = p.gap
	}
	return who, gap
}

// Both gives the principals that the policy of a key lets do both of two things: administer it and use it, say. An account as a whole
// leaves it to its own policies who does either.
func (p Policy) Both(one, other []string) (who []string, gap *probity.Gap) {
	of := func(permits []Permit) []string {
		does := map[string][2]bool{}
		for _, g := range permits {
			if Service(g.Principal) || strings.HasSuffix(g.Principal, ":root") || accountID(g.Principal) {
				continue
			}
			d := does[g.Principal]
			d[0], d[1] = d[0] || may(g.Actions, one), d[1] || may(g.Actions, other)
			does[g.Principal] = d
		}
		var out []string
		for _, name := range sorted(does) {
			if does[name] == [2]bool{true, true} {
				out = append(out, name)
			}
		}
		return out
	}
	who = of(p.Permits(""))
	if !slices.Equal(who, of(p.Perhaps(""))) {
		gap = p.gap
	}
	return who, gap
}

func may(patterns, actions []string) bool {
	return slices.ContainsFunc(actions, func(a string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return Means(p, a) })
	})
}
