package reports

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func sarifOf(t *testing.T, s probity.Scan, o SARIFOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := SARIF(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// log is the SARIF file as its consumers read it.
type log struct {
	Runs []struct {
		Tool        sarifTool
		Invocations []sarifInvocation
		Taxonomies  []sarifTaxonomy
		Results     []sarifResult
		Automation  struct{ ID string } `json:"automationDetails"`
	}
}

func parsed(t *testing.T, b []byte) log {
	t.Helper()
	var l log
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatal(err)
	}
	if len(l.Runs) == 0 {
		t.Fatal("no run")
	}
	return l
}

func TestSARIF(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.sarif", sarifOf(t, clinic(), SARIFOptions{}))
	golden(t, "clinic-unknown.sarif", sarifOf(t, clinic(), SARIFOptions{Unknown: true, Category: "nightly"}))
}

func TestSARIFIsWorstFirstAndComplete(t *testing.T) {
	t.Parallel()
	run := parsed(t, sarifOf(t, clinic(), SARIFOptions{})).Runs[0]
	var got []string
	for _, r := range run.Results {
		got = append(got, r.Properties["severity"].(string))
	}
	if want := []string{"critical", "high", "high", "high", "medium", "medium", "low"}; !slices.Equal(got, want) {
		t.Errorf("severities %v, want %v", got, want)
	}
	if run.Invocations[0].Successful {
		t.Error("a scan with losses says that it was successful")
	}
	for _, r := range run.Results {
		if (len(r.Suppressions) == 1) != (r.RuleID == "versioning") {
			t.Errorf("%s has %d suppressions", r.RuleID, len(r.Suppressions))
		}
	}
}

// What GitHub, GitLab, DefectDojo and Azure DevOps ask of a file, whatever names there are.
func TestSARIFSuitsItsConsumers(t *testing.T) {
	t.Parallel()
	for name, scan := range map[string]probity.Scan{"clinic": clinic(), "hostile": hostile(), "shouting": shouting(), "gated": gated(), "live": live(), "estate": estate(40), "empty": {}} {
		for which, b := range map[string][]byte{"sarif": sarifOf(t, scan, SARIFOptions{Unknown: true}), "split": sarifOf(t, scan, SARIFOptions{Run: 7}), "github-sarif": []byte(formatted(t, "github-sarif", scan))} {
			name := name + "." + which
			runs := parsed(t, b).Runs
			if len(runs) > MaxRuns {
				t.Errorf("%s: %d runs, and GitHub takes %d", name, len(runs), MaxRuns)
			}
			categories := map[string]bool{}
			for _, run := range runs {
				category, moment, ok := cutLast(run.Automation.ID, "/")
				if !ok || category == "" || moment == "" || categories[category] {
					t.Errorf("%s: category %q is none of its own", name, run.Automation.ID)
				}
				categories[category] = true
				seen := map[string]bool{}
				for _, r := range run.Results {
					suitable(t, name, r)
					at := r.Locations[0]
					if key := r.RuleID + " " + at.Physical.Artifact.URI; strings.HasPrefix(name, "live") && seen[key] {
						t.Errorf("%s: GitLab takes two results for one: %s", name, key)
					} else {
						seen[key] = true
					}
					print := r.Fingerprints["primaryLocationLineHash"]
					if print == "" || seen[print] && !strings.HasPrefix(name, "hostile") {
						t.Errorf("%s: fingerprint %q of %s is empty or not unique", name, print, r.RuleID)
					}
					seen[print] = true
					if r.RuleIndex != nil && run.Tool.Driver.Rules[*r.RuleIndex].ID != r.RuleID {
						t.Errorf("%s: %s is not rule %d", name, r.RuleID, *r.RuleIndex)
					}
				}
				for _, r := range run.Tool.Driver.Rules {
					suitableRule(t, name, r)
				}
			}
		}
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// suitable: GitLab drops a result without rule, place or message of at most 2,048 characters, and the whole report when those are over half of it;
// GitHub wants a relative URI and the whole region, and a message with each related place; DefectDojo reads what fails alone.
func suitable(t *testing.T, name string, r sarifResult) {
	t.Helper()
	if r.RuleID == "" || len(r.Locations) != 1 || r.Locations[0].Physical == nil {
		t.Fatalf("%s: %q has no rule or no place", name, r.RuleID)
	}
	for i, at := range append(r.Locations, r.Related...) {
		u, err := url.Parse(at.Physical.Artifact.URI)
		if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(u.Path, "/") || u.Path == "" && name[:5] != "shout" || slices.Contains(strings.Split(u.Path, "/"), "..") || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%s: URI %q is not a relative path (%v)", name, at.Physical.Artifact.URI, err)
		}
		if g := at.Physical.Region; g.StartLine < 1 || g.StartColumn < 1 || g.EndLine < g.StartLine || g.EndColumn <= g.StartColumn {
			t.Errorf("%s: region %+v", name, g)
		}
		if i > 0 && (at.Message == nil || at.Message.Text == "") {
			t.Errorf("%s: a related place without a message", name)
		}
	}
	if l := r.Locations[0].Logical[0]; l.Full == "" && name[:5] != "shout" || l.Kind != "resource" {
		t.Errorf("%s: logical location %+v", name, l)
	}
	if n := len([]rune(r.Message.Text)); n == 0 || n > 2048 || strings.ContainsFunc(r.Message.Text, hidden) || strings.Contains(r.Message.Text, "](") {
		t.Errorf("%s: message of %d characters: %.100q", name, n, r.Message.Text)
	}
	if (r.Kind == "fail") == (r.Level == "none") {
		t.Errorf("%s: kind %s with level %s", name, r.Kind, r.Level)
	}
}

// suitableRule: GitHub's limits, numbers that it and DefectDojo read, and no tag by which GitLab takes a finding for a secret.
func suitableRule(t *testing.T, name string, r sarifDescriptor) {
	t.Helper()
	tags := r.Properties["tags"].([]any)
	if len(tags) > 20 || len([]rune(r.Full.Text)) > 1024 || len([]rune(r.Short.Text)) > 1024 || r.Full.Text == "" || r.Short.Text == "" || r.Help.Text == "" || r.Help.Markdown == "" {
		t.Errorf("%s: rule %s is not within GitHub's limits", name, r.ID)
	}
	if n, err := strconv.ParseFloat(r.Properties["security-severity"].(string), 64); err != nil || n <= 0 || n > 10 || (n > 9) != (r.Default.Level == "error" && n >= 9) {
		t.Errorf("%s: severity %v of %s", name, r.Properties["security-severity"], r.ID)
	}
	for _, tag := range tags {
		if strings.Contains(strings.ToUpper(fmt.Sprint(tag)), "CWE-") {
			t.Errorf("%s: rule %s has the tag %v", name, r.ID, tag)
		}
	}
	if !strings.HasPrefix(r.HelpURI, "https://") || strings.Contains(r.Help.Markdown, "<script") {
		t.Errorf("%s: help at %s", name, r.HelpURI)
	}
}

// A file that is as long as GitHub's may be, of names that do not compress, is taken whole: it may have 10 MB.
func TestGitHubSARIFIsSmallEnough(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	s := clinic()
	s.Outcomes = func(yield func(probity.Outcome, error) bool) {
		for i := range shownByGitHub + 7 {
			name := make([]byte, 300)
			for j := range name {
				name[j] = byte('!' + random.IntN(90))
			}
			id := fmt.Sprint(i, " ", string(name))
			if !yield(failing("encryption-at-rest", tf(id), probity.High, id+" is not encrypted at rest", ev(tf(id), "encryption.at_rest", false, pos("infra/main.tf", i+1, 1))), nil) {
				return
			}
		}
	}
	got := formatted(t, "github-sarif", s)
	var packed counting
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(got)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.bytes > 10_000_000 {
		t.Errorf("%d bytes, and GitHub takes 10 MB", packed.bytes)
	}
	run := parsed(t, []byte(got)).Runs
	if len(run) != 1 || len(run[0].Results) != shownByGitHub || !strings.Contains(run[0].Invocations[0].Notifications[0].Message.Text, "7 of 5007 results are left out") {
		t.Errorf("%d runs, %d results: %+v", len(run), len(run[0].Results), run[0].Invocations[0].Notifications[0])
	}
}

func TestSARIFNamesTheAsset(t *testing.T) {
	t.Parallel()
	byRule := map[string]sarifResult{}
	for _, r := range parsed(t, sarifOf(t, clinic(), SARIFOptions{})).Runs[0].Results {
		byRule[r.RuleID+" "+r.Locations[0].Logical[0].Full] = r
	}
	for key, want := range map[string]struct {
		uri  string
		line int
	}{
		"encryption-at-rest aws_db_instance.records":               {"infra/data.tf", 11},
		"special-category-in-clear sqlite:data/clinic.db/patients": {"data/clinic.db", 1},
		"special-category-in-clear files:exports":                  {"exports/2025/invoices.ndjson", 1},
		"access-logging aws_s3_bucket.invoices":                    {"infra/main.tf", 40},
	} {
		r, ok := byRule[key]
		if !ok {
			t.Errorf("no result %s", key)
			continue
		}
		if p := r.Locations[0].Physical; p.Artifact.URI != want.uri || p.Region.StartLine != want.line {
			t.Errorf("%s is at %s:%d, want %s:%d", key, p.Artifact.URI, p.Region.StartLine, want.uri, want.line)
		}
	}
}

func TestAssetPath(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"arn:aws:s3:eu-west-1:111122223333:bucket/x": "aws/s3/eu-west-1/111122223333/bucket/x",
		"postgres://db.example/app/public.people":    "postgres/db.example/app/public.people",
		"sqlite:data/app.db/people":                  "sqlite/data/app.db/people",
		`module.a["x/y"].aws_s3_bucket.b`:            `module.a["x/y"].aws_s3_bucket.b`,
		"../../etc/passwd":                           "etc/passwd",
	} {
		if got := assetPath(probity.Finding{Asset: probity.Ref{ID: id}}); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
}

// What is too long for a path is cut, and stays another than the next.
func TestLongPaths(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("ü/", 1300)
	if got, want := escapePath(whole), strings.TrimSuffix(strings.Repeat("%C3%BC/", 1300), "/"); got != want {
		t.Errorf("a path of %d bytes is changed: %.40s", len(whole), got)
	}
	one, two := escapePath(strings.Repeat("🧨", 5000)+"1"), escapePath(strings.Repeat("🧨", 5000)+"2")
	if one == two || len(one) > 3*maxPath || strings.Contains(one, "%EF%BF%BD") {
		t.Errorf("%d characters, and the next is the same: %t", len(one), one == two)
	}
}

func TestSARIFLimit(t *testing.T) {
	t.Parallel()
	run := parsed(t, sarifOf(t, clinic(), SARIFOptions{Max: 2})).Runs[0]
	if len(run.Results) != 2 || run.Results[0].RuleID != "public-exposure" {
		t.Errorf("%d results, want the worst 2", len(run.Results))
	}
	if got, want := run.Invocations[0].Notifications[0].Message.Text, "5 of 7 results are left out; the worst 2 are here. The JSON report has all."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := len(parsed(t, sarifOf(t, clinic(), SARIFOptions{Max: -1})).Runs[0].Results); n != 7 {
		t.Errorf("%d results without a limit, want 7", n)
	}
}

func TestSARIFTellsGapsAndExit(t *testing.T) {
	t.Parallel()
	code := 3
	inv := parsed(t, sarifOf(t, clinic(), SARIFOptions{ExitCode: &code, ExitReason: "incomplete"})).Runs[0].Invocations[0]
	if inv.ExitCode == nil || *inv.ExitCode != 3 || inv.ExitReason != "incomplete" {
		t.Errorf("exit code %v, %q", inv.ExitCode, inv.ExitReason)
	}
	count := map[string]int{}
	for _, n := range inv.Notifications {
		count[n.Descriptor.ID+" "+n.Level]++
	}
	for key, want := range map[string]int{"scan/lost error": 2, "scan/unknown error": 1, "scan/unknown note": 5, "scan/left-out note": 3} {
		if count[key] != want {
			t.Errorf("%d notifications %s, want %d", count[key], key, want)
		}
	}
}

func TestSARIFEscapes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"[click](https://evil.example)": "[click] (https://evil.example)",
		"{0} of {x}":                    "{{0}} of {{x}}",
		"a\x1b[2Jb\nc":                  `a\x1b[2Jb c`,
	} {
		if got := sarifEscape(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if md := parsed(t, sarifOf(t, hostile(), SARIFOptions{})).Runs[0].Tool.Driver.Rules[0].Help.Markdown; strings.Contains(md, "<script") {
		t.Errorf("help holds HTML: %s", md)
	}
}

func TestSARIFTellsTheGatesWord(t *testing.T) {
	t.Parallel()
	states, suppressed := map[string]int{}, map[string]int{}
	for _, r := range parsed(t, sarifOf(t, gated(), SARIFOptions{})).Runs[0].Results {
		states[r.Baseline]++
		for _, s := range r.Suppressions {
			suppressed[s.Kind+" "+s.Status]++
			if !strings.Contains(s.Justification, "; owner platform team; ") || !strings.Contains(s.Justification, "until ") {
				t.Errorf("justification %q", s.Justification)
			}
		}
		if r.Baseline == "absent" && (r.Kind != "fail" || r.Locations[0].Physical == nil) {
			t.Errorf("an absent result without place: %+v", r)
		}
		if r.RuleID == "public-exposure" && (len(r.Related) != 1 || r.Related[0].Message.Text != "In the module." || r.Related[0].Physical.Region.StartLine != 41) {
			t.Errorf("related locations %+v, want the module's line", r.Related)
		}
		if r.RuleID == "encryption-at-rest" && r.Baseline == "new" && (len(r.Related) != 1 || r.Related[0].Message.Text != "The module is called here.") {
			t.Errorf("related locations %+v, want the caller", r.Related)
		}
	}
	if want := map[string]int{"new": 11, "unchanged": 2, "absent": 2}; !maps.Equal(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
	if want := map[string]int{"external accepted": 2, "inSource accepted": 1, "external underReview": 1}; !maps.Equal(suppressed, want) {
		t.Errorf("suppressions %v, want %v", suppressed, want)
	}
	for _, r := range parsed(t, []byte(formatted(t, "github-sarif", gated()))).Runs[0].Results {
		if r.Baseline == "absent" {
			t.Error("GitHub would open an alert for what is there no more")
		}
	}
}

// Where the gate compared with nothing, the history tells what is new, worse and gone; else the gate's word holds.
func TestSARIFTellsTheHistorysWord(t *testing.T) {
	t.Parallel()
	prints := []string{}
	for _, r := range parsed(t, sarifOf(t, clinic(), SARIFOptions{})).Runs[0].Results {
		prints = append(prints, r.Fingerprints["probity/v1"])
	}
	gone := probity.Gone{Rule: "versioning", Finding: probity.Finding{Asset: tf("aws_s3_bucket.old"), Fingerprint: "old", Message: "old keeps no versions", Risk: probity.Risk{Severity: probity.Low}}}
	life := &Life{New: map[string]bool{prints[0]: true}, Worse: map[string]bool{prints[1]: true}, Gone: []probity.Gone{gone}}
	states := func(s probity.Scan, o SARIFOptions) map[string]int {
		out := map[string]int{}
		for _, run := range parsed(t, sarifOf(t, s, o)).Runs {
			for _, r := range run.Results {
				out[r.Baseline]++
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		scan probity.Scan
		o    SARIFOptions
		want map[string]int
	}{
		"history":      {clinic(), SARIFOptions{Life: life}, map[string]int{"new": 1, "updated": 1, "unchanged": len(prints) - 2, "absent": 1}},
		"in parts":     {clinic(), SARIFOptions{Life: life, Run: 3}, map[string]int{"new": 1, "updated": 1, "unchanged": len(prints) - 2, "absent": 1}},
		"not the gone": {clinic(), SARIFOptions{Life: life, Present: true}, map[string]int{"new": 1, "updated": 1, "unchanged": len(prints) - 2}},
		"the gate's":   {gated(), SARIFOptions{Life: life}, map[string]int{"new": 11, "unchanged": 2, "absent": 2}},
		"none":         {clinic(), SARIFOptions{}, map[string]int{"": len(prints)}},
	} {
		if got := states(c.scan, c.o); !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// What is over the limit of a run goes on in another one, so that a host takes all of it.
func TestSARIFSplitsRuns(t *testing.T) {
	t.Parallel()
	whole := parsed(t, sarifOf(t, gated(), SARIFOptions{Max: -1})).Runs[0].Results
	log := parsed(t, sarifOf(t, gated(), SARIFOptions{Run: 4}))
	var prints, want []string
	ids := map[string]bool{}
	for i, run := range log.Runs {
		ids[run.Automation.ID] = true
		if len(run.Results) > 4 || len(run.Results) == 0 {
			t.Errorf("run %d has %d results", i, len(run.Results))
		}
		first := run.Invocations[0].Notifications[0].Message.Text
		if !strings.Contains(first, fmt.Sprintf("part %d of %d", i+1, len(log.Runs))) {
			t.Errorf("run %d says %q", i, first)
		}
		for _, r := range run.Results {
			prints = append(prints, r.Fingerprints["probity/v1"])
		}
	}
	for _, r := range whole {
		want = append(want, r.Fingerprints["probity/v1"])
	}
	if n := (len(whole) + 3) / 4; len(log.Runs) != n || len(ids) != n || !slices.Equal(prints, want) {
		t.Errorf("%d runs with %d categories and %d results, want %d and the %d of one run in their order", len(log.Runs), len(ids), len(prints), n, len(whole))
	}
}

func TestSARIFResultsNameControls(t *testing.T) {
	t.Parallel()
	run := parsed(t, sarifOf(t, clinic(), SARIFOptions{})).Runs[0]
	named := 0
	for _, r := range run.Results {
		for _, x := range r.Taxa {
			named++
			if at := run.Taxonomies[x.Component.Index]; at.Name != x.Component.Name || at.Taxa[x.Index].ID != x.ID {
				t.Errorf("%s names %+v, and there is %s", r.RuleID, x, at.Taxa[x.Index].ID)
			}
		}
	}
	if named == 0 {
		t.Error("no result names a control")
	}
	for _, r := range parsed(t, []byte(formatted(t, "github-sarif", clinic()))).Runs[0].Results {
		if len(r.Taxa) > 0 {
			t.Error("GitHub gets controls that it does not read")
		}
	}
}
