package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

func told(f probity.Leaf) string {
	v, g := f.Value()
	if g != nil {
		return string(g.Reason)
	}
	return fmt.Sprint(v)
}

func TestAccessLog(t *testing.T) {
	t.Parallel()
	logs := probity.Whole(at("l.tf", 1), probity.Link{Kind: probity.LogsTo, To: probity.Ref{ID: "logs"}})
	perhaps := probity.Whole(nil, probity.Link{Kind: probity.LogsTo, Gap: &probity.Gap{Reason: probity.Computed}})
	off := probity.Known(false, &probity.Origin{Default: "off"})
	for name, c := range map[string]struct {
		said  probity.Fact[bool]
		links probity.List[probity.Link]
		want  string
	}{
		"link":                   {probity.Fact[bool]{}, logs, "true"},
		"link beats a default":   {off, logs, "true"},
		"default alone":          {off, probity.List[probity.Link]{}, "false"},
		"link that may not be":   {off, perhaps, "computed"},
		"nothing":                {probity.Fact[bool]{}, probity.List[probity.Link]{}, "not-collected"},
		"what the scanner said":  {probity.Known(false, nil), logs, "false"},
		"one sure, one may be":   {probity.Fact[bool]{}, probity.Whole(nil, perhaps.Items[0], logs.Items[0]), "true"},
		"links of another kind":  {probity.Fact[bool]{}, probity.Whole(nil, to(probity.CopyOf, "logs")), "not-collected"},
		"link in place of a gap": {probity.Missing[bool](probity.Gap{Reason: probity.Computed}, nil), logs, "true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Audit: probity.Audit{Access: c.said}, Links: c.links}})["x"]
			if got := told(a.Audit.Access); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhereALogGoesIsNoLogOfIt(t *testing.T) {
	t.Parallel()
	a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "aws.cloudtrail.trail", Class: probity.Log, Links: probity.Whole(nil, to(probity.LogsTo, "logs"))}})["x"]
	if !a.Audit.Access.IsZero() {
		t.Errorf("got %s, want nothing", told(a.Audit.Access))
	}
}

func TestTrailsRecordDataEvents(t *testing.T) {
	t.Parallel()
	yes, no := probity.Known[any](true, nil), probity.Known[any](false, nil)
	unsure := probity.Missing[any](probity.Gap{Reason: probity.Computed}, nil)
	names := func(s ...string) probity.Fact[any] { return probity.Known[any](s, nil) }
	for name, c := range map[string]struct {
		logging, everywhere, events probity.Fact[any]
		region                      string
		want                        string
	}{
		"every bucket":                  {yes, yes, names("arn:aws:s3"), "eu-west-1", "true"},
		"every bucket, as documented":   {yes, yes, names("arn:aws:s3:::"), "eu-west-1", "true"},
		"this bucket":                   {yes, yes, names("arn:aws:s3:::exports/"), "eu-west-1", "true"},
		"part of this bucket":           {yes, yes, names("arn:aws:s3:::exports/a/"), "eu-west-1", "false"},
		"a bucket whose name is longer": {yes, yes, names("arn:aws:s3:::exports-eu/"), "eu-west-1", "false"},
		"every table":                   {yes, yes, names("arn:aws:dynamodb"), "eu-west-1", "false"},
		"nothing":                       {yes, yes, names(), "eu-west-1", "false"},
		"read back from a file":         {yes, yes, probity.Known[any]([]any{"arn:aws:s3"}, nil), "eu-west-1", "true"},
		"stopped":                       {no, yes, names("arn:aws:s3"), "eu-west-1", "false"},
		"perhaps stopped":               {unsure, yes, names("arn:aws:s3"), "eu-west-1", "computed"},
		"perhaps selected":              {yes, yes, unsure, "eu-west-1", "computed"},
		"stopped, whatever selected":    {no, yes, unsure, "eu-west-1", "false"},
		"in its region":                 {yes, no, names("arn:aws:s3"), "eu-west-1", "true"},
		"in another region":             {yes, no, names("arn:aws:s3"), "us-east-1", "false"},
		"in a region nobody told":       {yes, no, names("arn:aws:s3"), "", "not-collected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			trail := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log,
				Settings: probity.Settings{"logging": c.logging, "multi_region": c.everywhere, "data_events": c.events}}
			if c.region != "" {
				trail.Location.Region = probity.Known(c.region, nil)
			}
			a := run(t, append(splitBucket(), trail))["aws_s3_bucket.exports"]
			if got := told(a.Audit.DataEvents); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTrailsOfOthersTellNothing(t *testing.T) {
	t.Parallel()
	trail := probity.Asset{Ref: probity.Ref{Root: "other", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log}
	a := run(t, append(splitBucket(), trail))["aws_s3_bucket.exports"]
	if got := told(a.Audit.DataEvents); got != "false" || a.Audit.DataEvents.From().Default == "" {
		t.Errorf("got %s, want the provider's default", got)
	}
	nameless := splitBucket()[:2]
	nameless[1].Aliases = nil
	trail.Root = "infra"
	trail.Settings = probity.Settings{"logging": probity.Known[any](true, nil), "multi_region": probity.Known[any](true, nil),
		"data_events": probity.Known[any]([]string{"arn:aws:s3:::x/"}, nil)}
	a = run(t, append(nameless, trail))["aws_s3_bucket.exports"]
	if got := told(a.Audit.DataEvents); got != "unresolved" {
		t.Errorf("a bucket whose name is not known: got %s, want unresolved", got)
	}
}

// Stores of another service are none of a table, whatever it is called.
func TestTrailsOfAnotherService(t *testing.T) {
	t.Parallel()
	on := probity.Known[any](true, nil)
	for prefix, want := range map[string]string{"arn:aws:s3": "false", "arn:aws:dynamodb": "true", "arn:aws:dynamodb:eu-west-1:111122223333:table/people": "unresolved"} {
		trail := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log, Settings: probity.Settings{
			"logging": on, "multi_region": on, "data_events": probity.Known[any]([]string{prefix}, nil)}}
		table := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "t"}, Kind: "aws.dynamodb.table", Class: probity.Table, Aliases: []string{"people"}}
		if got := told(run(t, []probity.Asset{trail, table})["t"].Audit.DataEvents); got != want {
			t.Errorf("%s: got %s, want %s", prefix, got, want)
		}
	}
}

