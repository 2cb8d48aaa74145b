package suppressions

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestRead reads each file of the archives, and wants what the file read beside it says: a line for each suppression.
func TestRead(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("got %v, %v, want archives", archives, err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, f := range a.Files {
			if of, ok := strings.CutSuffix(f.Name, ".read"); ok {
				want[of] = string(f.Data)
			}
		}
		for _, f := range a.Files {
			if strings.HasSuffix(f.Name, ".read") {
				continue
			}
			t.Run(filepath.Base(name)+"/"+f.Name, func(t *testing.T) {
				t.Parallel()
				said, err := Read(f.Name, f.Data)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want[f.Name], shown(said)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func shown(said []Suppression) string {
	var b strings.Builder
	for _, s := range said {
		fmt.Fprintf(&b, "%d %s %s", s.Line, s.Peer, s.Check)
		for _, x := range []struct{ name, value string }{{"until", s.Until}, {"because", s.Reason}, {"about", s.About.shown()}, {"left", s.Wrong}} {
			if x.value != "" {
				fmt.Fprintf(&b, " %s %s", x.name, x.value)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (a About) shown() string {
	var out []string
	if a.Path != "" {
		out = append(out, a.Path)
	}
	if a.First > 0 {
		out = append(out, fmt.Sprintf("%d-%d", a.First, a.Last))
	}
	if a.Resource != "" {
		out = append(out, a.Resource)
	}
	for _, l := range [][]string{a.IDs, a.Accounts, a.Regions} {
		out = append(out, l...)
	}
	for _, p := range a.Names {
		out = append(out, p.String())
	}
	for _, p := range a.Tags {
		out = append(out, p.String())
	}
	if a.Except != nil {
		out = append(out, "but "+a.Except.shown())
	}
	return strings.Join(out, " ")
}

// TestForeign: what is no file of suppressions, or a broken one, is an error that quotes nothing of it.
func TestForeign(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, text, want string }{
		"another file":     {"notes.txt", "checkov:skip=CKV_AWS_18", "no suppressions of"},
		"no JSON":          {"findings.json", "hunter2{", "no suppressions of"},
		"no YAML":          {".checkov.yaml", "skip-check: [hunter2", "not the YAML or JSON"},
		"baseline":         {".checkov.baseline", "hunter2: [", "not the YAML or JSON"},
		"mutelist":         {"mute.yaml", "Mutelist: [hunter2", "not the YAML or JSON"},
		"kics.config":      {"kics.config", "hunter2 {", "not the YAML or JSON"},
		"trivyignore.yaml": {".trivyignore.yaml", "hunter2: {", "not the YAML or JSON"},
	} {
		_, err := Read(c.file, []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v, want %q and no text of the file", name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(text).Files {
			f.Add(file.Name, file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		said, err := Read(name, text)
		if err != nil && len(said) > 0 {
			t.Errorf("got %d suppressions with %v", len(said), err)
		}
		for _, s := range said {
			if s.About.First > s.About.Last {
				t.Errorf("got lines %d to %d", s.About.First, s.About.Last)
			}
		}
	})
}
