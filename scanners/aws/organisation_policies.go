package aws

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// orgPolicy is a policy of the organisation: what it says, and what it is attached to.
type orgPolicy struct {
	kind    types.PolicyType
	text    string
	targets []string
	gap     *probity.Gap // of either
}

// ask reads the policies that bear on data.
func (o *orgReader) ask() {
	for _, kind := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy, types.PolicyTypeAiservicesOptOutPolicy} {
		for p := range orgPages(o, o.api.ListPolicies, &organizations.ListPoliciesInput{Filter: kind},
			func(p *organizations.ListPoliciesOutput) []types.PolicySummary { return p.Policies }) {
			o.policy(kind, p)
		}
		if o.gap != nil {
			return // who may not list one type may list none
		}
	}
}

func (o *orgReader) policy(kind types.PolicyType, p types.PolicySummary) {
	at := o.at(operation[*organizations.ListPoliciesOutput]())
	said := ask(o.reader, o.api.DescribePolicy, &organizations.DescribePolicyInput{PolicyId: p.Id})
	own := orgPolicy{kind: kind, gap: said.gap}
	var content any = unread{probity.Gap{Reason: probity.Unreadable, Because: "the policy's text was not told"}}
	if said.gap != nil {
		content = from{unread{*said.gap}, said.at}
	} else if said.out.Policy != nil && said.out.Policy.Content != nil {
		own.text = *said.out.Policy.Content
		content = from{own.text, said.at}
	}
	targets, gap := o.targets(p.Id)
	own.targets = targets
	var attached any = each(targets, func(t string) any { return t })
	if gap != nil {
		own.gap, attached = gap, unread{*gap}
	}
	o.policies = append(o.policies, own)
	o.add(Thing{Type: "aws_organizations_policy", ARN: value(p.Arn), ID: value(p.Id), At: at, Attrs: attrs{
		"name": p.Name, "type": string(kind), "content": content, "targets": attached, "tags": unread{*notAsked()}}})
}

func (o *orgReader) targets(policy *string) (out []string, gap *probity.Gap) {
	for page, err := range pages(o.ctx, o.api.ListTargetsForPolicy, &organizations.ListTargetsForPolicyInput{PolicyId: policy}) {
		if err != nil {
			return out, o.why(o.permits.gap(err))
		}
		for _, t := range page.Targets {
			out = append(out, value(t.TargetId))
		}
	}
	return out, nil
}

// regions is whether a policy that holds for the account denies what is asked for in other regions.
func (o *orgReader) regions(above probity.List[string]) probity.Fact[bool] {
	_, gap := above.Value()
	at := o.at(operation[*organizations.DescribePolicyOutput]())
	if gap == nil {
		gap = o.gap
	}
	for _, p := range o.policies {
		if p.kind != types.PolicyTypeServiceControlPolicy || p.gap == nil && !slices.ContainsFunc(p.targets, func(t string) bool { return slices.Contains(above.Items, t) }) {
			continue
		}
		doc, err := access.ParseIdentity(p.text)
		switch {
		case p.gap != nil:
			gap = p.gap
		case err != nil:
			gap = &probity.Gap{Reason: probity.Unreadable, Because: strings.TrimSpace(err.Error())}
		default:
			if denies, _ := doc.Denies("aws:RequestedRegion"); denies {
				return probity.Known(true, at)
			}
		}
	}
	if gap != nil {
		return probity.Missing[bool](*gap, at)
	}
	return probity.Known(false, at)
}
