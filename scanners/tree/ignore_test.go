package tree

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/probity-scan/probity"
)

func TestIgnore(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lines, path string
		dir, want   bool
	}{
		{"*.csv", "a/b.csv", false, true},
		{"*.csv\n!keep.csv", "a/keep.csv", false, false},
		{"!keep.csv\n*.csv", "a/keep.csv", false, true},
		{"/a.csv", "a.csv", false, true},
		{"/a.csv", "x/a.csv", false, false},
		{"x/a.csv", "y/x/a.csv", false, false},
		{"build/", "build", true, true},
		{"build/", "build", false, false},
		{"a/**", "a", true, false},
		{"a/**", "a/b/c", false, true},
		{"a/**/c", "a/c", false, true},
		{"a/**/c", "a/x/y/c", false, true},
		{"**/c", "x/y/c", false, true},
		{"*.{a,b}", "x.a", false, false},
		{`\#x`, "#x", false, true},
		{`\!x`, "!x", false, true},
		{"# x", "# x", false, false},
		{"x ", "x", false, true},
		{`x\ `, "x ", false, true},
		{"[ab].txt", "b.txt", false, true},
		{"[!ab].txt", "b.txt", false, false},
		{"[[:digit:]].txt", "7.txt", false, true},
		{"[", "[", false, false},
		{"a?c", "a/c", false, false},
		{"x\r", "x", false, true},
	} {
		if got := (stack{parse("", []byte(tt.lines))}).match(tt.path, tt.dir); got != tt.want {
			t.Errorf("%q over %q (folder: %t): got %t, want %t", tt.lines, tt.path, tt.dir, got, tt.want)
		}
	}
}

// TestIgnoreAsGit compares what is left out with what git itself leaves out, over random ignore files in nested folders.
func TestIgnoreAsGit(t *testing.T) {
	t.Parallel()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Log("no git to compare with; TestIgnore alone holds")
		return
	}
	names := []string{"a", "b", "c.csv", "d.txt", "e"}
	line := rapid.Custom(func(rt *rapid.T) string {
		part := rapid.SampledFrom([]string{"a", "b", "c.csv", "d.txt", "e", "*", "*.csv", "?", "**", "[a-c]", "[!a]*", "*.*", "{a,b}"})
		s := strings.Join(rapid.SliceOfN(part, 1, 3).Draw(rt, "parts"), "/")
		return rapid.SampledFrom([]string{"", "", "", "!", "/", "!/"}).Draw(rt, "before") + s + rapid.SampledFrom([]string{"", "", "/"}).Draw(rt, "after")
	})
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), git, "init", "-q", "--template=", dir).CombinedOutput(); err != nil {
		t.Fatalf("git init: %v: %s", err, out)
	}
	rapid.Check(t, func(rt *rapid.T) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			rt.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() != ".git" {
				must(t, os.RemoveAll(filepath.Join(dir, e.Name())))
			}
		}
		for range 12 {
			p := filepath.Join(append([]string{dir}, rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(rt, "path")...)...)
			if os.MkdirAll(filepath.Dir(p), 0o755) == nil {
				if st, err := os.Stat(p); err != nil || !st.IsDir() {
					must(t, os.WriteFile(p, nil, 0o644))
				}
			}
		}
		for _, d := range []string{".", "a", "a/b", "e"} {
			lines := rapid.SliceOfN(line, 0, 4).Draw(rt, d)
			if st, err := os.Stat(filepath.Join(dir, d)); err == nil && st.IsDir() {
				must(t, os.WriteFile(filepath.Join(dir, d, ".gitignore"), []byte(strings.Join(lines, "\n")), 0o644))
			}
		}
		cmd := exec.CommandContext(t.Context(), git, "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard")
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			rt.Fatalf("git ls-files: %v", err)
		}
		want := strings.Fields(string(out))
		slices.Sort(want)
		site, err := Open(probity.Unit{Target: dir}, Formats{})
		if err != nil {
			rt.Fatal(err)
		}
		defer site.Close()
		var got []string
		if _, err := site.Walk(t.Context(), ".", func(f Folder) error {
			for _, file := range f.Files {
				got = append(got, path.Join(f.Path, file.Name))
			}
			return nil
		}); err != nil {
			rt.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(want, got) {
			rt.Fatalf("not left out (-git +probity):\n%s", cmp.Diff(want, got))
		}
	})
}
