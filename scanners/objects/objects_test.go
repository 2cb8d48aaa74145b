package objects

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/scannertest"
	"github.com/probity-scan/probity/scanners/tree"
)

// ats is a tally that finds an "@".
type ats struct{ by map[string]*probity.Label }

func newAts() Tally { return &ats{map[string]*probity.Label{}} }

func (a *ats) Column(on, _ string) func([]byte) {
	l := &probity.Label{Detector: "at", On: on}
	a.by[on] = l
	return func(b []byte) {
		l.Sample.Read++
		if bytes.IndexByte(b, '@') >= 0 {
			l.Found++
			l.Distinct++
		}
	}
}

func (a *ats) Labels() (out []probity.Label) {
	for _, l := range a.by {
		if l.Found > 0 {
			out = append(out, *l)
		}
	}
	slices.SortFunc(out, func(a, b probity.Label) int { return strings.Compare(a.On, b.On) })
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func lay(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(p), 0o755))
		must(t, os.WriteFile(p, []byte(text), 0o644))
	}
	return dir
}

func scanner(open func(probity.Unit) (Store, error)) *Scanner {
	return New(Options{Open: open, Tally: newAts, Now: func() time.Time { return time.Unix(0, 0).UTC() }})
}

func unit(dir string, b *probity.Budget) probity.Unit {
	u := probity.Unit{Scanner: "objects", Target: dir, Base: "exports", Asks: probity.Asks{Content: b}}
	u.Supplies = Supplies(u)
	return u
}

// scan gives the asset, and coverage with gaps as "reason: because: count file".
func scan(t *testing.T, s *Scanner, u probity.Unit) (a probity.Asset, gaps []string) {
	t.Helper()
	for f, err := range s.Scan(t.Context(), u) {
		must(t, err)
		switch f := f.(type) {
		case probity.Asset:
			a = f
		case probity.Coverage:
			if f.Gap == nil {
				continue
			}
			line := fmt.Sprintf("%s: %s: %d", f.Gap.Reason, f.Gap.Because, f.Count)
			if f.Origin != nil {
				line += " " + f.Origin.File
			}
			gaps = append(gaps, line)
		}
	}
	return a, gaps
}

func ons(a probity.Asset) (out []string) {
	for _, l := range a.Labels.Items {
		total, ok := l.Sample.Total.Get()
		s := fmt.Sprintf("%s %d of %d/%d %s %s:%d", l.On, l.Found, l.Sample.Read, total, l.Sample.Method, l.Origin.File, l.Origin.Line)
		if !ok {
			s = strings.Replace(s, "/0 ", "/? ", 1)
		}
		out = append(out, s)
	}
	return out
}

func gap(l probity.Leaf) string {
	_, g := l.Value()
	if g == nil {
		return ""
	}
	return string(g.Reason) + ": " + g.Because
}

func TestWhole(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"2024/people.csv": "id,mail\n1,a@\n2,b\n", "log": "x@\ny\n", "deep/x.json": `{"a":[{"mail":"c@"}]}`, "readme.md": "@", "main.tf": ""})
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{}))
	if a.ID != "files:exports" || a.Kind != "files.folder" || a.Class != probity.Bucket || a.Origin.File != "exports" {
		t.Errorf("got %+v of kind %s, class %s", a.Ref, a.Kind, a.Class)
	}
	if gap(a.Labels) != "" || gaps != nil {
		t.Errorf("got gaps %q and %q, want all read", gap(a.Labels), gaps)
	}
	want := []string{"2024/people.csv:mail 1 of 2/2 all exports/2024/people.csv:1", "deep/x.json:a[].mail 1 of 1/1 all exports/deep/x.json:1", "log 1 of 2/2 all exports/log:0"}
	if d := cmp.Diff(want, ons(a)); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
	l := a.Labels.Items[2]
	if want := fmt.Sprintf("sha256:%x", sha256.Sum256([]byte("x@\ny\n"))); l.Version != want || !l.AsOf.Equal(time.Unix(0, 0)) {
		t.Errorf("got version %q as of %v, want the digest and the clock's time", l.Version, l.AsOf)
	}
	if n, ok := a.Settings["objects"].Get(); !ok || n != 3 {
		t.Errorf("got %v objects, want 3", n)
	}
	for p, l := range probity.Leaves(a.Encryption) {
		if gap(l) != "not-collected: " {
			t.Errorf("got %s with gap %q, want it not collected", p, gap(l))
		}
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(bytes.Repeat([]byte("some words, and a@ \n"), 9000))
	must(t, err)
	must(t, z.Close())
	dir := lay(t, map[string]string{"a.csv": "id,mail\n1,a@\n", "b.rar": "Rar!\x1a\x07", "c.txt.gz": packed.String()[:packed.Len()-30], "d.json": "{", ".gitignore": "e.txt\n*.pyc\n.cache/", "e.txt": "@", "e.pyc": "", ".cache/x": "", "f.txt": strings.Repeat("@\n", 100)})
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{Bytes: 1 << 20}))
	want := []string{"unreadable: unexpected end of gzip stream: 1 exports/c.txt.gz", "unreadable: unexpected end of JSON at line 1: 1 exports/d.json",
		"filtered: ignored by git or excluded: 1", "not-collected: format not read: rar: 1"}
	if d := cmp.Diff(want, gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
	if got, want := gap(a.Labels), "unreadable: c.txt.gz: unexpected end of gzip stream"; got != want {
		t.Errorf("got labels' gap %q, want %q", got, want)
	}
	if len(a.Labels.Items) != 3 || a.Labels.Items[1].Sample.Method != "first" || a.Labels.Items[1].Version != "" {
		t.Errorf("got labels %q, want what was read of the truncated file kept, without a version", ons(a))
	}
}

