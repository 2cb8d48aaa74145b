package resolve

import (
	"testing"

	probity "github.com/probity-scan/probity"
)

const (
	liveBucket = "arn:aws:s3:::exports"
	owner      = "111122223333"
	member     = "444455556666"
)

func liveStore() probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: liveBucket}, Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: member},
		Location: probity.Location{Region: probity.Known("eu-west-1", nil)}}
}

func liveTrail(account, home string, everywhere bool, events probity.Fact[any]) probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: "arn:aws:cloudtrail:" + home + ":" + account + ":trail/t"}, Kind: "aws.cloudtrail.trail", Class: probity.Log,
		Scope: probity.Scope{Provider: "aws", Account: account}, Location: probity.Location{Region: probity.Known(home, nil)},
		Settings: probity.Settings{"logging": probity.Known[any](true, nil), "multi_region": probity.Known[any](everywhere, nil), "data_events": events}}
}

func trailsListed(kind probity.Kind, region string, g *probity.Gap) probity.Coverage {
	return probity.Coverage{Supply: probity.Supply{Kind: kind, On: probity.Ref{ID: "aws://" + member + "/" + region}}, Gap: g}
}

func TestTrailsOfAccounts(t *testing.T) {
	t.Parallel()
	all, none := probity.Known[any]([]string{"arn:aws:s3"}, nil), probity.Known[any]([]string{}, nil)
	denied := func(needs string) *probity.Gap { return &probity.Gap{Reason: probity.Denied, Needs: needs} }
	refused := probity.Missing[any](*denied("cloudtrail:GetEventSelectors"), nil)
	whole := trailsListed("aws.cloudtrail.trail", "eu-west-1", nil)
	lent := liveTrail(owner, "us-east-1", true, all)
	lent.Links = probity.Whole(nil, probity.Link{Kind: probity.ReadsFrom, To: probity.Ref{ID: "aws://" + member}})
	for name, c := range map[string]struct {
		trails   []probity.Asset
		coverage []probity.Coverage
		want     string
		needs    string
	}{
		"its own":                               {[]probity.Asset{liveTrail(member, "eu-west-1", false, all)}, []probity.Coverage{whole}, "true", ""},
		"one at home elsewhere that sees all":   {[]probity.Asset{liveTrail(member, "us-east-1", true, all)}, []probity.Coverage{whole}, "true", ""},
		"one of another region":                 {[]probity.Asset{liveTrail(member, "us-east-1", false, all)}, []probity.Coverage{whole}, "false", ""},
		"one of another account":                {[]probity.Asset{liveTrail(owner, "eu-west-1", true, all)}, []probity.Coverage{whole}, "false", ""},
		"the organisation's, seen here":         {[]probity.Asset{lent}, []probity.Coverage{whole}, "true", ""},
		"none, all listed":                      {nil, []probity.Coverage{whole}, "false", ""},
		"none, another region listed":           {nil, []probity.Coverage{trailsListed("aws.cloudtrail.trail", "us-east-1", nil)}, "not-collected", ""},
		"none, nothing listed":                  {nil, nil, "not-collected", ""},
		"a listing refused":                     {nil, []probity.Coverage{trailsListed("aws.cloudtrail.trail", "eu-west-1", denied("cloudtrail:DescribeTrails"))}, "denied", "cloudtrail:DescribeTrails"},
		"a listing of stores of events refused": {nil, []probity.Coverage{whole, trailsListed("aws.cloudtrail.event_data_store", "eu-west-1", denied("cloudtrail:ListEventDataStores"))}, "denied", "cloudtrail:ListEventDataStores"},
		"a listing of stores of events refused in a region left out": {nil, []probity.Coverage{whole, {Supply: probity.Supply{Kind: "aws.cloudtrail.event_data_store",
			On: probity.Ref{ID: "aws://" + member}}, Gap: denied("cloudtrail:ListEventDataStores")}}, "denied", "cloudtrail:ListEventDataStores"},
		"selectors refused": {[]probity.Asset{liveTrail(member, "eu-west-1", true, refused)}, []probity.Coverage{whole}, "denied", "cloudtrail:GetEventSelectors"},
		"selectors refused beside one that records": {[]probity.Asset{liveTrail(member, "eu-west-1", true, refused), liveTrail(member, "us-east-1", true, all)},
			[]probity.Coverage{whole}, "true", ""},
		"none selected, and nothing listed": {[]probity.Asset{liveTrail(member, "us-east-1", true, none)}, nil, "not-collected", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers(append([]probity.Asset{liveStore()}, c.trails...)), c.coverage)
			for range 2 { // what is settled stays so
				if err := Run(t.Context(), inv); err != nil {
					t.Fatal(err)
				}
			}
			a, _, err := find(t.Context(), inv, probity.Ref{ID: liveBucket})
			if got := told(a.Audit.DataEvents); err != nil || got != c.want {
				t.Errorf("got %s, %v; want %s", got, err, c.want)
			}
			if _, g := a.Audit.DataEvents.Value(); c.needs != "" && (g == nil || g.Needs != c.needs) {
				t.Errorf("got %v, want a gap that needs %s", g, c.needs)
			}
		})
	}
}

// A store of events in CloudTrail Lake records as a trail does.
func TestEventDataStoresRecord(t *testing.T) {
	t.Parallel()
	lake := liveTrail(member, "eu-west-1", false, probity.Known[any]([]string{"arn:aws:s3"}, nil))
	lake.Kind = "aws.cloudtrail.event_data_store"
	if got := told(run(t, []probity.Asset{liveStore(), lake})[liveBucket].Audit.DataEvents); got != "true" {
		t.Errorf("got %s, want true", got)
	}
}

func TestTrailsThatNameStoresByTheirFirstLetters(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[string]string{"arn:aws:s3:::exp*": "true", "arn:aws:s3:::exports/*": "true", "arn:aws:s3:::*": "true", "arn:aws:s3:::exports/people/*": "false",
		"arn:aws:s3:::imports*": "false", "arn:aws:dynamodb:*": "false"} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers([]probity.Asset{liveStore(), liveTrail(member, "eu-west-1", true, probity.Known[any]([]string{prefix}, nil))}),
				[]probity.Coverage{trailsListed("aws.cloudtrail.trail", "eu-west-1", nil)})
			if err := Run(t.Context(), inv); err != nil {
				t.Fatal(err)
			}
			a, _, err := find(t.Context(), inv, probity.Ref{ID: liveBucket})
			if got := told(a.Audit.DataEvents); err != nil || got != want {
				t.Errorf("got %s, %v; want %s", got, err, want)
			}
		})
	}
}
