package gate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestCompare: what a finding on bucket a is beside a base.
func TestCompare(t *testing.T) {
	t.Parallel()
	failing := fail("versioning", "a", probity.Medium, "d1")
	same, other := bucket("a", false), bucket("a", true)
	blind := same
	blind.Resilience.Versioning = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved}, nil)
	blind.Resilience.BackupDays = probity.Known(1, nil)
	seeing := bucket("a", false)
	seeing.Resilience.BackupDays = probity.Known(1, nil)
	changed := seeing
	changed.Resilience.BackupDays = probity.Known(2, nil)
	moved := bucket("b", false)
	moved.Former = []probity.Ref{ref("a")}
	for name, c := range map[string]struct {
		before probity.Asset
		was    []probity.Outcome
		after  probity.Asset
		is     probity.Outcome
		want   Change
	}{
		"same":                             {same, []probity.Outcome{failing}, same, failing, Same},
		"new":                              {other, []probity.Outcome{pass("versioning", "a")}, same, failing, Appeared},
		"no such asset":                    {bucket("z", false), nil, same, failing, Appeared},
		"other facts":                      {same, []probity.Outcome{fail("versioning", "a", probity.Medium, "d0")}, same, failing, Worse},
		"raised":                           {same, []probity.Outcome{fail("versioning", "a", probity.Low, "d1")}, same, failing, Worse},
		"lowered":                          {same, []probity.Outcome{fail("versioning", "a", probity.High, "d1")}, same, failing, Same},
		"older scan without digests":       {same, []probity.Outcome{fail("versioning", "a", probity.Medium, "")}, same, failing, Same},
		"unknown before, unchanged":        {blind, []probity.Outcome{unknown("versioning", "a", probity.Unresolved)}, seeing, failing, Same},
		"unknown before, changed":          {blind, []probity.Outcome{unknown("versioning", "a", probity.Unresolved)}, changed, failing, Appeared},
		"unknown before, another rule":     {blind, []probity.Outcome{unknown("open", "a", probity.Unresolved)}, seeing, failing, Appeared},
		"unknown now":                      {same, []probity.Outcome{failing}, blind, unknown("versioning", "a", probity.Unresolved), Same},
		"unknown as before":                {blind, []probity.Outcome{unknown("versioning", "a", probity.Unresolved)}, changed, unknown("versioning", "a", probity.Unresolved), Same},
		"unknown for another gap, changed": {blind, []probity.Outcome{unknown("versioning", "a", probity.Unresolved)}, changed, unknown("versioning", "a", probity.Computed), Worse},
		"unknown, and passed before":       {same, []probity.Outcome{pass("versioning", "a")}, blind, unknown("versioning", "a", probity.Unresolved), Appeared},
		"moved":                            {same, []probity.Outcome{failing}, moved, fail("versioning", "b", probity.Medium, "d1"), Same},
		"moved and changed":                {same, []probity.Outcome{failing}, moved, fail("versioning", "b", probity.Medium, "d2"), Worse},
		"the rule is called otherwise":     {same, []probity.Outcome{failing}, same, fail("keeps-versions", "a", probity.Medium, "d1"), Same},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			head := scanOf([]probity.Asset{c.after}, c.is)
			head.Rules = append(head.Rules, probity.Rule{ID: "keeps-versions", Aliases: []string{"versioning"}})
			cmp, err := Compare(scanOf([]probity.Asset{c.before}, c.was...), head)
			if err != nil {
				t.Fatal(err)
			}
			if got := cmp.Of(c.is.Rule, c.is.Verdict, c.is.Findings[0]); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestFixed: a finding closes on evidence only.
func TestFixed(t *testing.T) {
	t.Parallel()
	base := one(probity.Medium)
	a := []probity.Asset{bucket("a", true)}
	open := scanOf(nil)
	open.Coverage = over([]probity.Coverage{{Supply: probity.Supply{Kind: "aws.s3.bucket", On: probity.Ref{Root: "infra", ID: "."}}, Gap: &probity.Gap{Reason: probity.Unresolved}}})
	elsewhere := scanOf(nil)
	elsewhere.Coverage = over([]probity.Coverage{{Supply: probity.Supply{Kind: "aws.s3.bucket", On: probity.Ref{Root: "other", ID: "."}}}})
	unasked := scanOf(a)
	unasked.Rules = nil
	stopped := scanOf(nil)
	stopped.Trouble = []probity.Trouble{{What: "judging", Gap: probity.Gap{Reason: probity.Timeout}}}
	moved := bucket("b", true)
	moved.Former = []probity.Ref{ref("a")}
	renamed := scanOf(a, pass("keeps-versions", "a"))
	renamed.Rules[0].ID, renamed.Rules[0].Aliases = "keeps-versions", []string{"versioning"}
	for name, c := range map[string]struct {
		head probity.Scan
		why  string // empty: fixed
	}{
		"its rule is called otherwise, and passes": {renamed, ""},
		"passes":               {scanOf(a, pass("versioning", "a")), ""},
		"gone":                 {scanOf(nil), ""},
		"moved and passes":     {scanOf([]probity.Asset{moved}, pass("versioning", "b")), ""},
		"unknown now":          {scanOf(a, unknown("versioning", "a", probity.Computed)), "the verdict is unknown now"},
		"moved and unknown":    {scanOf([]probity.Asset{moved}, unknown("versioning", "b", probity.Computed)), "the verdict is unknown now"},
		"rule not asked":       {unasked, "the rule was not asked"},
		"listing is open":      {open, "this scan does not show that the asset is gone"},
		"another root scanned": {elsewhere, "this scan does not show that the asset is gone"},
		"stopped":              {stopped, "this scan does not show that the asset is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Compare(base, c.head)
			if err != nil {
				t.Fatal(err)
			}
			d, err := got.Lists(c.head)
			if err != nil {
				t.Fatal(err)
			}
			if c.why == "" && (len(d.Fixed) != 1 || len(d.Unseen) > 0) || c.why != "" && (len(d.Unseen) != 1 || d.Unseen[0].Why != c.why || len(d.Fixed) > 0) {
				t.Errorf("got fixed %v, not seen %v, want %q", d.Fixed, d.Unseen, c.why)
			}
		})
	}
}

