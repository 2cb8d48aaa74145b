package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	ramShare     = "aws_ram_resource_share"
	ramPrincipal = "aws_ram_principal_association"
	ramResource  = "aws_ram_resource_association"
	orgPolicy    = "aws_organizations_policy"
)

func organisations() service {
	return service{kinds: map[probity.Kind][]string{kinds.RAMShare: {ramShare}, kinds.OrganisationPolicy: {orgPolicy}},
		types: []string{ramShare, ramPrincipal, ramResource, orgPolicy}, read: func(e *estate) []probity.Asset {
			splits, _ := e.beside(ramShare, "resource_share_arn", []string{"name"}, ramPrincipal, ramResource)
			out := e.each(ramShare, func(r *resource.Resource) probity.Asset { return e.ram(r, splits[r.Addr]) })
			return append(out, e.each(orgPolicy, e.guardrail)...)
		}}
}

func (e *estate) ram(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.RAMShare, r.Get("name").String())
	gap := first(s.doubt[ramPrincipal], s.doubt[ramResource])
	grants := []probity.Grant{}
	given := []string{}
	for _, p := range s.parts[ramResource] {
		switch what := p.Get("resource_arn"); d := what.Data.(type) {
		case resource.Ref:
			given = append(given, d.Addr)
		case string:
			given = append(given, d)
		default:
			g := what.Why()
			gap = &g
		}
	}
	slices.Sort(given)
	for _, p := range s.parts[ramPrincipal] {
		if who := p.Get("principal"); who.String() != "" {
			grants = append(grants, probity.Grant{Principal: who.String(), Actions: []string{"ram:AcceptResourceShareInvitation"}, On: given})
		} else {
			g := who.Why()
			gap = &g
		}
	}
	a.Exposure.Declared.ACL = probity.Whole(r.At, grants...)
	if gap != nil {
		a.Exposure.Declared.ACL = probity.Open(*gap, r.At, grants...)
	}
	a.Settings = probity.SettingsOf(kinds.RAM{External: r.Get("allow_external_principals").Bool(kinds.RAMExternal())})
	return a
}

func (e *estate) guardrail(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.OrganisationPolicy, r.Get("name").String())
	kind := r.Get("type").Text(kinds.GuardrailType())
	content := r.Get("content").Text(probity.Fact[string]{})
	other := probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it is a policy of another type"}, kind.From())
	settings := kinds.Guardrail{Type: kind, Regions: other, OptsOut: other, Targets: texts(r.Get("targets"), probity.List[string]{})}
	t, known := kind.Get()
	switch {
	case !known:
		_, g := kind.Value()
		settings.Regions, settings.OptsOut = probity.Missing[bool](*g, kind.From()), probity.Missing[bool](*g, kind.From())
	case t == "SERVICE_CONTROL_POLICY":
		settings.Regions = judged(content, func(text string) (bool, *probity.Gap, error) {
			p, err := access.ParseIdentity(text)
			if err != nil {
				return false, nil, err
			}
			denies, gap := p.Denies("aws:RequestedRegion")
			return denies, gap, nil
		})
		settings.Limits = e.limits(content, access.CutIdentity)
	case t == "RESOURCE_CONTROL_POLICY":
		settings.Limits = e.limits(content, access.CutForAll)
	case t == "AISERVICES_OPT_OUT_POLICY":
		settings.OptsOut = judged(content, func(text string) (bool, *probity.Gap, error) {
			out, err := kinds.OptsOut(text)
			return out, nil, err
		})
	}
	a.Settings = probity.SettingsOf(settings)
	return a
}

// limits is what a policy says of reading data. It needs the organisation, which code is no more than a part of.
func (e *estate) limits(content probity.Fact[string], cut func(string, []string) (string, error)) probity.Fact[string] {
	if !e.place.listed() {
		return probity.Fact[string]{}
	}
	text, known := content.Get()
	if !known {
		return content
	}
	short, err := cut(text, kinds.ReadActions())
	if err != nil {
		return probity.Missing[string](probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, content.From())
	}
	return probity.Known(short, content.From())
}

func judged(f probity.Fact[string], is func(string) (bool, *probity.Gap, error)) probity.Fact[bool] {
	text, known := f.Get()
	if !known {
		_, g := f.Value()
		return probity.Missing[bool](*g, f.From())
	}
	v, gap, err := is(text)
	if err != nil {
		gap = &probity.Gap{Reason: probity.Unreadable, Because: "the policy cannot be read"}
	}
	if gap != nil {
		return probity.Missing[bool](*gap, f.From())
	}
	return probity.Known(v, f.From())
}
