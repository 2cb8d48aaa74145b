package ci

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// linter is a program that make test installs into a folder of its own.
func linter(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("PROBITY_LINTERS")
	if dir == "" {
		t.Fatalf("PROBITY_LINTERS names no folder with %s: run make test, which installs it", name)
	}
	return filepath.Join(dir, name)
}

// instruction is one of a Containerfile, its lines joined.
type instruction struct{ word, rest string }

// stages are the instructions of a Containerfile, by the FROM that they follow; the first are those before any.
func stages(t *testing.T, name string) [][]instruction {
	t.Helper()
	var out [][]instruction
	stage := []instruction{}
	text := regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(read(t, filepath.Join(root, name)), "")
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		word, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		if word == "FROM" {
			out, stage = append(out, stage), nil
		}
		stage = append(stage, instruction{word, strings.Join(strings.Fields(rest), " ")})
	}
	return append(out, stage)
}

func TestContainer(t *testing.T) {
	t.Parallel()
	const file = "deploy/container/Containerfile"
	if got := run(t, root, nil, linter(t, "hadolint"), "--no-color", file); got.code != 0 {
		t.Errorf("hadolint:\n%s%s", got.stdout, got.stderr)
	}
	all := stages(t, file)
	if len(all) != 3 {
		t.Fatalf("%d stages, want what is before, the build and what is shipped", len(all))
	}
	last := map[string]string{}
	for _, in := range all[2] {
		last[in.word] += in.rest + "\n"
	}
	for word, want := range map[string]string{
		"FROM":        `^\$\{BASE\}\n$`,
		"USER":        `^[1-9]\d*:[1-9]\d*\n$`, // by number: Kubernetes knows that it is not root
		"ENTRYPOINT":  `^\["/usr/bin/probity"\]\n$`,
		"CMD":         `^\[`, // no shell is there to split it
		"HEALTHCHECK": `^NONE\n$`,
		"COPY":        `^--from=build `,
		"RUN":         `^$`,
		"ADD":         `^$`,
	} {
		if !regexp.MustCompile(want).MatchString(last[word]) {
			t.Errorf("the last stage has %s %q, want %s", word, last[word], want)
		}
	}
	for _, in := range all[0] {
		if name, image, _ := strings.Cut(in.rest, "="); !regexp.MustCompile(`^[\w.-]+\.[\w.-]+/[\w/.-]+:[\w.-]+$`).MatchString(image) {
			t.Errorf("ARG %s is %q, want an image of a registry with a tag", name, image)
		}
	}
	// Whose Go is too old fetches another one inside the build.
	_, version, _ := strings.Cut(read(t, filepath.Join(root, "go.mod")), "\ngo ")
	version, _, _ = strings.Cut(version, "\n")
	if !strings.Contains(all[0][0].rest, "golang:"+version+"-") {
		t.Errorf("%s, and go.mod asks for %s", all[0][0].rest, version)
	}
	build := ""
	for _, in := range all[1] {
		if in.word == "RUN" && strings.Contains(in.rest, "go build") {
			build = in.rest
		}
	}
	released := theReleaser(t).Builds[0]
	made := fmt.Sprintf("go build %s -ldflags %q ", strings.Join(released.Flags, " "), strings.ReplaceAll(strings.Join(released.Ldflags, " "), "{{ .Version }}", "${VERSION}"))
	if !strings.Contains(build, made) || !strings.Contains(build, "CGO_ENABLED=0") {
		t.Errorf("the container builds by %q, and a release by %q", build, made)
	}
}

// Scripts that others run are read by shellcheck.
func TestScripts(t *testing.T) {
	t.Parallel()
	args := []string{"--"}
	for _, glob := range []string{".ci/*", "deploy/github/*.sh"} {
		files, err := filepath.Glob(filepath.Join(root, glob))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", glob, len(files), err)
		}
		args = append(args, files...)
	}
	if got := run(t, ".", nil, "shellcheck", args...); got.code != 0 {
		t.Errorf("%s%s", got.stdout, got.stderr)
	}
}