// TestEveryFile: what may be data is read whatever it is called, or told.
func TestEveryFile(t *testing.T) {
	t.Parallel()
	const people = "id,mail\n1,a@\n2,b@\n"
	read := []string{".people.csv", ".hidden/x.csv", ".vscode/x.yaml", "a.csv", "manifest.json", "people.backup", "people.bak", "people.html", "people.xml", "people.yaml", "people.toml", "requirements-people.txt", "vendor/a.csv"}
	files := map[string]string{"main.go": people, "readme.md": people, "terraform.tfstate": people, "people.orc": "ORC\x00", "people.rar": "Rar!\x1a\x07"}
	for _, name := range read {
		files[name] = people
	}
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(lay(t, files), &probity.Budget{}))
	var got []string
	for _, l := range a.Labels.Items {
		got = append(got, strings.TrimSuffix(l.On, ":mail"))
	}
	slices.Sort(got)
	slices.Sort(read)
	if d := cmp.Diff(read, got); d != "" {
		t.Errorf("read (-want +got):\n%s", d)
	}
	want := []string{"unreadable: malformed JSON at line 1: 1 exports/manifest.json", "not-collected: Terraform states, which hold secrets, are not read: 1",
		"not-collected: format not read: orc: 1", "not-collected: format not read: rar: 1"}
	if d := cmp.Diff(want, gaps); d != "" || gap(a.Labels) == "" {
		t.Errorf("gaps (-want +got), labels open %q:\n%s", gap(a.Labels), d)
	}
}

func TestBudget(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range 400 {
		files[fmt.Sprintf("%d.txt", i)] = "@\n@\n"
	}
	dir := lay(t, files)
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{Objects: 100, Bytes: 2}))
	if n := len(a.Labels.Items); n < 70 || n > 130 {
		t.Errorf("got %d objects read, want about 100", n)
	}
	for _, l := range ons(a)[:1] {
		if !strings.Contains(l, "1 of 1/? first") {
			t.Errorf("got %q, want a sample without a total", l)
		}
	}
	if want := fmt.Sprintf("sampled: objects beyond the budget of the store: %d", 400-len(a.Labels.Items)); gaps[0] != want ||
		!strings.HasPrefix(gaps[1], "sampled: first 2 bytes of 4 bytes: 1 exports/") || !strings.HasPrefix(gap(a.Labels), "sampled: ") {
		t.Errorf("got gaps %q, want both budgets told", gaps)
	}
	if n := len(gaps) - 1; n != min(len(a.Labels.Items), told) && n != told+1 {
		t.Errorf("got %d objects told that are read in part, want each of %d", n, len(a.Labels.Items))
	}
	_, gaps = scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{Bytes: 2}))
	if want := "sampled: more objects that are larger than the budget of bytes: 300"; len(gaps) != told+1 || gaps[0] != want {
		t.Errorf("got %d gaps, first %q; want %d told and %q", len(gaps), gaps[0], told, want)
	}
	var needs []string
	for f, err := range scanner(Files(tree.Formats{})).Scan(t.Context(), unit(dir, &probity.Budget{Objects: 100})) {
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := f.(probity.Coverage); ok && c.Gap != nil {
			needs = append(needs, c.Gap.Needs)
		}
	}
	if d := cmp.Diff([]string{"--sample-objects 400"}, needs); d != "" {
		t.Errorf("needs (-want +got):\n%s", d)
	}
	a, gaps = scan(t, scanner(Files(tree.Formats{})), unit(dir, nil))
	if gap(a.Labels) != "not-collected: 400: content is not read" || len(gaps) != 1 {
		t.Errorf("got %q and %q without a budget, want content not read", gap(a.Labels), gaps)
	}
}

