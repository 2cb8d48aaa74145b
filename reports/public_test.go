package reports

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// Nothing that tells the sort of personal data, or where it is in a store, is in what every reader of a repository sees.
func TestPublicFormatsNameNoCategory(t *testing.T) {
	t.Parallel()
	secret := []string{"health", "diagnosis", "allergy", "special", "card", "655"}
	for _, f := range Formats() {
		for name, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "rules of its own": onLabelsScan(), "without rules": ruleless()} {
			got := strings.ToLower(formatted(t, f.Name, s))
			if before, laws, ok := strings.Cut(got, `"taxonomies":`); ok && f.Public { // what laws speak of, whatever was found
				_, after, _ := strings.Cut(laws, `"automationdetails":`)
				got = before + after
			}
			for _, word := range secret {
				if f.Public && strings.Contains(got, word) {
					i := strings.Index(got, word)
					t.Errorf("%s of %s names %q: …%s…", f.Name, name, word, got[max(0, i-80):min(len(got), i+80)])
				}
			}
			if !f.Public && f.Name != "csv-gaps" && !strings.Contains(got, "health") {
				t.Errorf("%s of %s was to name the category", f.Name, name)
			}
			if f.Public && !strings.Contains(got, "personal data") {
				t.Errorf("%s of %s does not say that something is wrong with personal data", f.Name, name)
			}
		}
	}
}

// labelledScan is a scan in which rules of each sort rest on labels: by what they read, by what they found, by a linked asset.
func labelledScan(rules ...probity.Rule) probity.Scan {
	a := tf("aws_s3_bucket.b")
	out := []probity.Outcome{
		element(failing("reads-labels", a, probity.High, "b holds health data in diagnosis", ev(a, "exposure.public", true, pos(mainTF, 3, 1)), ev(a, "labels[0].category", "health", nil)), "health"),
		element(failing("reads-labels", a, probity.Critical, "b holds special data", ev(a, "exposure.public", true, pos(mainTF, 4, 1))), "special"),
		element(failing("reads-linked", a, probity.High, "b logs health data", ev(a, "audit.access", true, pos(mainTF, 5, 1))), "diagnosis"),
		element(failing("speaks-in-general", a, probity.High, "b is public and holds personal data (health)", ev(a, "exposure.public", true, pos(mainTF, 6, 1))), "health"),
		unknown("reads-labels", tf("c"), gap(tf("c"), "labels[0].category", probity.Gap{Reason: probity.NotCollected}, nil)),
		failing("plain", a, probity.Low, "b is plain", ev(a, "encryption.at_rest", false, pos(mainTF, 7, 1))),
	}
	out[5].Findings[0].Risk.Because = []probity.Evidence{ev(a, "labels[0].category", "health", nil)}
	s := probity.Scan{Header: probity.Header{Rules: rules, Started: now()}, Outcomes: over(out)}
	s.Assets = over([]probity.Asset{{Ref: a, Labels: probity.Whole(nil, probity.Label{Detector: "card", Category: probity.Health, On: "diagnosis"})}})
	return s
}

func onLabelsScan() probity.Scan {
	return labelledScan(probity.Rule{ID: "reads-labels", Title: "No health data", Reads: []probity.Path{"exposure.public", "labels"}},
		probity.Rule{ID: "reads-linked", Title: "No health data in logs", Reads: []probity.Path{"links.logs-to.labels"}},
		probity.Rule{ID: "speaks-in-general", Title: "Personal data is not public", Reads: []probity.Path{"exposure.public", "labels"}, General: true},
		probity.Rule{ID: "plain", Title: "Plain", Reads: []probity.Path{"encryption.at_rest"}})
}

// ruleless has lost its rules: nobody knows what they read.
func ruleless() probity.Scan { return labelledScan() }

func TestPublicJoinsAndKeeps(t *testing.T) {
	t.Parallel()
	scan := Public(onLabelsScan())
	got := map[string][]probity.Finding{}
	for o, err := range scan.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Findings {
			got[o.Rule+" "+string(o.Verdict)] = append(got[o.Rule+" "+string(o.Verdict)], f)
		}
	}
	hidden := got["personal-data fail"]
	if len(hidden) != 1 || hidden[0].Risk.Severity != probity.Critical || hidden[0].Element != "" || place(hidden[0]) != mainTF+":4" ||
		!strings.Contains(hidden[0].Message, "rules on personal data") {
		t.Errorf("findings on labels are %+v, want one, as bad as the worst", hidden)
	}
	if f := got["speaks-in-general fail"]; len(f) != 1 || f[0].Message != "aws_s3_bucket.b does not keep the rule: Personal data is not public" {
		t.Errorf("a rule that speaks in general gives %+v", f)
	}
	if f := got["plain fail"]; len(f) != 1 || f[0].Message != "b is plain" || f[0].Risk.Because != nil {
		t.Errorf("a rule that reads no labels gives %+v", f)
	}
	if len(got["personal-data unknown"]) != 1 {
		t.Errorf("what is unknown is gone: %v", got)
	}
	for _, r := range onLabelsScan().Rules {
		if slices.ContainsFunc(scan.Rules, func(x probity.Rule) bool { return x.ID == r.ID }) == strings.HasPrefix(r.ID, "reads-") {
			t.Errorf("rule %s is told, or not told, wrongly", r.ID)
		}
	}
}

// A fingerprint made of a rule and a column could be found by trying: those of findings on labels are made of neither.
func TestPublicFingerprintsTellNothing(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for o, err := range onLabelsScan().Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Findings {
			tried[f.Fingerprint] = o.Rule != "plain"
		}
	}
	for o, err := range Public(onLabelsScan()).Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Findings {
			if tried[f.Fingerprint] {
				t.Errorf("%s keeps the fingerprint of %s", o.Rule, f.Message)
			}
		}
	}
}

func TestOnLabels(t *testing.T) {
	t.Parallel()
	for p, want := range map[probity.Path]bool{"labels": true, "labels[3].category": true, "links.logs-to.labels": true, "tags.labels_of": false, "encryption.at_rest": false, "": false} {
		if onLabels(p) != want {
			t.Errorf("%s: got %v, want %v", p, !want, want)
		}
	}
}
