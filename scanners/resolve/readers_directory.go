package resolve

import (
	"context"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/kinds"
)

// directories are the roles and users of all accounts, read once: each document is parsed once, whoever bears it.
type directories struct {
	accounts map[string]*directory
	parsed   map[string]reading
}

type reading struct {
	policy access.Policy
	gap    *probity.Gap
}

// directory is an account: who is in it, and what its organisation lets them.
type directory struct {
	number     string
	principals []*principal
	gap        *probity.Gap // there may be more of them
	limits     limits
}

// principal is a role or a user.
type principal struct {
	arn, name string
	user      bool
	linked    bool // made by AWS for a service: no policy of the organisation limits it
	policies  []access.Policy
	gap       *probity.Gap // there may be more of them
	bounded   bool
	boundary  reading
	by        map[string]*rights
	decrypts  map[string]verdict
}

// rights is what somebody's policies say of one action.
type rights struct {
	policies []access.Policy
	boundary access.Policy
	allow    bool
}

func (p *principal) rights(action string) *rights {
	if r := p.by[action]; r != nil {
		return r
	}
	r := &rights{boundary: p.boundary.policy.On(action)}
	for _, doc := range p.policies {
		if on := doc.On(action); !on.Silent() {
			r.policies = append(r.policies, on)
			r.allow = r.allow || on.Allows()
		}
	}
	p.by[action] = r
	return r
}

func (ds *directories) of(ctx context.Context, inv Inventory, number string) (*directory, error) {
	if ds.accounts == nil {
		ds.accounts, ds.parsed = map[string]*directory{}, map[string]reading{}
		for _, kind := range []probity.Kind{kinds.IAMRole, kinds.IAMUser} {
			for a, err := range inv.Assets(ctx, Query{Kind: kind}) {
				if err != nil {
					return nil, err
				}
				if !fromCode(&a) && a.Scope.Account != "" {
					d := ds.account(a.Scope.Account)
					d.principals = append(d.principals, ds.principal(&a))
				}
			}
		}
	}
	d := ds.account(number)
	if d.number != "" {
		return d, nil
	}
	d.number = number
	d.gap = &probity.Gap{Reason: probity.NotCollected, Because: "the account's roles and users were not listed", Needs: "iam:GetAccountAuthorizationDetails"}
	listed := 0
	var gaps []*probity.Gap
	for c, err := range inv.Coverage(ctx, probity.Ref{ID: "aws://" + number}) {
		if err != nil {
			return nil, err
		}
		if (c.Kind == kinds.IAMRole || c.Kind == kinds.IAMUser) && c.Path == "" {
			listed++
			gaps = append(gaps, c.Gap)
		}
	}
	if listed > 0 {
		d.gap = deciding(gaps)
	}
	return d, ds.limit(ctx, inv, d)
}

func (ds *directories) account(number string) *directory {
	d := ds.accounts[number]
	if d == nil {
		d = &directory{}
		ds.accounts[number] = d
	}
	return d
}

func (ds *directories) principal(a *probity.Asset) *principal {
	p := &principal{arn: a.ID, name: a.ID, user: a.Kind == kinds.IAMUser, by: map[string]*rights{}, decrypts: map[string]verdict{}}
	if _, service, ok := strings.Cut(a.ID, ":role/aws-service-role/"); ok {
		p.linked = true
		p.name, _, _ = strings.Cut(service, "/")
	}
	v, g := a.Settings["reads"].Value()
	p.gap = g
	for _, text := range textsOf(v) {
		r := ds.read(text)
		p.policies = append(p.policies, r.policy)
		p.gap = deciding([]*probity.Gap{p.gap, r.gap})
	}
	v, g = a.Settings["boundary"].Value()
	set, text := optionalOf(v)
	switch {
	case g != nil:
		p.bounded, p.boundary = true, reading{gap: g}
	case set:
		p.bounded = true
		if text != "" { // else it allows nothing that reads
			p.boundary = ds.read(text)
		}
	}
	return p
}

func (ds *directories) read(text string) reading {
	if r, ok := ds.parsed[text]; ok {
		return r
	}
	p, err := access.ParseIdentity(text)
	r := reading{policy: p}
	if err != nil {
		r.gap = &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	ds.parsed[text] = r
	return r
}

// optionalOf reads an optional text of a setting, as a scanner wrote it or as it came back from a file.
func optionalOf(v any) (set bool, text string) {
	switch o := v.(type) {
	case probity.Optional[string]:
		return o.Set, o.Value
	case map[string]any:
		set, _ = o["set"].(bool)
		text, _ = o["value"].(string)
	}
	return set, text
}