func TestCountry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		region probity.Fact[string]
		want   string
	}{
		"listed":        {probity.Known("eu-central-1", nil), "DE"},
		"not listed":    {probity.Known("eu-nowhere-9", nil), "unresolved"},
		"computed":      {probity.Missing[string](probity.Gap{Reason: probity.Computed}, nil), "computed"},
		"not collected": {probity.Fact[string]{}, "not-collected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Location: probity.Location{Region: c.region}}})["x"]
			if got := told(a.Location.Country); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A listing that was not read whole may hold the trail.
func TestTrailsThatNobodySaw(t *testing.T) {
	t.Parallel()
	listing := func(kind probity.Kind, g *probity.Gap) probity.Coverage {
		return probity.Coverage{Supply: probity.Supply{Kind: kind, On: probity.Ref{Root: "infra", ID: "."}}, Gap: g}
	}
	stopped := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log,
		Settings: probity.Settings{"logging": probity.Known[any](false, nil)}}
	for name, c := range map[string]struct {
		coverage probity.Coverage
		more     []probity.Asset
		want     string
	}{
		"whole":                        {listing("aws.cloudtrail.trail", nil), nil, "false"},
		"open":                         {listing("aws.cloudtrail.trail", &probity.Gap{Reason: probity.Unreadable}), nil, "unreadable"},
		"open beside one that stopped": {listing("aws.cloudtrail.trail", &probity.Gap{Reason: probity.Unreadable}), []probity.Asset{stopped}, "unreadable"},
		"left out on request":          {listing("aws.cloudtrail.trail", &probity.Gap{Reason: probity.Filtered}), nil, "false"},
		"another kind":                 {listing("aws.s3.bucket", &probity.Gap{Reason: probity.Unreadable}), nil, "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers(append(splitBucket(), c.more...)), []probity.Coverage{c.coverage})
			if err := Run(t.Context(), inv); err != nil {
				t.Fatal(err)
			}
			a, _, err := find(t.Context(), inv, probity.Ref{Root: "infra", ID: "aws_s3_bucket.exports"})
			if got := told(a.Audit.DataEvents); err != nil || got != c.want {
				t.Errorf("got %s, %v; want %s", got, err, c.want)
			}
		})
	}
}

