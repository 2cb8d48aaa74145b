package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func TestCells(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@sum": "'@sum", "\t=x": "' =x", "\r\n=x": "'  =x", `"=x`: `'"=x`, "＝x": "'＝x",
		"a=b": "a=b", "": "", "1": "1", "files:exports": "files:exports",
	} {
		if got := cell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// No cell of any table begins as a formula, whatever names are, and each row is whole.
func TestTablesAreRectangular(t *testing.T) {
	t.Parallel()
	formula := hostile()
	formula.Assets = over([]probity.Asset{{Ref: probity.Ref{ID: "=HYPERLINK(1)"}, Name: "@x", Kind: "+x"}})
	formula.Outcomes = over([]probity.Outcome{failing("-r", probity.Ref{ID: "=HYPERLINK(1)"}, probity.High, "=cmd|x", ev(probity.Ref{ID: "=a"}, "@f", 1, pos("=x.tf", 1, 1)))})
	for _, name := range []string{"csv", "csv-assets", "csv-gaps"} {
		for which, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}, "formula": formula} {
			rows, err := csv.NewReader(strings.NewReader(formatted(t, name, s))).ReadAll() // counts fields itself
			if err != nil {
				t.Fatalf("%s of %s: %v", name, which, err)
			}
			for _, row := range rows {
				for _, c := range row {
					if strings.ContainsAny(strings.TrimSpace(c + " ")[:min(1, len(strings.TrimSpace(c)))], "=+-@") {
						t.Errorf("%s of %s: %q is a formula", name, which, c)
					}
				}
			}
		}
	}
}

func TestNDJSON(t *testing.T) {
	t.Parallel()
	for which, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "empty": {}} {
		var n Ending
		var last Record
		whole := Document{Coverage: []probity.Coverage{}, Assets: []probity.Asset{}, Outcomes: []probity.Outcome{}}
		for line := range bytes.Lines([]byte(formatted(t, "ndjson", s))) {
			var r Record
			dec := json.NewDecoder(bytes.NewReader(line))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&r); err != nil {
				t.Fatalf("%s: %v", which, err)
			}
			switch r.Record {
			case ScanRecord:
				whole.Header = *r.Scan
			case CoverageRecord:
				n.Coverage++
				whole.Coverage = append(whole.Coverage, *r.Coverage)
			case AssetRecord:
				n.Assets++
				whole.Assets = append(whole.Assets, *r.Asset)
			case OutcomeRecord:
				n.Outcomes++
				whole.Outcomes = append(whole.Outcomes, *r.Outcome)
			case FindingRecord:
				of := &whole.Outcomes[len(whole.Outcomes)-1]
				of.Findings = append(of.Findings, r.Finding.Finding)
				if n.Findings++; r.Finding.Rule == "" || r.Finding.Fingerprint == "" {
					t.Errorf("%s: a finding stands alone without rule and fingerprint: %s", which, line)
				}
			}
			last = r
		}
		n.Incomplete = which != "empty"
		if last.End == nil || *last.End != n {
			t.Errorf("%s: ends with %+v, want %+v", which, last.End, n)
		}
		whole.End = n.End
		doc, err := json.Marshal(whole)
		if err == nil {
			err = validate(t, doc)
		}
		if err != nil {
			t.Errorf("%s: put together again it is no scan: %v", which, err)
		}
	}
}

// Findings bear their own account, and the partition of its region.
func TestASFFAccounts(t *testing.T) {
	t.Parallel()
	var got []asffFinding
	if err := json.Unmarshal([]byte(formatted(t, "asff", live())), &got); err != nil {
		t.Fatal(err)
	}
	arns := map[string]string{}
	for _, f := range got {
		arns[f.AwsAccountID] = f.ProductArn
	}
	for account, want := range map[string]string{
		"123456789012": "arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default",
		"210987654321": "arn:aws-cn:securityhub:cn-north-1:210987654321:product/210987654321/default",
	} {
		if arns[account] != want {
			t.Errorf("account %s: got %s, want %s", account, arns[account], want)
		}
	}
	if _, ok := arns[nobody]; ok {
		t.Error("a finding is in no account, and the scan has some")
	}
	for _, f := range got {
		if b, err := json.Marshal(f); err != nil || len(b) > 240<<10 || len([]rune(f.Title)) > 256 || len([]rune(f.Description)) > 1024 || len(f.ID) > 512*4 {
			t.Errorf("%s is over the limits of the format: %d bytes, %v", f.ID, len(b), err)
		}
	}
}

