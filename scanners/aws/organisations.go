package aws

import (
	"iter"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func organisationsService() service {
	return service{name: "organizations", id: "Organizations", lists: []string{"aws_organizations_policy"},
		calls: calls("DescribeOrganization", "DescribeEffectivePolicy", "ListPolicies", "DescribePolicy", "ListTargetsForPolicy",
			"ListParents", "ListRoots", "ListOrganizationalUnitsForParent", "ListAccountsForParent"),
		read: func(r *reader) {
			o := orgReader{reader: r, api: organizations.NewFromConfig(r.cfg)}
			o.read()
		}}
}

// orgReader asks for the organisation that an account belongs to. Its policies are for the management account to ask, and for those that
// it made administrators.
type orgReader struct {
	*reader
	api      *organizations.Client
	manager  string // the management account
	policies []orgPolicy
	gap      *probity.Gap // why policies or places may be missing
}

func (o *orgReader) read() {
	org := ask(o.reader, o.api.DescribeOrganization, &organizations.DescribeOrganizationInput{}, "AWSOrganizationsNotInUseException")
	switch {
	case org.gap != nil:
		o.lose(*org.gap, org.at, "aws_organizations_policy")
		o.tellAccount(org.at, kinds.Account{Organisation: probity.Missing[probity.Optional[string]](*org.gap, org.at), Manages: probity.Missing[bool](*org.gap, org.at),
			Above: probity.Open[string](*org.gap, org.at), OptsOut: probity.Missing[bool](*org.gap, org.at), Regions: probity.Missing[bool](*org.gap, org.at)})
		return
	case org.out == nil || org.out.Organization == nil:
		no := probity.Known(false, org.at)
		o.tellAccount(org.at, kinds.Account{Organisation: probity.Known(probity.Optional[string]{}, org.at), Manages: no, Above: probity.Whole[string](org.at), OptsOut: no, Regions: no})
		return
	}
	o.manager = value(org.out.Organization.MasterAccountId)
	mine := kinds.Account{Organisation: probity.Known(probity.Some(value(org.out.Organization.Id)), org.at), Manages: probity.Known(o.manager == o.account, org.at)}
	if o.wants("settings.ai_opt_out") {
		mine.OptsOut = o.optsOut()
	}
	t, _ := ParseTarget(o.unit.Target) // parsed once already
	switch {
	case o.manager == o.account:
		o.ask()
		mine.Above = probity.Whole(org.at, o.account)
		mine.Regions = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "no policy of the organisation limits its management account"}, org.at)
		if t.Organisation {
			o.walk(t)
		}
	case t.Organisation:
		g := o.elsewhere()
		mine.Above, mine.Regions = probity.Open[string](g, org.at), probity.Missing[bool](g, org.at)
	default:
		o.ask()
		mine.Above = o.above()
		mine.Regions = o.regions(mine.Above)
	}
	o.tellAccount(org.at, mine)
}

// elsewhere is the gap of what only the management account may ask.
func (o *orgReader) elsewhere() probity.Gap {
	return probity.Gap{Reason: probity.NotCollected, Because: "a member account may not ask for what its organisation rules",
		Needs: "a scan of the management account " + o.manager + ", or of an administrator that it delegates to"}
}

// why is the gap of an answer: no permission in a member account would change a refusal.
func (o *orgReader) why(g probity.Gap) *probity.Gap {
	if g.Reason == probity.Denied && o.manager != o.account {
		g = o.elsewhere()
	}
	if o.gap == nil {
		o.gap = &g
	}
	return &g
}

// optsOut is whether the policy in effect keeps AI services from learning from the data. Any account may ask for its own.
func (o *orgReader) optsOut() probity.Fact[bool] {
	a := ask(o.reader, o.api.DescribeEffectivePolicy, &organizations.DescribeEffectivePolicyInput{PolicyType: types.EffectivePolicyTypeAiservicesOptOutPolicy}, "EffectivePolicyNotFoundException")
	switch {
	case a.gap != nil:
		return probity.Missing[bool](*a.gap, a.at)
	case a.out == nil || a.out.EffectivePolicy == nil:
		return probity.Known(false, a.at)
	}
	out, err := kinds.OptsOut(value(a.out.EffectivePolicy.PolicyContent))
	if err != nil {
		return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "the policy in effect cannot be read"}, a.at)
	}
	return probity.Known(out, a.at)
}

// above is where the account stands: the root, units and itself.
func (o *orgReader) above() probity.List[string] {
	at := o.at(operation[*organizations.ListParentsOutput]())
	path := []string{o.account}
	if o.gap != nil {
		return probity.Open(*o.gap, at, path...)
	}
	for range deepest {
		child := path[0]
		a := ask(o.reader, o.api.ListParents, &organizations.ListParentsInput{ChildId: &child})
		switch {
		case a.gap != nil:
			return probity.Open(*o.why(*a.gap), at, path...)
		case len(a.out.Parents) == 0:
			return probity.Open(probity.Gap{Reason: probity.Unreadable, Because: "a unit of the organisation is in none"}, at, path...)
		}
		p := a.out.Parents[0]
		path = append([]string{value(p.Id)}, path...)
		if p.Type == types.ParentTypeRoot {
			return probity.Whole(at, path...)
		}
	}
	return probity.Open(probity.Gap{Reason: probity.Unreadable, Because: "units of the organisation are in each other"}, at, path...)
}

// deepest is more than the levels that an organisation can have: a root, five of units, an account.
const deepest = 10

// walk goes down from the root and tells each account where it stands.
func (o *orgReader) walk(t Target) {
	at := o.at(operation[*organizations.ListAccountsForParentOutput]())
	var below func(path []string)
	below = func(path []string) {
		if len(path) > deepest || o.ctx.Err() != nil {
			return
		}
		parent := path[len(path)-1]
		for a := range orgPages(o, o.api.ListAccountsForParent, &organizations.ListAccountsForParentInput{ParentId: &parent},
			func(p *organizations.ListAccountsForParentOutput) []types.Account { return p.Accounts }) {
			if number := value(a.Id); number != "" && number != o.account && a.Status == types.AccountStatusActive && matches(t.Accounts, number) {
				above := probity.Whole(at, append(path[:len(path):len(path)], number)...)
				if o.gap != nil { // a policy that holds there may be missing
					above = probity.Open(*o.gap, at, above.Items...)
				}
				o.tellOf(number, at, kinds.Account{Above: above, Regions: o.regions(above)})
			}
		}
		for u := range orgPages(o, o.api.ListOrganizationalUnitsForParent, &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent},
			func(p *organizations.ListOrganizationalUnitsForParentOutput) []types.OrganizationalUnit {
				return p.OrganizationalUnits
			}) {
			below(append(path[:len(path):len(path)], value(u.Id)))
		}
	}
	for root := range orgPages(o, o.api.ListRoots, &organizations.ListRootsInput{}, func(p *organizations.ListRootsOutput) []types.Root { return p.Roots }) {
		below([]string{value(root.Id)})
	}
}

// orgPages walks a listing of the organisation; what it cannot list leaves accounts without a place, which each of them tells.
func orgPages[In, Out, O, T any](o *orgReader, op method[In, Out, O], in *In, items func(*Out) []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for page, err := range pages(o.ctx, op, in) {
			if err != nil {
				o.lose(*o.why(o.permits.gap(err)), o.at(operation[Out]()), "aws_organizations_policy")
				return
			}
			for _, i := range items(page) {
				if !yield(i) {
					return
				}
			}
		}
	}
}
