package reports

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares with testdata/name, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test ./reports -update", err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s is stale; look at the difference, then run go test ./reports -update (- want, + got):\n%s", file, d)
	}
}

func jsonOf(t *testing.T, s probity.Scan) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSON(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.json", jsonOf(t, clinic()))
}

func TestJSONIsOneDocumentOfLines(t *testing.T) {
	t.Parallel()
	b := jsonOf(t, clinic())
	var d Document
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	want := End{Coverage: len(clinicCoverage()), Assets: len(clinicAssets()), Outcomes: len(clinicOutcomes())}
	if d.End != want || len(d.Outcomes) != want.Outcomes || len(d.Assets) != want.Assets {
		t.Errorf("end is %+v, want %+v", d.End, want)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if got, want := len(lines), 5+want.Coverage+want.Assets+want.Outcomes; got != want {
		t.Errorf("%d lines, want %d: one an element", got, want)
	}
}

func TestJSONOfAnEmptyScan(t *testing.T) {
	t.Parallel()
	got := string(jsonOf(t, probity.Scan{}))
	want := `{"format":"1.0","tool":"","started":"0001-01-01T00:00:00Z","targets":[],"rules":[],"frameworks":[],` + "\n" +
		`"coverage":[],` + "\n" + `"assets":[],` + "\n" + `"outcomes":[],` + "\n" + `"end":{"coverage":0,"assets":0,"outcomes":0}}` + "\n"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
