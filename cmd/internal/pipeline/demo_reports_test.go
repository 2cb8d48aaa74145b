package pipeline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/probity-scan/probity/reports"
)

// written gives all reports of a scan by format, and its log.
func written(t *testing.T, j job) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	var log bytes.Buffer
	j.log = &log
	scan := j.run(t)
	for _, f := range reports.Formats() {
		var b bytes.Buffer
		if err := f.Write(&b, scan); err != nil {
			t.Fatal(err)
		}
		out[f.Name] = b.Bytes()
	}
	out["log"] = log.Bytes()
	return out
}

// TestDemoIsReproducible: whatever runs side by side, reports have the same bytes.
func TestDemoIsReproducible(t *testing.T) {
	t.Parallel()
	one, two := clinicJob(), clinicJob()
	one.parallel, two.parallel = 1, 8
	same(t, written(t, one), written(t, two))
}

// TestDemoNeedsNoRepository: an unpacked archive, with other modes and without git, gives what a clone gives.
func TestDemoNeedsNoRepository(t *testing.T) {
	t.Parallel()
	j := clinicJob()
	clone := written(t, j)
	dir := filepath.Join(t.TempDir(), filepath.FromSlash(clinic))
	if err := os.CopyFS(dir, os.DirFS(j.dir)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chmod(p, 0o777)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The configuration stays where it was: its own path is in what it declares.
	archive := written(t, job{dir: dir, base: clinic, config: j.config, rules: j.rules})
	for name := range archive { // of all facts only this one is the repository's
		clone[name], archive[name] = tracked.ReplaceAll(clone[name], nil), tracked.ReplaceAll(archive[name], nil)
	}
	same(t, clone, archive)
}

var tracked = regexp.MustCompile(`"tracked":\{"value":(true|false),"origin":\{[^}]*\}\},`)

func same(t *testing.T, one, two map[string][]byte) {
	t.Helper()
	for _, f := range reports.Formats() {
		if len(one[f.Name]) == 0 || !bytes.Equal(one[f.Name], two[f.Name]) {
			t.Errorf("%s: two runs differ, or wrote nothing", f.Name)
		}
	}
}

// TestDemoPlacesExist: every location in SARIF is a line of a file in the repository, or a folder in it.
func TestDemoPlacesExist(t *testing.T) {
	t.Parallel()
	var log struct {
		Runs []struct{ Results []located }
	}
	if err := json.Unmarshal(written(t, clinicJob())["sarif"], &log); err != nil {
		t.Fatal(err)
	}
	if got, want := len(log.Runs[0].Results), len(planted()); got != want {
		t.Errorf("got %d results, want %d", got, want)
	}
	for _, r := range log.Runs[0].Results {
		if len(r.Locations) == 0 {
			t.Errorf("%s: no location", r.RuleID)
		}
		for _, l := range r.Locations {
			if len(l.LogicalLocations) == 0 || l.LogicalLocations[0].FullyQualifiedName == "" {
				t.Errorf("%s: no asset is named", r.RuleID)
			}
			at := l.PhysicalLocation
			if why := misplaced(at.ArtifactLocation.URI, at.Region.StartLine, at.Region.StartColumn); why != "" {
				t.Errorf("%s: %s", r.RuleID, why)
			}
		}
	}
}

type located struct {
	RuleID    string
	Locations []struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine, StartColumn int }
		}
		LogicalLocations []struct{ FullyQualifiedName string }
	}
}

// misplaced says what is wrong with a place. A folder, and a file without lines, has line 1.
func misplaced(uri string, line, column int) string {
	name := filepath.Join(repository, filepath.FromSlash(uri))
	if info, err := os.Stat(name); err != nil || info.IsDir() {
		if err != nil || line != 1 || column != 1 {
			return fmt.Sprintf("%s, line %d, is no place in the repository", uri, line)
		}
		return ""
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(b), "\n")
	if line > len(lines) || column > len(lines[line-1])+1 {
		return fmt.Sprintf("%s has no line %d, column %d", uri, line, column)
	}
	return ""
}