// TestInPart: a rule that fails for something else proves nothing of what a scan saw in part.
func TestInPart(t *testing.T) {
	t.Parallel()
	other := fail("versioning", "a", probity.Medium, "d1")
	other.Findings[0].Fact, other.Findings[0].Fingerprint = "labels", probity.Fingerprint("versioning", ref("a"), "labels", "b")
	was := other
	was.Findings = []probity.Finding{other.Findings[0]}
	was.Findings[0].Fingerprint = probity.Fingerprint("versioning", ref("a"), "labels", "a")
	holding := func(gap *probity.Gap) probity.Scan {
		x := bucket("a", false)
		if x.Labels = probity.Whole(nil, probity.Label{On: "b"}); gap != nil {
			x.Labels = probity.Open(*gap, nil, probity.Label{On: "b"})
		}
		return scanOf([]probity.Asset{x}, other)
	}
	for name, c := range map[string]struct {
		gap   *probity.Gap
		fixed int
	}{
		"all was read":           {nil, 1},
		"a sample":               {&probity.Gap{Reason: probity.Sampled}, 0},
		"nobody looked":          {&probity.Gap{Reason: probity.NotCollected}, 0},
		"a permission was lost":  {&probity.Gap{Reason: probity.Denied}, 0},
		"there is no more of it": {&probity.Gap{Reason: probity.NotApplicable}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Compare(scanOf([]probity.Asset{bucket("a", false)}, was), holding(c.gap))
			if err != nil || len(got.Fixed) != c.fixed || len(got.Unseen) != 1-c.fixed {
				t.Errorf("got fixed %v, not seen %v, %v", got.Fixed, got.Unseen, err)
			}
		})
	}
}

// TestGoneFromAccount: a store of a live account is gone where all stores of its kind in its account and region were listed.
func TestGoneFromAccount(t *testing.T) {
	t.Parallel()
	asset := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::clients"}, Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: "1", Region: "eu-west-1"}}
	failing := fail("versioning", "", probity.Medium, "d1")
	failing.Asset, failing.Findings[0].Asset = asset.Ref, asset.Ref
	base := scanOf([]probity.Asset{asset}, failing)
	listed := func(account, region string, gap *probity.Gap) probity.Coverage {
		return probity.Coverage{Gap: gap, Supply: probity.Supply{Kind: "aws.s3.bucket", Scope: probity.Scope{Provider: "aws", Account: account, Region: region}, On: probity.Ref{ID: "aws://" + account + "/" + region}}}
	}
	denied := &probity.Gap{Reason: probity.Denied}
	for name, c := range map[string]struct {
		coverage []probity.Coverage
		fixed    int
	}{
		"its region was listed":  {[]probity.Coverage{listed("1", "eu-west-1", nil), listed("1", "eu-west-2", denied)}, 1},
		"its account was listed": {[]probity.Coverage{listed("1", "", nil)}, 1},
		"its region was denied":  {[]probity.Coverage{listed("1", "eu-west-1", denied), listed("1", "eu-west-2", nil)}, 0},
		"another region":         {[]probity.Coverage{listed("1", "eu-west-2", nil)}, 0},
		"another account":        {[]probity.Coverage{listed("2", "eu-west-1", nil)}, 0},
		"nothing was listed":     {nil, 0},
		"some were left out":     {[]probity.Coverage{listed("1", "eu-west-1", nil), {Supply: probity.Supply{Scope: asset.Scope, On: probity.Ref{ID: "aws://1/eu-west-1"}}, Gap: &probity.Gap{Reason: probity.Filtered}}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			head := scanOf(nil)
			head.Coverage = over(c.coverage)
			got, err := Compare(base, head)
			if err != nil || len(got.Fixed) != c.fixed || len(got.Unseen) != 1-c.fixed {
				t.Errorf("got fixed %v, not seen %v, %v, want %d fixed", got.Fixed, got.Unseen, err, c.fixed)
			}
		})
	}
}

