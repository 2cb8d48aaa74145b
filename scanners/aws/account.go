package aws

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// target finds the accounts: the caller's own, or those of its organisation.
func (s *Scanner) target(ctx context.Context, u probity.Unit, t Target, yield yielder) error {
	ss, err := s.session(ctx, t, "")
	if err != nil {
		return err
	}
	answer := func(gap *probity.Gap, at *probity.Origin) {
		supplies := u.Supplies
		if gap != nil {
			supplies = slices.Concat(supplies, t.everything(""))
		}
		for _, sup := range supplies {
			yield(probity.Coverage{Supply: sup, Gap: gap, Origin: at}, nil)
		}
	}
	if t.Plain {
		answer(nil, nil)
		child := u
		child.Part = t.host() + "/" + ss.cfg.Region
		child.Supplies = Supplies(child)
		yield(child, nil)
		return nil
	}
	me, err := sts.NewFromConfig(ss.cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil || value(me.Account) == "" {
		gap := ss.permits.missing(err, "sts:GetCallerIdentity")
		answer(&gap, &probity.Origin{Call: "sts:GetCallerIdentity", At: s.o.Now()})
		return told(ctx, ss, "", yield)
	}
	var accounts []string
	var gap *probity.Gap
	if t.Organisation {
		accounts, gap = ss.members(ctx)
	} else {
		accounts = []string{*me.Account}
	}
	for _, a := range accounts {
		if !matches(t.Accounts, a) {
			continue
		}
		child := u
		child.Part = a
		child.Supplies = Supplies(child)
		if !yield(child, nil) {
			return nil
		}
	}
	answer(gap, &probity.Origin{Call: "organizations:ListAccounts", At: s.o.Now()})
	return told(ctx, ss, "", yield)
}

// members are the accounts of the organisation that are open.
func (s *session) members(ctx context.Context) ([]string, *probity.Gap) {
	var out []string
	for page, err := range pages(ctx, organizations.NewFromConfig(s.cfg).ListAccounts, &organizations.ListAccountsInput{}) {
		if err != nil {
			gap := s.permits.gap(err)
			return out, &gap
		}
		for _, a := range page.Accounts {
			if a.Id != nil && a.Status == types.AccountStatusActive {
				out = append(out, *a.Id)
			}
		}
	}
	if len(out) == 0 { // the one that manages it is always there
		return nil, silent("organizations:ListAccounts")
	}
	slices.Sort(out)
	return out, nil
}

// account asks what holds for an account as a whole, and finds its regions.
func (s *Scanner) account(ctx context.Context, u probity.Unit, t Target, account string, yield yielder) error {
	ss, err := s.session(ctx, t, account)
	if err != nil {
		return err
	}
	all := true
	out, err := ec2.NewFromConfig(ss.cfg).DescribeRegions(ctx, &ec2.DescribeRegionsInput{AllRegions: &all})
	if err != nil || len(out.Regions) == 0 {
		gap, at := ss.permits.missing(err, "ec2:DescribeRegions"), &probity.Origin{Call: "ec2:DescribeRegions in " + account, At: s.o.Now()}
		for _, sup := range t.everything(account) {
			if !yield(probity.Coverage{Supply: sup, Gap: &gap, Origin: at}, nil) {
				return nil
			}
		}
		return told(ctx, ss, "", yield)
	}
	for _, r := range out.Regions {
		name, status := value(r.RegionName), value(r.OptInStatus)
		if name != "" && !matches(t.Regions, name) && status != "not-opted-in" {
			t.beyond = append(t.beyond, name)
		}
		if name == "" || !matches(t.Regions, name) {
			continue
		}
		if status == "not-opted-in" {
			yield(probity.Coverage{Supply: probity.Supply{On: Account(account, name), Scope: probity.Scope{Provider: "aws", Account: account, Region: name}},
				Gap: &probity.Gap{Reason: probity.Filtered, Because: "the region is not enabled in this account"}, Origin: &probity.Origin{Call: "ec2:DescribeRegions", At: s.o.Now()}}, nil)
			continue
		}
		child := u
		child.Part = account + "/" + name
		child.Supplies = Supplies(child)
		if !yield(child, nil) {
			return nil
		}
	}
	return s.read(ctx, u, t, account, "", global(), yield)
}

// tellAccount tells something of the account as a whole.
func (r *reader) tellAccount(at *probity.Origin, settings kinds.Account) {
	r.tellOf(r.account, at, settings)
}

// tellOf tells something of an account by its number.
func (r *reader) tellOf(number string, at *probity.Origin, settings kinds.Account) {
	settings.ByRegion(at)
	r.tell(probity.Asset{Ref: Account(number, ""), Name: number, Kind: kinds.AWSAccount, Class: probity.Account, Origin: at,
		Scope: probity.Scope{Provider: "aws", Account: number}, Settings: probity.SettingsOf(settings)})
}

func value[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}
