package resolve

import (
	"reflect"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// grants is what one declaration gives to whom.
type grants struct {
	public truth           // whether it lets anybody in
	others []probity.Grant // to principals outside the account, anybody included
	gap    *probity.Gap    // there may be more
	from   []probity.Evidence
}

// readPolicy evaluates the declared policy document.
func readPolicy(a *probity.Asset) grants {
	e := evidence(a, policyPath, a.Exposure.Declared.Policy)
	e.Value = nil // the text stands where the origin says; the reason is which statement
	text, ok := a.Exposure.Declared.Policy.Get()
	if !ok {
		return grants{public: unknown(e.Gap, e), gap: e.Gap, from: []probity.Evidence{e}}
	}
	if !text.Set {
		e.Value = "no policy"
		return grants{public: known(false, e), from: []probity.Evidence{e}}
	}
	policy, err := access.Parse(text.Value)
	if err != nil {
		e.Gap = &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
		return grants{public: unknown(e.Gap, e), gap: e.Gap, from: []probity.Evidence{e}}
	}
	return weighPermits(policy, a.Scope.Account, e)
}

const policyPath probity.Path = "exposure.declared.policy"

// weighPermits takes what a policy gives for certain, and what it may give beside that.
func weighPermits(policy access.Policy, account string, e probity.Evidence) grants {
	out := grants{}
	e.Value = "lets nobody outside in"
	public := false
	sure := policy.Permits(account)
	for _, p := range sure {
		switch p.Standing {
		case access.Public:
			if !public {
				e.Value = p.Statement + " lets anybody in"
			}
			public = true
			out.others = append(out.others, p.Grant)
		case access.Outside:
			if len(out.others) == 0 {
				e.Value = p.Statement + " lets others in"
			}
			out.others = append(out.others, p.Grant)
		case access.Unsure:
			out.gap = &probity.Gap{Reason: probity.Unresolved, Because: "the policy names an account", Needs: "the account of the store"}
		}
	}
	out.from = []probity.Evidence{e}
	out.public = known(public, e)
	gap := policy.Open()
	if gap == nil {
		return out
	}
	perhaps := policy.Perhaps(account)
	if beyond(perhaps, access.Inside) && !reflect.DeepEqual(sure, perhaps) {
		out.gap = gap
	}
	if !public && beyond(perhaps, access.Outside) {
		e.Value, e.Gap = nil, gap
		out.from = []probity.Evidence{e}
		out.public = unknown(gap, e)
	}
	return out
}

// beyond reports whether a permit goes to somebody further out.
func beyond(permits []access.Permit, s access.Standing) bool {
	return slices.ContainsFunc(permits, func(p access.Permit) bool { return p.Standing > s })
}

// readACL takes grants beside the policy: an object store's ACL, or whom a snapshot is shared with.
func readACL(a *probity.Asset) grants {
	acl := a.Exposure.Declared.ACL
	e := evidence(a, "exposure.declared.acl", acl)
	out := grants{gap: e.Gap, from: []probity.Evidence{e}}
	for _, g := range acl.Items {
		g.Actions, g.On = append([]string{}, g.Actions...), append([]string{}, g.On...) // rules see no null
		account := access.Account(g.Principal)
		switch {
		case access.Anyone(g.Principal):
			g.Principal = "*"
			out.others = append(out.others, g)
		case access.Service(g.Principal):
		case a.Scope.Account != "" && account == a.Scope.Account:
		case a.Scope.Account == "" && account != "":
			out.gap = deciding([]*probity.Gap{out.gap, {Reason: probity.Unresolved, Because: "a grant names an account", Needs: "the account of the store"}})
		default:
			out.others = append(out.others, g)
		}
	}
	switch {
	case slices.ContainsFunc(acl.Items, func(g probity.Grant) bool { return access.Anyone(g.Principal) }):
		out.public = known(true, probity.Evidence{Asset: a.Ref, Fact: e.Fact, Value: acl.Items, Origin: e.Origin})
	case e.Gap != nil:
		out.public = unknown(e.Gap, e)
	default:
		out.public = known(false, e)
	}
	return out
}
