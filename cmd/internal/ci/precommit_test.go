package ci

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// hook is an entry of .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Description, Language, Entry, Files string
	Args                                          []string
	PassFilenames                                 bool `yaml:"pass_filenames"`
}

func TestPreCommit(t *testing.T) {
	t.Parallel()
	var hooks []hook
	parse(t, ".pre-commit-hooks.yaml", &hooks)
	if len(hooks) != 2 {
		t.Fatalf("%d hooks, want 2", len(hooks))
	}
	path := map[string]string{"PATH": filepath.Dir(program(t)) + ":/usr/bin:/bin"}
	for _, h := range hooks {
		files := regexp.MustCompile(h.Files)
		for name, want := range map[string]bool{"infra/main.tf": true, "a/b.tf.json": true, "x.tfvars": true, "x.tofu": true, "chart/values.yaml": true, "README.md": false, "main.go": false} {
			if files.MatchString(name) != want {
				t.Errorf("%s: a change of %s runs it: %v, want %v", h.ID, name, !want, want)
			}
		}
		if h.PassFilenames || h.Name == "" || h.Description == "" {
			t.Errorf("%+v", h)
		}
		// pre-commit splits the entry like a shell and adds the arguments.
		words := append(strings.Fields(h.Entry), h.Args...)
		dir := repository(t)
		if got := run(t, dir, path, "env", words...); got.code != 1 || !strings.Contains(got.stdout, "infra/main.tf") {
			t.Errorf("%s exits %d, want 1:\n%s%s", h.ID, got.code, got.stdout, got.stderr)
		}
		words[len(words)-1] = "clean"
		if got := run(t, dir, path, "env", words...); got.code != 0 {
			t.Errorf("%s exits %d on clean code:\n%s%s", h.ID, got.code, got.stdout, got.stderr)
		}
	}
}
