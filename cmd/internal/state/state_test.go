package state

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// result holds a fact of each sort, as live scanners give them.
func result() Result {
	at := &probity.Origin{Call: "rds:DescribeDBInstances", At: noon}
	a := probity.Asset{Ref: probity.Ref{ID: "arn:aws:rds:eu-west-1:123456789012:db:clinic"}, Kind: kinds.RDSInstance, Class: probity.Database}
	a.Encryption.AtRest = probity.Known(true, at)
	a.Resilience.MultiZone = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "rds:X"}, at)
	a.Exposure.Declared.Guards = probity.Open(probity.Gap{Reason: probity.Denied}, at, probity.Ref{ID: "sg-1"})
	a.Settings = probity.SettingsOf(kinds.RDS{Port: probity.Known(5432, at), IAMAuth: probity.Missing[bool](probity.Gap{Reason: probity.Denied}, at)})
	a.Settings["port"] = probity.Known[any](5432, at)
	return Result{
		Assets:   []*probity.Asset{&a},
		Coverage: []probity.Coverage{{Supply: probity.Supply{Kind: kinds.RDSInstance, Class: probity.Database, On: probity.Ref{ID: "aws://123456789012/eu-west-1"}}}},
		Calls:    []probity.Calls{{Service: "RDS", Operation: "DescribeDBInstances", Made: 2}},
		Reads:    []probity.Read{{Identity: "arn:aws:iam::123456789012:role/audit", Store: a.Ref, Bytes: 7, At: noon}},
	}
}

func unit(part string) probity.Unit { return probity.Unit{Scanner: "aws", Target: "aws:", Part: part} }

