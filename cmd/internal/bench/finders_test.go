package bench

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/synthetic"
)

// finder is another program that finds personal data or secrets.
type finder struct {
	name    string
	command []string
	args    func(dir string, files []string) []string
	// read gives what it found of a run's folder and output, by file.
	read func(b *testing.B, dir string, out []byte, files []synthetic.File) map[string][]synthetic.Label
	kind map[string]string // its entities by our detectors
}

// finders are those that are installed: Presidio by a Python that has presidio-analyzer in PROBITY_PRESIDIO, ferret-scan by
// PROBITY_FERRET or on PATH, gitleaks by PROBITY_GITLEAKS or on PATH.
func finders() (out []finder) {
	if c := installed("PROBITY_PRESIDIO", "presidio-python"); c != nil {
		script, err := filepath.Abs("testdata/presidio/spans.py")
		if err == nil {
			out = append(out, finder{"presidio", append(c, script), func(_ string, files []string) []string { return files }, presidioFound,
				map[string]string{"CREDIT_CARD": "payment-card", "IBAN_CODE": "iban", "US_SSN": "us-ssn", "UK_NHS": "uk-nhs", "EMAIL_ADDRESS": "email", "IP_ADDRESS": "ip-address", "DATE_TIME": "date-of-birth"}})
		}
	}
	if c := installed("PROBITY_FERRET", "ferret-scan"); c != nil {
		out = append(out, finder{"ferret-scan", c, func(dir string, _ []string) []string {
			return []string{"--file", dir, "--recursive", "--format", "json", "--show-match", "--limit", "0", "--quiet"}
		}, ferretFound, map[string]string{"creditcard": "payment-card", "bankaccount": "iban", "ssn": "us-ssn", "email": "email", "ipaddress": "ip-address", "dob": "date-of-birth", "phone": "phone-e164", "personname": "person-name", "physicaladdress": "postal-address"}})
	}
	if c := installed("PROBITY_GITLEAKS", "gitleaks"); c != nil {
		out = append(out, finder{"gitleaks", c, func(dir string, _ []string) []string {
			return []string{"dir", dir, "--no-banner", "--exit-code", "0", "--report-format", "json", "--report-path", filepath.Join(dir, "..", "gitleaks.json")}
		}, gitleaksFound, map[string]string{"aws-access-token": "aws-access-key-id"}})
	}
	return out
}

// program runs one over a corpus on disk, measures it and scores it. Without a finder it is Probity.
func program(b *testing.B, s sample, name string, o *finder, mine map[string]synthetic.Score) {
	dir := filepath.Join(b.TempDir(), "corpus")
	if err := os.Mkdir(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	var files []string
	for _, f := range s.files {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Text, 0o600); err != nil {
			b.Fatal(err)
		}
		files = append(files, path)
	}
	command, args := []string{probity(b)}, []string{"detect", "--spans", dir}
	if o != nil {
		command, args = o.command, o.args(dir, files)
	}
	var out bytes.Buffer
	var runs []run
	for b.Loop() {
		out.Reset()
		cmd := commandOf(b, dir, command, args)
		cmd.Stdout = &out
		runs = append(runs, measured(b, cmd))
	}
	r := report(b, runs)
	b.ReportMetric(float64(s.size())/1e6/r.cpu.Seconds(), "MB/s-cpu")
	if o == nil {
		b.ReportMetric(synthetic.Overall(mine).F1(), "F1")
		return
	}
	theirs, ours := map[string]synthetic.Score{}, map[string]synthetic.Score{}
	known := map[string]bool{}
	for _, id := range o.kind {
		known[id] = true
		ours[id] = mine[id]
	}
	got := o.read(b, dir, out.Bytes(), s.files)
	for _, f := range s.files {
		var labels []synthetic.Label
		for _, l := range f.Labels {
			if known[l.Detector] {
				labels = append(labels, l)
			}
		}
		synthetic.Add(theirs, labels, got[f.Name])
	}
	b.ReportMetric(synthetic.Overall(theirs).F1(), "F1")
	b.ReportMetric(synthetic.Overall(ours).F1(), "F1-of-probity")
	b.Log(compared(name, theirs, ours))
}

func presidioFound(b *testing.B, _ string, out []byte, files []synthetic.File) map[string][]synthetic.Label {
	o := finders()[0]
	got := map[string][]synthetic.Label{}
	dec := json.NewDecoder(bytes.NewReader(out))
	for dec.More() {
		var x struct {
			File, Entity string
			Start, End   int
			Score        float64
		}
		if err := dec.Decode(&x); err != nil {
			b.Fatal(err)
		}
		if id := o.kind[x.Entity]; id != "" && x.Score >= .5 {
			got[filepath.Base(x.File)] = append(got[filepath.Base(x.File)], synthetic.Label{Start: x.Start, End: x.End, Detector: id})
		}
	}
	return got
}

func ferretFound(b *testing.B, _ string, out []byte, files []synthetic.File) map[string][]synthetic.Label {
	var x struct {
		Results []struct {
			Text, Type, Validator, Filename string
			Line                            int `json:"line_number"`
		}
	}
	if err := json.Unmarshal(out[max(0, bytes.IndexByte(out, '{')):], &x); err != nil {
		b.Fatal(err)
	}
	got := map[string][]synthetic.Label{}
	for _, r := range x.Results {
		for _, o := range finders() {
			if id := o.kind[strings.ToLower(strings.ReplaceAll(r.Validator, "_", ""))]; o.name == "ferret-scan" && id != "" {
				name := filepath.Base(r.Filename)
				got[name] = append(got[name], at(files, name, r.Line, r.Text, id)...)
			}
		}
	}
	return sorted(got)
}

func gitleaksFound(b *testing.B, dir string, _ []byte, files []synthetic.File) map[string][]synthetic.Label {
	out, err := os.ReadFile(filepath.Join(dir, "..", "gitleaks.json"))
	if err != nil {
		b.Fatal(err)
	}
	var x []struct {
		RuleID, File, Secret string
		StartLine            int
	}
	if err := json.Unmarshal(out, &x); err != nil {
		b.Fatal(err)
	}
	got := map[string][]synthetic.Label{}
	for _, r := range x {
		if r.RuleID == "aws-access-token" {
			name := filepath.Base(r.File)
			got[name] = append(got[name], at(files, name, r.StartLine, r.Secret, "aws-access-key-id")...)
		}
	}
	return sorted(got)
}
