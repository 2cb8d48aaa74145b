package reports

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// judges are formats with the judge that validate.py has for each, and what a report is spoilt by that the judge has to refuse: one that is
// not strict would prove nothing.
func judges() map[string]struct{ by, from, to string } {
	return map[string]struct{ by, from, to string }{
		"ocsf":               {"ocsf", `"severity_id":`, `"severity_idea":`},
		"asff":               {"asff", `"Title":`, `"Titel":`},
		"oscal":              {"oscal", `"collected":`, `"collection":`},
		"junit":              {"junit", ` tests="`, ` trials="`},
		"gitlab-codequality": {"codequality", `"Security"`, `"Safety"`},
		"markdown":           {"markdown", "### ", "@octo/all [x](https://evil.example)\n\n### "},
		"github-summary":     {"markdown", "### ", "see #1 <img src=x>\n\n### "},
	}
}

// What the makers of a format publish judges it. The Makefile installs it, and sets the variable.
func TestFormatsInValidators(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PROBITY_VALIDATORS")
	if python == "" {
		t.Fatal("PROBITY_VALIDATORS is not set to a Python that has the validators of formats; run make test, which installs them")
	}
	scans := map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}, "live": live(), "estate": estate(60)}
	dir := t.TempDir()
	args, want := []string{filepath.Join("testdata", "validate.py")}, 0
	for format, j := range judges() {
		for name, s := range scans {
			file := filepath.Join(dir, name+"."+format)
			if err := os.WriteFile(file, []byte(formatted(t, format, s)), 0o600); err != nil {
				t.Fatal(err)
			}
			args, want = append(args, j.by, file), want+1
		}
		whole := formatted(t, format, clinic())
		out := strings.Replace(whole, j.from, j.to, 1)
		if out == whole {
			t.Fatalf("%s: nothing to spoil", format)
		}
		broken := filepath.Join(dir, "broken."+format)
		if err := os.WriteFile(broken, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, j.by, broken)
	}
	out, err := exec.CommandContext(t.Context(), python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("running %s: %v\n%s", python, err, out)
	}
	judged, refused := 0, map[string]bool{}
	for _, line := range strings.Split(string(out), "\n") {
		_, format, broken := strings.Cut(line, "broken.")
		switch format, wrong, _ := strings.Cut(format, ": "); {
		case broken:
			refused[format] = refused[format] || wrong != "judged"
		case strings.HasSuffix(line, ": judged"):
			judged++
		case line != "":
			t.Error(line)
		}
	}
	if judged != want {
		t.Errorf("%d reports judged, want %d", judged, want)
	}
	for format := range judges() {
		if !refused[format] {
			t.Errorf("%s: a spoilt one passes", format)
		}
	}
}

// The page of formats says of each who judges it.
func TestEachFormatIsInTheDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "docs", "formats", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats() {
		told := false
		for _, row := range strings.Split(string(page), "\n") {
			cells := strings.Split(row, "|")
			told = told || len(cells) == 5 && strings.Contains(cells[1], "`"+f.Name+"`") && strings.TrimSpace(cells[3]) != ""
		}
		if !told {
			t.Errorf("docs/formats/README.md does not say who judges %s", f.Name)
		}
	}
}

// live is a scan of accounts of AWS in two partitions.
func live() probity.Scan {
	s := clinic()
	iban := label("iban", probity.Financial, "a.csv:iban", 5, 9, 1)
	iban.Origin = &probity.Origin{Call: "s3:GetObject", At: now()}
	at := func(partition, account, region, name string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:" + partition + ":s3:::" + name}, Name: name, Kind: "aws.s3.bucket", Class: probity.Bucket,
			Scope:  probity.Scope{Provider: "aws", Account: account, Region: region},
			Labels: probity.Whole(nil, iban)}
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