// open is a checkpoint in a folder, and what it said.
func open(t *testing.T, dir string, o Options) (*Checkpoint, *[]string) {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	said := &[]string{}
	o.Say = func(line string) { *said = append(*said, strings.ReplaceAll(line, dir, "DIR")) }
	if o.Units == nil {
		o.Units = []probity.Unit{unit("")}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c, err := f.Checkpoint(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return c, said
}

func keep(t *testing.T, c *Checkpoint, u probity.Unit, r Result) {
	t.Helper()
	if err := c.Keep(u, r); err != nil {
		t.Fatal(err)
	}
}

// TestResultComesBack: what was kept is what comes back, with the types that rules ask gaps for; children with what is asked.
func TestResultComesBack(t *testing.T) {
	t.Parallel()
	dir, want := t.TempDir(), result()
	parent, child := unit("1"), unit("1/eu-west-1")
	parent.Asks.Code.Variables = map[string]string{"password": "geheim"}
	child.Asks = parent.Asks
	want.Children = []probity.Unit{child}
	c, _ := open(t, dir, Options{})
	keep(t, c, parent, want)
	c, said := open(t, dir, Options{Resume: true})
	got, ok := c.Known(parent)
	if !ok {
		t.Fatalf("nothing is known: %v", *said)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, known := c.Known(unit("2")); known {
		t.Error("another unit is known")
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); path != dir && (d.IsDir() && mode != 0o700 || !d.IsDir() && mode != 0o600) {
			t.Errorf("%s has mode %o", path, mode)
		}
		if d.IsDir() {
			return nil
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "geheim") {
			t.Errorf("%s holds what was asked", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWhatCountsNoMore: too old, another question, a target itself, or damage: the unit is scanned again, and a person told.
func TestWhatCountsNoMore(t *testing.T) {
	t.Parallel()
	other := unit("")
	other.Asks.Paths = []probity.Path{"encryption.at_rest"}
	asks := unit("1/eu-west-1")
	asks.Asks.Exclude = []string{"x"}
	for name, c := range map[string]struct {
		unit     probity.Unit
		children []probity.Unit
		damage   func([]byte) []byte
		resume   Options
		known    bool
		said     string
	}{
		"fresh":             {unit: unit("1"), resume: Options{Resume: true}, known: true},
		"without --resume":  {unit: unit("1"), said: "an earlier scan of this did not end, and this one begins anew: --resume goes on from what is kept"},
		"a day old":         {unit: unit("1"), resume: Options{Resume: true, Now: func() time.Time { return time.Now().Add(25 * time.Hour) }}, said: "nothing is kept in DIR to go on from: this scan begins anew"},
		"other question":    {unit: unit("1"), resume: Options{Resume: true, Units: []probity.Unit{other}}, said: "what is kept in DIR is of other targets, other questions or another probity: this scan begins anew"},
		"other version":     {unit: unit("1"), resume: Options{Resume: true, Tool: "2"}, said: "what is kept in DIR is of other targets, other questions or another probity: this scan begins anew"},
		"the target itself": {unit: unit(""), resume: Options{Resume: true}},
		"asks by itself":    {unit: unit("1"), children: []probity.Unit{asks}, resume: Options{Resume: true}},
		"torn":              {unit: unit("1"), damage: func(b []byte) []byte { return b[:len(b)/2] }, resume: Options{Resume: true}, said: "FILE: it is cut off: its unit is scanned again"},
		"without its end":   {unit: unit("1"), damage: func(b []byte) []byte { return b[:strings.LastIndex(string(b), `{"end"`)] }, resume: Options{Resume: true}, said: "FILE: it is cut off: its unit is scanned again"},
		"foreign":           {unit: unit("1"), damage: func([]byte) []byte { return []byte("hello, it is me\n") }, resume: Options{Resume: true}, said: "FILE: it is none of ours: its unit is scanned again"},
		"empty":             {unit: unit("1"), damage: func([]byte) []byte { return nil }, resume: Options{Resume: true}, said: "FILE: it is none of ours: its unit is scanned again"},
		"of the future":     {unit: unit("1"), damage: func(b []byte) []byte { return []byte(strings.Replace(string(b), `"1.0"`, `"2.0"`, 1)) }, resume: Options{Resume: true}, said: `FILE: it has format "2.0", and this probity reads 1.0: its unit is scanned again`},
		"a line left out": {unit: unit("1"), damage: func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "\n"+strings.Split(string(b), "\n")[1], "", 1))
		}, resume: Options{Resume: true}, said: "FILE: its line 5 says nothing that is known: its unit is scanned again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			first, _ := open(t, dir, Options{})
			r := result()
			r.Children = c.children
			keep(t, first, unit("2"), Result{})
			keep(t, first, c.unit, r)
			file, _, err := first.path(c.unit)
			if err != nil {
				t.Fatal(err)
			}
			if c.damage != nil {
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, c.damage(b), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			again, said := open(t, dir, c.resume)
			if _, known := again.Known(c.unit); known != c.known {
				t.Errorf("known: %v, want %v", known, c.known)
			}
			got := strings.ReplaceAll(strings.Join(*said, "\n"), strings.ReplaceAll(file, dir, "DIR"), "FILE")
			if got != c.said {
				t.Errorf("said %q, want %q", got, c.said)
			}
		})
	}
}

// TestLock: one process at a time, and what is left of an earlier one holds nobody up.
func TestLock(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "state")
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.HasSuffix(err.Error(), "another scan works in it") {
		t.Errorf("got %v, want a refusal", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()
	if _, err := Open(filepath.Join(dir, "lock")); err == nil {
		t.Error("a file is no folder")
	}
}

// TestEnd: a checkpoint goes when its scan has ended whole, and stays otherwise.
func TestEnd(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, _ := open(t, dir, Options{})
	keep(t, c, unit("1"), result())
	if stays, err := c.Close(); !stays || err != nil {
		t.Errorf("got %v, %v", stays, err)
	}
	c.Whole()
	if stays, err := c.Close(); stays || err != nil {
		t.Errorf("got %v, %v", stays, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "checkpoints", "*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