// TestNoMove: what still bears its name was not moved, nor can two things be what one was.
func TestNoMove(t *testing.T) {
	t.Parallel()
	b, c := bucket("b", false), bucket("c", false)
	b.Former, c.Former = []probity.Ref{ref("a")}, []probity.Ref{ref("a")}
	failing := func(id string) probity.Outcome { return fail("versioning", id, probity.Medium, "d1") }
	for name, head := range map[string]probity.Scan{
		"it is there":  scanOf([]probity.Asset{bucket("a", false), b}, failing("a"), failing("b")),
		"two claim it": scanOf([]probity.Asset{b, c}, failing("b"), failing("c")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for how, o := range map[string]Options{
				"since":    {Base: &Base{Name: "base", Scan: one(probity.Medium)}},
				"baseline": {Baseline: baselineOf(t, one(probity.Medium), nil)},
				"waiver":   {Waivers: []Waiver{{Waiver: probity.Waiver{Rule: "versioning", Asset: "a", Until: day(90)}}}},
			} {
				s, d := judged(t, head, o)
				if f := findings(t, s)["versioning b"]; d.Code != Findings || !f.Stands() {
					t.Errorf("%s: got %+v, and b %+v", how, d, f)
				}
			}
		})
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	assets := []probity.Asset{bucket("a", false), bucket("b", false), bucket("c", false), bucket("d", false)}
	base := scanOf(assets, fail("versioning", "a", probity.Low, "x"), fail("versioning", "b", probity.Low, "x"), fail("versioning", "c", probity.Low, "x"), pass("versioning", "d"))
	head := scanOf(assets, fail("versioning", "a", probity.Low, "x"), fail("versioning", "b", probity.High, "x"), pass("versioning", "c"), fail("versioning", "d", probity.Low, "x"), fail("open", "d", probity.High, "y"))
	c, err := Compare(base, head)
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Lists(head)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range d.New {
		got = append(got, "new "+g.Rule+" "+g.Asset.ID)
	}
	for _, g := range d.Worse {
		got = append(got, "worse "+g.Asset.ID+" was "+string(g.Was.Risk.Severity))
	}
	for _, g := range d.Fixed {
		got = append(got, "fixed "+g.Asset.ID)
	}
	for _, g := range d.Unchanged {
		got = append(got, "unchanged "+g.Asset.ID)
	}
	if diff := cmp.Diff([]string{"new open d", "new versioning d", "worse b was low", "fixed c", "unchanged a"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestBase: a change fails on what it made worse.
func TestBase(t *testing.T) {
	t.Parallel()
	both := []probity.Asset{bucket("a", false), bucket("b", false)}
	base := &Base{Name: "main", Scan: one(probity.Medium)}
	head := scanOf(both, fail("versioning", "a", probity.Medium, "d1"), fail("versioning", "b", probity.Medium, "d1"))
	s, d := judged(t, head, Options{Base: base})
	f := findings(t, s)
	if d.Reason != "1 new finding" || f["versioning a"].State != probity.Unchanged || f["versioning b"].State != probity.New || s.Base.Name != "main" {
		t.Errorf("got %+v, %+v", d, f)
	}
	s, d = judged(t, scanOf([]probity.Asset{bucket("a", true)}, pass("versioning", "a")), Options{Base: base})
	if d.Code != Clean || len(s.Base.Absent) != 1 || s.Base.Absent[0].State != probity.Absent || s.Base.Absent[0].Rule != "versioning" {
		t.Errorf("got %+v, base %+v", d, s.Base)
	}
}

// TestProposals: what the change itself adds counts up to a severity.
func TestProposals(t *testing.T) {
	t.Parallel()
	clean := &Base{Name: "main", Scan: scanOf([]probity.Asset{bucket("a", true)}, pass("versioning", "a"))}
	w := probity.Waiver{Kind: probity.AcceptedRisk, Rule: "versioning", Asset: "a", Reason: "r", Owner: "o", Until: day(90)}
	moved := w
	moved.Origin = &probity.Origin{File: "elsewhere.yaml", Line: 9}
	commented := one(probity.High)
	a := bucket("a", false)
	a.Ignores = []probity.Ignore{{Rule: "versioning", Reason: "r", Origin: &probity.Origin{File: "main.tf", Line: 1}}}
	commented.Assets = over([]probity.Asset{a})
	commentedBase := &Base{Name: "main", Scan: scanOf([]probity.Asset{a}, pass("versioning", "a"))}
	known := &Base{Name: "main", Scan: clean.Scan, Waivers: []probity.Waiver{moved}}
	for name, c := range map[string]struct {
		scan     probity.Scan
		o        Options
		code     int
		proposed bool
	}{
		"added, medium":          {one(probity.Medium), Options{Base: clean, Waivers: []Waiver{{Waiver: w}}}, Clean, false},
		"added, high":            {one(probity.High), Options{Base: clean, Waivers: []Waiver{{Waiver: w}}}, Findings, true},
		"added, high is allowed": {one(probity.High), Options{Base: clean, Waivers: []Waiver{{Waiver: w}}, Limits: Limits{InChange: probity.High}}, Clean, false},
		"added, none is allowed": {one(probity.Low), Options{Base: clean, Waivers: []Waiver{{Waiver: w}}, Limits: Limits{InChange: None}}, Findings, true},
		"in the base":            {one(probity.High), Options{Base: known, Waivers: []Waiver{{Waiver: w}}}, Clean, false},
		"central":                {one(probity.High), Options{Base: clean, Waivers: []Waiver{{Waiver: w, Central: true}}}, Clean, false},
		"without a base":         {one(probity.Critical), Options{Waivers: []Waiver{{Waiver: w}}}, Clean, false},
		"comment added":          {commented, Options{Base: clean}, Findings, true},
		"comment in the base":    {commented, Options{Base: commentedBase}, Clean, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, d := judged(t, c.scan, c.o)
			f := findings(t, s)["versioning a"]
			if d.Code != c.code || f.Waiver == nil || f.Waiver.Proposed != c.proposed {
				t.Errorf("got %+v, waiver %+v, want %d, proposed %v", d, f.Waiver, c.code, c.proposed)
			}
			if told := notices(s); (len(told) > 0) != c.proposed {
				t.Errorf("got %q", told)
			}
		})
	}
}

// TestLapseInAChange: a lapsed waiver fails only a change that touches the asset.
func TestLapseInAChange(t *testing.T) {
	t.Parallel()
	lapsed := []Waiver{{Waiver: probity.Waiver{Rule: "versioning", Asset: "a", Until: day(-3)}}}
	failing := fail("versioning", "a", probity.High, "d1")
	touched := bucket("a", false)
	touched.Resilience.BackupDays = probity.Known(3, nil)
	before := bucket("a", false)
	before.Resilience.BackupDays = probity.Known(7, nil)
	base := &Base{Name: "main", Scan: scanOf([]probity.Asset{before}, failing)}
	base.Waivers = []probity.Waiver{lapsed[0].Waiver}
	if _, d := judged(t, scanOf([]probity.Asset{before}, failing), Options{Base: base, Waivers: lapsed}); d.Code != Clean {
		t.Errorf("untouched: got %+v", d)
	}
	s, d := judged(t, scanOf([]probity.Asset{touched}, failing), Options{Base: base, Waivers: lapsed})
	if d.Code != Findings || findings(t, s)["versioning a"].State != probity.New || len(s.Notices) != 1 {
		t.Errorf("touched: got %+v, %q", d, notices(s))
	}
	if _, d := judged(t, scanOf([]probity.Asset{before}, failing), Options{Waivers: lapsed}); d.Code != Findings {
		t.Errorf("without a base: got %+v", d)
	}
	if _, d := judged(t, scanOf([]probity.Asset{touched}, failing), Options{Base: base}); d.Code != Clean {
		t.Errorf("touched, and never waived: got %+v", d)
	}
}
