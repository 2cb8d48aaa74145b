package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func load(t *testing.T, text string, trusted bool) Loaded {
	t.Helper()
	path := filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Load(path, trusted)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range l.Trouble {
		l.Trouble[i] = strings.TrimPrefix(s, filepath.Dir(path)+string(filepath.Separator))
	}
	return l
}

func TestLoad(t *testing.T) {
	t.Parallel()
	l := load(t, `
activities:
- {id: care, role: controller, country: DE, countries: [DE, IE], retention_days: 3650, stores: ["aws_s3_bucket.records"]}
- {id: news, stores: ["*news*"]}
labels:
- {store: aws_s3_bucket.records, category: health}
waivers:
- {rule: versioning, asset: "*", reason: rebuilt nightly, owner: data team, until: 2027-01-31}
exclude: ["tmp/**"]
fail_on: high
fail_on_unknown: [computed]
outputs: {sarif: out.sarif}
parameters: {trusted_accounts: ["111122223333"]}
`, false)
	if len(l.Trouble) > 0 {
		t.Fatal(l.Trouble)
	}
	d := l.Declarations()
	if v, ok := d.Activities[0].Days.Get(); !ok || v != 3650 {
		t.Error("retention_days lost")
	}
	if _, g := d.Activities[1].Country.Value(); g == nil || g.Reason != probity.Undeclared || g.Needs != "country of activity news" {
		t.Errorf("a country that nobody said is a gap: got %v", g)
	}
	if want := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC); !l.Waivers()[0].Until.Equal(want) {
		t.Errorf("a waiver holds through its last day: got %s", l.Waivers()[0].Until)
	}
	if d.Labels[0].Category != probity.Health || d.Labels[0].Form != "" || d.Labels[0].Review.Verdict != probity.LabelDeclared {
		t.Errorf("label: %+v", d.Labels[0])
	}
}

// TestTrouble: each mistake is one line with the file's name, and the rest of the file counts.
func TestTrouble(t *testing.T) {
	t.Parallel()
	const rest = "\nexclude: [keep]\n"
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"unknown key":                   {"waiverz: []" + rest, []string{`probity.yaml:1: no key "waiverz" here: see docs/configuration.md`}},
		"nested unknown key":            {"activities:\n- {id: a, stores: [x], colour: red}" + rest, []string{`probity.yaml:2: no key "colour" here: see docs/configuration.md`}},
		"wrong type":                    {"fail_on_unknown: secret-word" + rest, []string{"probity.yaml:1: a str stands where a list of string is expected"}},
		"waiver, no reason":             {"waivers: [{rule: a, asset: b, owner: c, until: 2027-01-01}]" + rest, []string{"probity.yaml:1: a waiver needs rule, asset, reason, owner and until"}},
		"waiver, no day":                {"waivers: [{rule: a, asset: b, owner: c, reason: d, until: soon}]" + rest, []string{"probity.yaml:1: waiver of a: until must be a day such as 2027-01-31"}},
		"label, no category":            {"labels: [{store: a, category: secret}]" + rest, []string{"probity.yaml:1: label of a: category must be one of identifier, contact, financial, health, special, child, location, online, credential"}},
		"label, rejected by a stranger": {"labels: [{store: a, detector: iban, verdict: rejected, by: b, at: 2026-11-01, reason: c, until: 2027-01-01}]" + rest, []string{"probity.yaml:1: label of a: rejected is taken only from a file given by --config, since this one may be a stranger's"}},
		"label, day":                    {"labels: [{store: a, category: health, until: soon}]" + rest, []string{"probity.yaml:1: label of a: until must be a day such as 2027-01-31"}},
		"label, protection":             {"labels: [{store: a, category: health, protection: strong}]" + rest, []string{"probity.yaml:1: label of a: protection must be one of clear, truncated, keyed-hash, token, field-encrypted, unknown"}},
		"activity, no stores":           {"activities: [{id: a}]" + rest, []string{"probity.yaml:1: an activity needs id and stores"}},
		"threshold":                     {"fail_on: urgent" + rest, []string{"probity.yaml:1: fail_on must be one of critical, high, medium, low, none"}},
		"reason":                        {"fail_on_unknown: [bored]" + rest, []string{`probity.yaml:1: fail_on_unknown has no reason "bored"`}},
		"rules of a stranger": {"rules: [none]\npolicies: [evil]\ntrust_rules: true\nbundle_key: theirs.pem" + rest, []string{
			"probity.yaml:2: policies is taken only from a file given by --config, since this one may be a stranger's",
			"probity.yaml:4: bundle_key is taken only from a file given by --config, since this one may be a stranger's",
			"probity.yaml:1: rules is taken only from a file given by --config, since this one may be a stranger's",
			"probity.yaml:3: trust_rules is taken only from a file given by --config, since this one may be a stranger's"}},
		"transfer":         {"activities:\n- {id: a, stores: [x], transfer: pigeon}" + rest, []string{"probity.yaml:2: activity a: transfer must be one of adequacy, scc, bcr, derogation, or left out"}},
		"role":             {"activities: [{id: a, stores: [x], role: boss}]" + rest, []string{"probity.yaml:1: activity a: role must be one of controller, processor, joint"}},
		"country":          {"activities: [{id: a, stores: [x], country: Germany}]" + rest, []string{"probity.yaml:1: activity a: countries are written in two capital letters, such as DE (ISO 3166-1)"}},
		"days":             {"activities: [{id: a, stores: [x], retention_days: -5}]" + rest, []string{"probity.yaml:1: activity a: retention_days is below 0"}},
		"output elsewhere": {"outputs: {sarif: ../../etc/passwd}" + rest, []string{"probity.yaml:1: outputs: sarif is written below the current directory only: give -o for another place"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := load(t, tc.text, false)
			if diff := cmp.Diff(tc.want, l.Trouble); diff != "" {
				t.Error(diff)
			}
			if !cmp.Equal(l.File.Exclude, []string{"keep"}) || l.File.Rules.Only != nil || l.File.Policies != nil || l.File.TrustRules {
				t.Errorf("the rest: %+v", l.File)
			}
		})
	}
}

func TestBrokenFile(t *testing.T) {
	t.Parallel()
	l := load(t, "exclude: [a\nfail_on: low: high", false)
	if len(l.Trouble) != 1 || !strings.HasPrefix(l.Trouble[0], "probity.yaml:") || strings.Contains(l.Trouble[0], "\n") {
		t.Errorf("got %q", l.Trouble)
	}
	if l := load(t, "", false); len(l.Trouble) > 0 {
		t.Errorf("an empty file says nothing: %q", l.Trouble)
	}
	if l := load(t, "rules: [versioning]\npolicies: [mine]\n", true); len(l.Trouble) > 0 || len(l.File.Rules.Only) != 1 || len(l.File.Policies) != 1 {
		t.Errorf("a named file may choose rules: %+v", l)
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml"), true); err == nil {
		t.Error("a named file that is not there is an error")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("exclude: [a]\nwaivers: [{rule: a}]")
	f.Add("a: &a [*a]")
	f.Add("activities: [{id: 1, retention_days: x}]")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), Name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(path, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range l.Trouble {
			if strings.Contains(s, "\n") {
				t.Errorf("more than one line: %q", s)
			}
		}
		l.Declarations()
		l.Waivers()
	})
}

func TestLargeFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(path, []byte("exclude: ["+strings.Repeat("a,", 1<<20)+"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path, false); err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("got %v", err)
	}
}