func TestOneFile(t *testing.T) {
	t.Parallel()
	u := unit(filepath.Join(lay(t, map[string]string{"people.csv": "id,mail\n1,a@\n"}), "people.csv"), &probity.Budget{})
	u.Base = "exports/people.csv"
	a, _ := scan(t, scanner(Files(tree.Formats{})), u)
	if d := cmp.Diff([]string{"mail 1 of 1/1 all exports/people.csv:1"}, ons(a)); d != "" || a.ID != "files:exports/people.csv" {
		t.Errorf("%s: labels (-want +got):\n%s", a.ID, d)
	}
}

func TestPart(t *testing.T) {
	t.Parallel()
	u := unit(lay(t, map[string]string{"x/y/a.txt": "@", "x/z.txt": "@", "x/y/.gitignore": "b.txt", "x/y/b.txt": "@"}), &probity.Budget{})
	u.Part, u.Base = "x/y", ""
	a, gaps := scan(t, scanner(Files(tree.Formats{})), u)
	if d := cmp.Diff([]string{"a.txt 1 of 1/1 all x/y/a.txt:0"}, ons(a)); d != "" || a.ID != "files:x/y" {
		t.Errorf("%s: labels (-want +got):\n%s", a.ID, d)
	}
	if d := cmp.Diff([]string{"filtered: ignored by git or excluded: 1"}, gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
}

// remote is a store that is no folder, with some objects that cannot be read.
type remote struct {
	n   int
	err error
}

func (r remote) List(_ context.Context, visit func(string) error) ([]Missed, error) {
	for i := range r.n {
		if err := visit(fmt.Sprintf("p/%d.txt", i)); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (r remote) Open(context.Context, string) (io.ReadCloser, error) { return nil, r.err }
func (r remote) Close() error                                        { return nil }

func TestManyLosses(t *testing.T) {
	t.Parallel()
	s := scanner(func(probity.Unit) (Store, error) { return remote{300, fs.ErrPermission}, nil })
	a, gaps := scan(t, s, unit("", &probity.Budget{}))
	if len(gaps) != 101 || gaps[0] != "denied: more objects that could not be read: 200" {
		t.Errorf("got %d gaps, first %q; want 100 and one for the rest", len(gaps), gaps[0])
	}
	if !strings.HasPrefix(gap(a.Labels), "denied: ") {
		t.Errorf("got labels' gap %q, want denied", gap(a.Labels))
	}
	scannertest.Loss(t, s, unit("", &probity.Budget{}), probity.Denied)
}

func TestNoStore(t *testing.T) {
	t.Parallel()
	why := errors.New("no such folder")
	for _, err := range scanner(func(probity.Unit) (Store, error) { return nil, why }).Scan(t.Context(), unit("", nil)) {
		if !errors.Is(err, why) {
			t.Errorf("got error %v, want %v", err, why)
		}
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	s := NewSums(10)
	for i := range 1000 {
		s.Add(fmt.Sprintf("a/%d/%d.csv", i%5, i), "mail", probity.Label{Detector: "at", Found: 2, Distinct: i % 3, Sample: probity.Sample{Read: 3, Method: "all", Total: probity.Known(3, nil)}})
	}
	s.Add("a/0/x.csv", "", probity.Label{Detector: "at", Found: 1, Sample: probity.Sample{Read: 1, Method: "first"}})
	var got []string
	for _, l := range s.List() {
		total, _ := l.Sample.Total.Get()
		got = append(got, fmt.Sprintf("%s %d %d %d/%d %s", l.On, l.Found, l.Distinct, l.Sample.Read, total, l.Sample.Method))
	}
	want := []string{"a/0/* 1 0 1/0 first", "a/0/*:mail 400 2 600/600 all", "a/1/*:mail 400 2 600/600 all", "a/2/*:mail 400 2 600/600 all", "a/3/*:mail 400 2 600/600 all", "a/4/*:mail 400 2 600/600 all"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("sums (-want +got):\n%s", d)
	}
	for i := range 50 {
		s.Add("x.csv", fmt.Sprintf("column %d", i), probity.Label{Detector: "at", Found: 1, Sample: probity.Sample{Read: 1, Method: "first"}})
	}
	if l := s.List(); len(l) != 1 || l[0].On != "*" || l[0].Found != 2051 {
		t.Errorf("got %v, want one sum over all", l)
	}
}

// TestContract counts goroutines, which tests beside it start too.
func TestContract(t *testing.T) { //nolint:paralleltest // see above
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("%d/people.csv", i)] = "id,mail\n1,a@\n"
	}
	u := unit(lay(t, files), &probity.Budget{})
	bare := u
	bare.Asks.Content = nil
	scannertest.Run(t, func() probity.Scanner { return scanner(Files(tree.Formats{})) }, u, bare)
}
