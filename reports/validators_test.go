package reports

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// OCSF's own schema, the model of Security Hub's API and NIST's of OSCAL judge these formats. The Makefile installs what holds
// them, and sets the variable.
func TestFormatsInValidators(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PROBITY_VALIDATORS")
	if python == "" {
		t.Fatal("PROBITY_VALIDATORS is not set to a Python that has the validators of formats; run make test, which installs them")
	}
	scans := map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}, "live": live(), "estate": estate(60)}
	dir := t.TempDir()
	args, want := []string{filepath.Join("testdata", "validate.py")}, 0
	for _, format := range []string{"ocsf", "asff", "oscal"} {
		for name, s := range scans {
			file := filepath.Join(dir, name+"."+format)
			if err := os.WriteFile(file, []byte(formatted(t, format, s)), 0o600); err != nil {
				t.Fatal(err)
			}
			args, want = append(args, format, file), want+1
		}
		broken := filepath.Join(dir, "broken."+format)
		if err := os.WriteFile(broken, []byte(spoilt(t, format)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, format, broken)
	}
	out, err := exec.CommandContext(t.Context(), python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("running %s: %v\n%s", python, err, out)
	}
	judged, refused := 0, map[string]bool{}
	for _, line := range strings.Split(string(out), "\n") {
		format, _, _ := strings.Cut(line, " ")
		switch {
		case strings.Contains(line, "broken."):
			refused[format] = refused[format] || strings.Contains(line, ":") && !strings.HasSuffix(line, ": judged")
		case strings.HasSuffix(line, ": judged"):
			judged++
		case line != "":
			t.Error(line)
		}
	}
	if judged != want || len(refused) != 3 || !refused["ocsf"] || !refused["asff"] || !refused["oscal"] {
		t.Errorf("%d reports judged, want %d; spoilt ones refused: %v", judged, want, refused)
	}
}

// spoilt is a report that its validator has to refuse: one that is not strict would prove nothing.
func spoilt(t *testing.T, format string) string {
	t.Helper()
	change := map[string][2]string{"ocsf": {`"severity_id":`, `"severity_idea":`}, "asff": {`"Title":`, `"Titel":`}, "oscal": {`"collected":`, `"collection":`}}[format]
	whole := formatted(t, format, clinic())
	out := strings.Replace(whole, change[0], change[1], 1)
	if out == whole {
		t.Fatalf("%s: nothing to spoil", format)
	}
	return out
}

// live is a scan of accounts of AWS in two partitions.
func live() probity.Scan {
	s := clinic()
	at := func(partition, account, region, name string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:" + partition + ":s3:::" + name}, Name: name, Kind: "aws.s3.bucket", Class: probity.Bucket,
			Scope:  probity.Scope{Provider: "aws", Account: account, Region: region},
			Labels: probity.Whole(nil, label("iban", probity.Financial, "a.csv:iban", 5, 9, 1))}
	}
	assets := []probity.Asset{at("aws-cn", "210987654321", "cn-north-1", "b"), at("aws", "123456789012", "eu-central-1", "a")}
	s.Assets = over(assets)
	var out []probity.Outcome
	for _, a := range assets {
		out = append(out, element(failing("special-category-in-clear", a.Ref, probity.High, a.ID+" keeps account numbers in clear",
			ev(a.Ref, "labels[0].category", "financial", &probity.Origin{Call: "s3:GetObject", At: now()})), "a.csv:iban"))
	}
	s.Outcomes = over(out)
	return s
}
