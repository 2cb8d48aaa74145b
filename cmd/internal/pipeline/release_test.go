package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/probity-scan/probity/reports/gate"
)

// TestReleases: what a release found, with its fingerprints and digests, is found by this one. There is no -update: people's
// waivers and baselines hold these. A rule whose digest must change says so by a new behaviour, and its lines leave the file.
func TestReleases(t *testing.T) {
	t.Parallel()
	inputs, err := filepath.Glob("testdata/releases/*.txtar")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("got %v, %v, want a release", inputs, err)
	}
	for _, input := range inputs {
		t.Run(filepath.Base(input), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			archive, err := txtar.ParseFile(input)
			if err != nil {
				t.Fatal(err)
			}
			if err := txtar.Write(archive, dir); err != nil {
				t.Fatal(err)
			}
			f, err := os.Open(strings.TrimSuffix(input, ".txtar") + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			want, err := gate.ReadBaseline(f)
			if err != nil || len(want) == 0 {
				t.Fatalf("got %d entries, %v", len(want), err)
			}
			entries, err := gate.Entries(job{dir: dir, base: "release", config: filepath.Join(dir, "probity.yaml")}.run(t), gate.Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			digests := map[string]string{}
			for _, e := range entries {
				digests[e.Fingerprint] = e.Digest
			}
			for _, e := range want {
				if got := digests[e.Fingerprint]; got != e.Digest {
					t.Errorf("%s on %s, %s %s: got digest %q, the release had %q", e.Rule, e.Asset, e.Fact, e.Element, got, e.Digest)
				}
			}
		})
	}
}
