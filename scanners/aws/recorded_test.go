package aws_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

var update = flag.Bool("update", false, "write generated files anew")

// factsFile lists the facts of each kind that a scan of live stores tells.
const factsFile = "testdata/facts.json"

// TestRecorded scans the shapes of testdata/recorded: what the emulator has not. Of each archive, "facts" is a table of asset,
// path and value, "copies" one of links of what other regions and accounts list, and "unasked" one of kind and path of what no API
// tells.
func TestRecorded(t *testing.T) {
	told, met := toldFacts{}, metOperations{recorded: map[string]bool{}, emulated: map[string]bool{}}
	files, err := filepath.Glob("testdata/recorded/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded shapes (%v)", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			services := strings.Fields(strings.SplitN(string(archive.Comment), "\n", 2)[0])
			target := "aws:region=" + awstest.Region + ",services=" + strings.Join(services, ";") + ",endpoint=" + awstest.Recorded(t, archive)
			taken := &taken{answers: map[string]bool{}, lost: map[string]bool{}}
			found := awstest.ScanBy(t, taken.by(t, target), []string{target}, probity.Asks{}, aws.Options{Pause: time.Second / 10})
			taken.check(t, archive)
			met.record(archive)
			told.add(found)
			for line := range lines(archive, "facts") {
				id, rest, _ := strings.Cut(line, " ")
				path, want, _ := strings.Cut(rest, " ")
				wantFact(t, fragment(t, found, id, probity.Path(path)), probity.Path(path), want)
			}
			for line := range lines(archive, "copies") {
				wantLink(t, found, strings.Fields(line))
			}
			checkUnasked(t, found, slices.Collect(lines(archive, "unasked")))
		})
	}
	if t.Failed() {
		return
	}
	endpoint := awstest.Emulator(t)
	awstest.Fill(t, endpoint)
	target := "aws:region=" + awstest.Region + ",endpoint=" + endpoint
	told.add(awstest.ScanBy(t, met.by(t, target), []string{target}, probity.Asks{}, aws.Options{Pause: time.Second / 10}))
	told.check(t)
	met.check(t)
}

// wantLink: something told of an asset that it has a link, by asset, kind and the asset at the other end.
func wantLink(t *testing.T, found awstest.Scanned, link []string) {
	t.Helper()
	if !slices.ContainsFunc(found.Assets, func(a probity.Asset) bool {
		return a.ID == link[0] && slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return string(l.Kind) == link[1] && l.To.ID == link[2] })
	}) {
		t.Errorf("nothing tells of %v", link)
	}
}

// fragment is the asset of an ID that tells of a fact: several services may tell of one.
func fragment(t *testing.T, found awstest.Scanned, id string, path probity.Path) probity.Asset {
	t.Helper()
	for _, a := range found.Assets {
		if a.ID != id {
			continue
		}
		for p, l := range probity.Leaves(&a) {
			if _, gap := l.Value(); p == path && (gap == nil || gap.Reason != probity.NotCollected) {
				return a
			}
		}
	}
	return found.Asset(t, id)
}

func lines(archive *txtar.Archive, name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, f := range archive.Files {
			if f.Name != name {
				continue
			}
			for line := range strings.Lines(string(f.Data)) {
				if line = strings.TrimSpace(line); line != "" && !yield(line) {
					return
				}
			}
		}
	}
}

// checkUnasked: facts of which "no API is asked for it" are those listed with the reason, no more and no fewer.
func checkUnasked(t *testing.T, found awstest.Scanned, want []string) {
	t.Helper()
	var got []string
	for _, c := range found.Coverage {
		if c.Gap != nil {
			got = append(got, "coverage "+c.Gap.Because)
		}
	}
	for _, a := range found.Assets {
		for p, l := range probity.Leaves(&a) {
			if _, gap := l.Value(); gap != nil && gap.Reason == probity.NotCollected && gap.Because != "" {
				got = append(got, string(a.Kind)+" "+string(p)+" "+gap.Because)
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("not asked for:\n%s\nlisted:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// toldFacts are the paths that were known of a store of each kind.
type toldFacts map[probity.Kind]map[string]bool

func (told toldFacts) add(found awstest.Scanned) {
	for _, a := range found.Assets {
		if told[a.Kind] == nil {
			told[a.Kind] = map[string]bool{}
		}
		for p, l := range probity.Leaves(&a) {
			if _, gap := l.Value(); gap == nil && strings.Contains(string(p), ".") {
				told[a.Kind][string(p)] = true
			}
		}
	}
}

// check holds the facts that the page of live AWS lists against those that were told.
func (told toldFacts) check(t *testing.T) {
	t.Helper()
	out := map[probity.Kind][]string{}
	_, services, _ := aws.Catalogue()
	for _, s := range services {
		for _, k := range s.Kinds {
			if out[k] = slices.Sorted(maps.Keys(told[k])); len(out[k]) == 0 {
				t.Errorf("no store of kind %s is in the emulator or in testdata/recorded", k)
			}
		}
	}
	generated(t, factsFile, out)
}

// generated holds a file against what it is made of.
func generated(t *testing.T, file string, of any) {
	t.Helper()
	text, err := json.MarshalIndent(of, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if was, err := os.ReadFile(file); err != nil || string(was) != string(text) {
		t.Errorf("%s is stale (%v): run make generate", file, err)
	}
}
