package gate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func TestThresholds(t *testing.T) {
	t.Parallel()
	two := scanOf([]probity.Asset{bucket("a", false)}, fail("open", "a", probity.Low, "x"), fail("versioning", "a", probity.Medium, "y"))
	by := func(kv ...string) map[string]probity.Severity {
		m := map[string]probity.Severity{}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = probity.Severity(kv[i+1])
		}
		return m
	}
	for name, c := range map[string]struct {
		layers []Thresholds
		code   int
		says   string
	}{
		"any finding":               {nil, Findings, "2 findings"},
		"at the threshold":          {[]Thresholds{{FailOn: probity.Medium}}, Findings, "1 finding at or above medium"},
		"below the threshold":       {[]Thresholds{{FailOn: probity.High}}, Clean, "no finding at or above high"},
		"none fails":                {[]Thresholds{{FailOn: None}}, Clean, "findings do not fail this gate"},
		"strictest layer":           {[]Thresholds{{FailOn: probity.High}, {FailOn: probity.Low}}, Findings, "2 findings at or above low"},
		"a layer loosens nothing":   {[]Thresholds{{FailOn: probity.Medium}, {FailOn: None, Rules: by("*", "none")}}, Findings, "1 finding at or above medium, or by the thresholds of rules"},
		"a rule is let be":          {[]Thresholds{{Rules: by("versioning", "none")}}, Findings, "1 finding by the thresholds of rules"},
		"a rule alone fails":        {[]Thresholds{{FailOn: None, Rules: by("vers*", "medium")}}, Findings, "1 finding by the thresholds of rules"},
		"a name wins over patterns": {[]Thresholds{{FailOn: None, Rules: by("*", "low", "open", "none", "versioning", "high")}}, Clean, "no finding by the thresholds of rules"},
		"the strictest pattern":     {[]Thresholds{{FailOn: None, Rules: by("ver*", "critical", "v*", "medium")}}, Findings, "1 finding"},
		"framework":                 {[]Thresholds{{FailOn: None, Frameworks: by("gdpr", "medium")}}, Findings, "1 finding by the thresholds of frameworks"},
		"framework, above":          {[]Thresholds{{FailOn: None, Frameworks: by("gdpr", "high")}}, Clean, "no finding by"},
		"no such framework":         {[]Thresholds{{FailOn: None, Frameworks: by("gpdr", "high")}}, Incomplete, "threshold of framework gpdr"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, d := judged(t, two, Options{Thresholds: c.layers}); d.Code != c.code || !strings.HasPrefix(strings.TrimPrefix(d.Reason, "incomplete: "), c.says) {
				t.Errorf("got %+v, want %d %q", d, c.code, c.says)
			}
		})
	}
}

func TestUnknownAndLost(t *testing.T) {
	t.Parallel()
	assets := []probity.Asset{bucket("a", false)}
	gap := scanOf(assets, unknown("versioning", "a", probity.Computed))
	waiver := Waiver{Waiver: probity.Waiver{Rule: "versioning", Asset: "a", Until: day(90)}}
	lost := one(probity.Medium)
	lost.Trouble = []probity.Trouble{{What: "target x", Gap: probity.Gap{Reason: probity.Unreachable}}}
	for name, c := range map[string]struct {
		scan probity.Scan
		o    Options
		code int
		says string
	}{
		"nature":             {gap, Options{}, Clean, "no finding"},
		"nature, asked":      {gap, Options{Unknown: []probity.Reason{probity.Computed}}, Findings, "1 verdict unknown: computed"},
		"another one":        {gap, Options{Unknown: []probity.Reason{probity.Sampled}}, Clean, ""},
		"waived":             {gap, Options{Unknown: []probity.Reason{probity.Computed}, Waivers: []Waiver{waiver}}, Clean, ""},
		"before":             {gap, Options{Unknown: []probity.Reason{probity.Computed}, Base: &Base{Name: "main", Scan: gap}}, Clean, "no new finding"},
		"lost":               {lost, Options{Thresholds: []Thresholds{{FailOn: probity.High}}}, Incomplete, "incomplete: target x could not be reached"},
		"findings win":       {lost, Options{}, Findings, "1 finding"},
		"waived and lost":    {lost, Options{Waivers: []Waiver{waiver}}, Incomplete, "incomplete"},
		"nothing was judged": {scanOf(nil), Options{}, Clean, "no finding"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, d := judged(t, c.scan, c.o); d.Code != c.code || !strings.HasPrefix(d.Reason, c.says) {
				t.Errorf("got %+v, want %d %q", d, c.code, c.says)
			}
		})
	}
}