// Code names stores by attributes that are known only after apply.
func TestTrailsThatNameStoresByAddress(t *testing.T) {
	t.Parallel()
	const addr = `module.m["k"].aws_s3_bucket.n`
	for prefix, want := range map[string]string{
		"${module.m['k'].aws_s3_bucket.n.arn}/":            "true",
		"arn:aws:s3:::${module.m['k'].aws_s3_bucket.n.id}": "true",
		"${module.m['k'].aws_s3_bucket.n.arn}/people/":     "false",
		"${module.m['l'].aws_s3_bucket.n.arn}/":            "false",
		"${data.aws_s3_bucket.n.arn}/":                     "unresolved",
		"arn:aws:s3:::x-${random_id.r.hex}-${var.y}/":      "unresolved",
	} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			on := probity.Known[any](true, nil)
			trail := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log, Settings: probity.Settings{
				"logging": on, "multi_region": on, "data_events": probity.Known[any]([]string{prefix}, nil)}}
			bucket := probity.Asset{Ref: probity.Ref{Root: "infra", ID: addr}, Kind: "aws.s3.bucket", Class: probity.Bucket, Aliases: []string{addr + ".arn", addr + ".id"}}
			if got := told(run(t, []probity.Asset{trail, bucket})[addr].Audit.DataEvents); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// TestTrailsOfLiveStores: nobody's word is taken for there being no trail, and a trail of all regions counts wherever it is.
func TestTrailsOfLiveStores(t *testing.T) {
	t.Parallel()
	live := &probity.Origin{Call: "s3:ListBuckets"}
	region := func(name string) probity.Location { return probity.Location{Region: probity.Known(name, live)} }
	bucket := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::b"}, Kind: "aws.s3.bucket", Class: probity.Bucket, Origin: live, Location: region("eu-west-1"),
		Scope: probity.Scope{Provider: "aws", Account: "111122223333", Region: "eu-west-1"}}
	trail := func(everywhere bool) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log, Origin: live, Location: region("us-east-1"),
			Scope: probity.Scope{Provider: "aws", Account: "111122223333", Region: "us-east-1"}, Settings: probity.Settings{"logging": probity.Known[any](true, live),
				"multi_region": probity.Known[any](everywhere, live), "data_events": probity.Known[any]([]string{"arn:aws:s3"}, live)}}
	}
	denied := &probity.Gap{Reason: probity.Denied, Needs: "cloudtrail:DescribeTrails"}
	listed := func(g *probity.Gap) []probity.Coverage {
		return []probity.Coverage{{Supply: probity.Supply{Kind: "aws.cloudtrail.trail", Class: probity.Log, On: probity.Ref{ID: "aws://111122223333/eu-west-1"}}, Gap: g}}
	}
	for name, c := range map[string]struct {
		trails   []probity.Asset
		coverage []probity.Coverage
		want     string
	}{
		"none, all listed":                  {nil, listed(nil), "false"},
		"none, nobody looked":               {nil, nil, "not-collected"},
		"none, denied":                      {nil, listed(denied), "denied"},
		"of all regions, in another":        {[]probity.Asset{trail(true)}, listed(nil), "true"},
		"of all regions, the region denied": {[]probity.Asset{trail(true)}, listed(denied), "true"},
		"of another region":                 {[]probity.Asset{trail(false)}, listed(nil), "false"},
		"of another region, nobody looked":  {[]probity.Asset{trail(false)}, nil, "not-collected"},
		"of another region, the own denied": {[]probity.Asset{trail(false)}, listed(denied), "denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers(append([]probity.Asset{bucket}, c.trails...)), c.coverage)
			if err := Run(t.Context(), inv); err != nil {
				t.Fatal(err)
			}
			a, ok, err := find(t.Context(), inv, bucket.Ref)
			if err != nil || !ok {
				t.Fatalf("got no bucket: %v", err)
			}
			if got := told(a.Audit.DataEvents); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if _, g := a.Audit.DataEvents.Value(); c.want == "denied" && g.Needs != denied.Needs {
				t.Errorf("got %v, want the permission named", g)
			}
		})
	}
}