// What is inside a store makes a data security finding, what is set on it a compliance finding, and unknown is no pass.
func TestOCSFClasses(t *testing.T) {
	t.Parallel()
	var got []ocsfEvent
	if err := json.Unmarshal([]byte(formatted(t, "ocsf", clinic())), &got); err != nil {
		t.Fatal(err)
	}
	classes := map[string]int{}
	for _, e := range got {
		if v := e.Unmapped["verdict"]; v != "" {
			classes[e.Unmapped["rule"]+" "+v] = e.Class
			if v == "unknown" && (e.Compliance == nil || e.Compliance.Status != 0 || len(e.Compliance.Details) == 0) {
				t.Errorf("%s is unknown, and told as %+v", e.Info.UID, e.Compliance)
			}
		}
	}
	for of, want := range map[string]int{"special-category-in-clear fail": ocsfData, "encryption-at-rest fail": ocsfCompliance, "special-category-in-clear unknown": ocsfCompliance} {
		if classes[of] != want {
			t.Errorf("%s: got class %d, want %d", of, classes[of], want)
		}
	}
}

// A control is called satisfied only where a scan alone can tell, all was read and nothing is unknown.
func TestOSCALSatisfied(t *testing.T) {
	t.Parallel()
	states := func(s probity.Scan) map[string]string {
		var doc struct {
			Results struct {
				Results []struct{ Findings []oscalFinding }
			} `json:"assessment-results"`
		}
		if err := json.Unmarshal([]byte(formatted(t, "oscal", s)), &doc); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, f := range doc.Results.Results[0].Findings {
			out[f.Target.ID] = f.Target.Status.State + " " + f.Target.Status.Reason
		}
		return out
	}
	lost := clinic()
	lost.Outcomes = over([]probity.Outcome{{Rule: "access-logging", Asset: tf("a"), Verdict: probity.Pass}, {Rule: "encryption-at-rest", Asset: tf("a"), Verdict: probity.Pass}})
	whole := lost
	whole.Trouble, whole.Coverage, whole.Assets = nil, nil, nil
	open := whole
	open.Outcomes = over([]probity.Outcome{unknown("access-logging", tf("a"), gap(tf("a"), "audit.access", probity.Gap{Reason: probity.Computed}, nil))})
	for name, c := range map[string]struct {
		scan          probity.Scan
		control, want string
	}{
		"passes, automatic":    {whole, "pci-dss-10.2.1", "satisfied pass"},
		"passes, partly":       {whole, "pci-dss-3.5.1", "not-satisfied other"},
		"passes, not all read": {lost, "pci-dss-10.2.1", "not-satisfied other"},
		"unknown":              {open, "pci-dss-10.2.1", "not-satisfied other"},
		"fails":                {clinic(), "gdpr-32.1.a", "not-satisfied fail"},
	} {
		if got := states(c.scan)[c.control]; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// A framework that does not apply, as declared, asks for nothing; of more requirements than the format takes the rest is counted.
func TestRequirements(t *testing.T) {
	t.Parallel()
	s := clinic()
	s.Frameworks = clinicFrameworks()
	s.Frameworks[1].Standing = &probity.Standing{Applies: probity.OutOfScope, Because: []string{"no card data"}}
	for _, name := range []string{"csv", "ocsf", "asff", "oscal"} {
		if got := formatted(t, name, s); strings.Contains(got, "pci-dss") || !strings.Contains(got, "gdpr") {
			t.Errorf("%s tells of a framework that does not apply, or of none", name)
		}
	}
	many := make([]requirement, 40)
	if got := fitting(many); len(got) != 32 || got[31] != "and 9 more" {
		t.Errorf("got %d, the last %q", len(got), got[len(got)-1])
	}
	if got := fitting(many[:32]); len(got) != 32 || strings.HasPrefix(got[31], "and") {
		t.Errorf("got %v", got)
	}
}