func TestWaivers(t *testing.T) {
	t.Parallel()
	w := func(edit func(*Waiver)) []Waiver {
		x := Waiver{Waiver: probity.Waiver{Kind: probity.AcceptedRisk, Rule: "versioning", Asset: "a", Reason: "r", Owner: "o", Until: day(90)}}
		edit(&x)
		return []Waiver{x}
	}
	for name, c := range map[string]struct {
		waivers []Waiver
		limits  Limits
		waived  bool
		told    []string
	}{
		"holds":             {w(func(*Waiver) {}), Limits{}, true, nil},
		"pattern":           {w(func(x *Waiver) { x.Rule, x.Asset = "vers*", "*" }), Limits{}, true, nil},
		"another root":      {w(func(x *Waiver) { x.Root = "other" }), Limits{}, false, []string{"unused: waiver of versioning on a: no asset of this scan bears this name"}},
		"this root":         {w(func(x *Waiver) { x.Root = "infra" }), Limits{}, true, nil},
		"last day is today": {w(func(x *Waiver) { x.Until = day(1) }), Limits{}, true, []string{"lapsing: waiver of versioning on a: its last day is 2026-11-24"}},
		"lapsed":            {w(func(x *Waiver) { x.Until = day(0) }), Limits{}, false, []string{"lapsed: waiver of versioning on a: its last day was 2026-11-23"}},
		"in 30 days":        {w(func(x *Waiver) { x.Until = day(30) }), Limits{}, true, []string{"lapsing: waiver of versioning on a: its last day is 2026-12-23"}},
		"in 31 days":        {w(func(x *Waiver) { x.Until = day(31) }), Limits{}, true, nil},
		"accepted":          {w(func(x *Waiver) { x.Accepted = []string{"d0", "d1"} }), Limits{}, true, nil},
		"changed": {w(func(x *Waiver) { x.Accepted = []string{"d0"} }), Limits{}, false,
			[]string{"lapsed: waiver of versioning on a: what it accepted has changed: a is now d1"}},
		"rule changed": {w(func(x *Waiver) { x.Behaviour = 7 }), Limits{}, false,
			[]string{"lapsed: waiver of versioning on a: the rule has changed since: behaviour 7, now 1"}},
		"no such rule":  {w(func(x *Waiver) { x.Rule = "versoning" }), Limits{}, false, []string{"unused: waiver of versoning on a: no rule that was asked bears this name"}},
		"no such asset": {w(func(x *Waiver) { x.Asset = "b" }), Limits{}, false, []string{"unused: waiver of versioning on b: no asset of this scan bears this name"}},
		"mended":        {w(func(x *Waiver) { x.Rule = "open" }), Limits{}, false, []string{"unused: waiver of open on a: nothing of it is wrong any more: take it out"}},
		"above the repository's limit": {w(func(*Waiver) {}), Limits{InRepository: probity.Low}, false,
			[]string{"refused: waiver of versioning on a: its finding is medium, and a repository may let be nothing above low"}},
		"no waivers in repositories": {w(func(*Waiver) {}), Limits{InRepository: None}, false,
			[]string{"refused: waiver of versioning on a: its finding is medium, and a repository may let be nothing"}},
		"central ones have no limit": {w(func(x *Waiver) { x.Central = true }), Limits{InRepository: None}, true, nil},
		"exact":                      {w(func(x *Waiver) { x.Central, x.Exact, x.Root = true, true, "infra" }), Limits{}, true, nil},
		"exact, no pattern":          {w(func(x *Waiver) { x.Central, x.Exact, x.Root, x.Asset = true, true, "infra", "*" }), Limits{}, false, nil},
		"exact, no other root":       {w(func(x *Waiver) { x.Central, x.Exact = true, true }), Limits{}, false, nil},
		"central, of others":         {w(func(x *Waiver) { x.Central, x.Asset = true, "elsewhere" }), Limits{}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, d := judged(t, one(probity.Medium), Options{Waivers: c.waivers, Limits: c.limits})
			if f := findings(t, s)["versioning a"]; f.Waived() != c.waived || (d.Code == Clean) != c.waived {
				t.Errorf("got waiver %+v and %+v, want waived %v", f.Waiver, d, c.waived)
			}
			if diff := cmp.Diff(c.told, notices(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFalsePositive holds without a day, until the rule changes.
func TestFalsePositive(t *testing.T) {
	t.Parallel()
	fp := []Waiver{{Waiver: probity.Waiver{Kind: probity.FalsePositive, Rule: "versioning", Asset: "a", Behaviour: 1}}}
	if s, d := judged(t, one(probity.High), Options{Waivers: fp}); d.Code != Clean || len(s.Notices) > 0 {
		t.Errorf("got %+v, %v", d, notices(s))
	}
}

// TestBestClaim: one that holds wins over one that lapsed, whatever their order.
func TestBestClaim(t *testing.T) {
	t.Parallel()
	old := Waiver{Waiver: probity.Waiver{Rule: "versioning", Asset: "*", Until: day(-5)}}
	young := Waiver{Waiver: probity.Waiver{Rule: "*", Asset: "a", Until: day(90)}}
	for _, ws := range [][]Waiver{{old, young}, {young, old}} {
		if _, d := judged(t, one(probity.High), Options{Waivers: ws}); d.Code != Clean {
			t.Errorf("got %+v, want clean", d)
		}
	}
}

func TestIgnores(t *testing.T) {
	t.Parallel()
	with := func(i probity.Ignore) probity.Scan {
		a := bucket("a", false)
		i.Origin = &probity.Origin{File: "main.tf", Line: 3, Column: 1}
		a.Ignores = []probity.Ignore{i}
		return scanOf([]probity.Asset{a, bucket("b", false)}, fail("versioning", "a", probity.Medium, "d1"), fail("versioning", "b", probity.Medium, "d1"))
	}
	s, d := judged(t, with(probity.Ignore{Rule: "versioning", Reason: "r"}), Options{})
	if f := findings(t, s); f["versioning a"].Waiver == nil || f["versioning a"].Waiver.Kind != probity.Inline || f["versioning b"].Waiver != nil || d.Reason != "1 finding" {
		t.Errorf("got %+v, %+v, want the commented block alone let be", f, d)
	}
	for name, c := range map[string]struct {
		i    probity.Ignore
		want string
	}{
		"no reason": {probity.Ignore{Rule: "versioning", Wrong: "no reason"}, "refused: ignore of versioning: it does not count: no reason"},
		"lapsed":    {probity.Ignore{Rule: "versioning", Reason: "r", Until: day(0)}, "lapsed: ignore of versioning: its last day was 2026-11-23"},
		"unused":    {probity.Ignore{Rule: "open", Reason: "r"}, "unused: ignore of open: nothing of it is wrong any more: take it out"},
	} {
		s, d := judged(t, with(c.i), Options{})
		if diff := cmp.Diff([]string{c.want}, notices(s)); diff != "" || d.Reason != "2 findings" {
			t.Errorf("%s: %+v %s", name, d, diff)
		}
	}
}

func TestLater(t *testing.T) {
	t.Parallel()
	s := scanOf([]probity.Asset{bucket("a", false)}, fail("open", "a", probity.High, "x"))
	for v, want := range map[string]int{"": Findings, "0.0.9": Clean, "0.1.0": Clean, "0.1.9": Clean, "0.2": Findings, "v0.2.0": Findings, "1": Findings, Latest: Findings} {
		got, d := judged(t, s, Options{AsOf: v})
		if d.Code != want || findings(t, got)["open a"].Later != (want == Clean) {
			t.Errorf("as of %q: got %+v, want %d", v, d, want)
		}
	}
}

// TestAudit: nothing lets anything be, and what a saved scan bears of it is taken off.
func TestAudit(t *testing.T) {
	t.Parallel()
	o := Options{AsOf: "0.0.1", Waivers: []Waiver{{Waiver: probity.Waiver{Rule: "*", Asset: "*", Until: day(1)}}},
		Baseline: &Baseline{Entries: []Entry{{Fingerprint: probity.Fingerprint("versioning", ref("a"), "fact", ""), Digest: "d1", Severity: probity.High}}}}
	s, d := judged(t, one(probity.High), o)
	if d.Code != Clean {
		t.Fatalf("got %+v, want clean", d)
	}
	s, d = judged(t, s, Options{Audit: true, AsOf: o.AsOf, Waivers: o.Waivers, Baseline: o.Baseline})
	if f := findings(t, s)["versioning a"]; d.Code != Findings || !f.Stands() || f.Waiver != nil || len(s.Notices) > 0 || s.Base != nil {
		t.Errorf("got %+v, %+v, %v", d, f, s.Notices)
	}
}

// TestAgain: a saved scan that was judged is judged to the same.
func TestAgain(t *testing.T) {
	t.Parallel()
	base := one(probity.High)
	s, first := judged(t, one(probity.High), Options{Base: &Base{Name: "main", Scan: base}})
	again, second := judged(t, s, Options{})
	if first.Code != Clean || second != first || again.Base == nil || again.Base.Name != "main" {
		t.Errorf("got %+v and %+v, base %+v", first, second, again.Base)
	}
	w := []Waiver{{Waiver: probity.Waiver{Rule: "versioning", Asset: "a", Until: day(90)}}}
	s, _ = judged(t, one(probity.High), Options{Waivers: w})
	if _, d := judged(t, s, Options{}); d.Code != Findings {
		t.Errorf("got %+v: a waiver that is not given any more does not hold", d)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"*", "", true}, {"a*", "abc", true}, {"*c", "abc", true}, {"a*c", "ac", true}, {"a*b*c", "axxbyyc", true},
		{"a*b*c", "axxc", false}, {"a?c", "abc", true}, {"a?c", "ac", false}, {`module.s["a"].b[0]`, `module.s["a"].b[0]`, true}, {`module.s["*"].b[?]`, `module.s["x"].b[1]`, true},
		{"ab*ba", "aba", false}, {"*x*", "axb", true}, {"*x*", "ab", false},
	} {
		if got := Match(c.pattern, c.s); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.pattern, c.s, got)
		}
		var p patterns
		p.add("other", 0)
		p.add(c.pattern, 1)
		if got := len(p.match(c.s)) == 1; got != c.want {
			t.Errorf("patterns of %q match %q: %v", c.pattern, c.s, got)
		}
	}
}

// TestJudgedBefore: a scan that was compared with the base keeps what it says of findings and comments; waivers that the base does
// not have are proposals.
func TestJudgedBefore(t *testing.T) {
	t.Parallel()
	assets := []probity.Asset{bucket("old", false), bucket("new", false), bucket("ignored", false)}
	assets[2].Ignores = []probity.Ignore{{Rule: "versioning", Reason: "r", Until: day(9), Origin: &probity.Origin{File: "main.tf", Line: 3}}}
	before := scanOf([]probity.Asset{bucket("old", false)}, fail("versioning", "old", probity.High, "d"))
	scan, _ := judged(t, scanOf(assets, fail("versioning", "old", probity.High, "d"), fail("versioning", "new", probity.High, "d"), fail("versioning", "ignored", probity.High, "d")),
		Options{Base: &Base{Name: "main", Scan: before}})
	waiver := probity.Waiver{Rule: "versioning", Asset: "new", Reason: "r", Owner: "o", Until: day(9)}
	for name, c := range map[string]struct {
		o        Options
		standing int
	}{
		"as it was":           {Options{}, 2},
		"a proposal":          {Options{Waivers: []Waiver{{Waiver: waiver}}}, 2},
		"the base has it":     {Options{Waivers: []Waiver{{Waiver: waiver}}, Base: &Base{Waivers: []probity.Waiver{waiver}}}, 1},
		"a change may accept": {Options{Waivers: []Waiver{{Waiver: waiver}}, Limits: Limits{InChange: probity.High}}, 0},
		"and a baseline":      {Options{Baseline: &Baseline{Name: "b"}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := c.o
			if o.Base == nil {
				o.Base = &Base{}
			}
			o.Base.Judged = true
			got, _ := judged(t, scan, o)
			standing := 0
			for _, f := range findings(t, got) {
				if f.Stands() {
					standing++
				}
			}
			if standing != c.standing || findings(t, got)["versioning old"].State != probity.Unchanged || got.Base == nil || got.Base.Name != "main" {
				t.Errorf("%d findings stand, want %d; %+v, base %+v", standing, c.standing, findings(t, got), got.Base)
			}
		})
	}
}
