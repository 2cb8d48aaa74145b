package ci

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// action is the part of a composite action that a runner reads.
type action struct {
	Inputs map[string]struct {
		Description string
		Default     string
	}
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []step
	}
}

type step struct {
	ID, If, Shell, Run, Uses string
	Env, With                map[string]string
}

// runner runs the steps of an action one after the other, as GitHub's does.
type runner struct {
	t       *testing.T
	dir     string // the workspace
	temp    string
	inputs  map[string]string
	env     map[string]string
	outputs map[string]string // step.name
	uploads []string
	log     strings.Builder
	summary string
}

var expression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)

// expand puts in what expressions stand for.
func (r *runner) expand(s string) string {
	return expression.ReplaceAllStringFunc(s, func(e string) string { return r.value(strings.TrimSpace(e[3 : len(e)-2])) })
}

func (r *runner) value(e string) string {
	if name, ok := strings.CutPrefix(e, "inputs."); ok {
		return r.inputs[name]
	}
	parts := strings.Split(e, ".")
	if len(parts) == 4 && parts[0] == "steps" && parts[2] == "outputs" {
		return r.outputs[parts[1]+"."+parts[3]]
	}
	if strings.HasPrefix(e, "'") {
		return strings.Trim(e, "'")
	}
	r.t.Fatalf("the expression %q is not known here", e)
	return ""
}

// wanted evaluates a step's condition.
func (r *runner) wanted(condition string, failed bool) bool {
	always := strings.Contains(condition, "always()")
	if failed && !always {
		return false
	}
	condition = strings.TrimSpace(strings.NewReplacer("${{", "", "}}", "", "always() && ", "").Replace(condition))
	for _, term := range strings.Split(condition, " && ") {
		if a, b, ok := strings.Cut(term, " == "); ok && r.value(a) != r.value(b) {
			return false
		}
		if a, b, ok := strings.Cut(term, " != "); ok && r.value(a) == r.value(b) {
			return false
		}
	}
	return true
}

// play runs all steps, and gives the code of the job.
func (r *runner) play(a action) int {
	r.t.Helper()
	code := 0
	for i, s := range a.Runs.Steps {
		if !r.wanted(s.If, code != 0) {
			continue
		}
		if s.Uses != "" {
			r.uploads = append(r.uploads, r.expand(s.With["sarif_file"]))
			continue
		}
		script := filepath.Join(r.temp, fmt.Sprintf("step%d.sh", i))
		output := filepath.Join(r.temp, fmt.Sprintf("output%d", i))
		if err := os.WriteFile(script, []byte(s.Run), 0o600); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(output, nil, 0o600); err != nil {
			r.t.Fatal(err)
		}
		env := maps.Clone(r.env)
		env["GITHUB_OUTPUT"] = output
		for k, v := range s.Env {
			env[k] = r.expand(v)
		}
		got := run(r.t, r.dir, env, "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
		r.log.WriteString(got.stdout + got.stderr)
		for _, line := range strings.Split(strings.TrimSpace(read(r.t, output)), "\n") {
			k, v, _ := strings.Cut(line, "=")
			r.outputs[s.ID+"."+k] = v
		}
		if got.code != 0 {
			code = got.code
		}
	}
	return code
}

// job sets up a runner for the action, with the inputs' defaults.
func job(t *testing.T, a action, dir string, inputs map[string]string) *runner {
	t.Helper()
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	r := &runner{t: t, dir: dir, temp: temp, inputs: map[string]string{}, outputs: map[string]string{}, summary: filepath.Join(temp, "summary"),
		env: map[string]string{"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": here, "GITHUB_WORKSPACE": dir, "RUNNER_TEMP": temp, "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"}}
	r.env["GITHUB_STEP_SUMMARY"] = r.summary
	if err := os.WriteFile(r.summary, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, in := range a.Inputs {
		r.inputs[name] = in.Default
	}
	for name, v := range inputs {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("the action has no input %s", name)
		}
		r.inputs[name] = v
	}
	return r
}

func theAction(t *testing.T) action {
	t.Helper()
	var a action
	parse(t, "action.yml", &a)
	if a.Runs.Using != "composite" || len(a.Runs.Steps) < 4 {
		t.Fatalf("got %+v, want a composite action", a.Runs)
	}
	return a
}

func TestAction(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		inputs map[string]string
		code   int
		logs   []string
		no     []string
		told   bool // in the summary and as SARIF
	}{
		"findings": {map[string]string{"targets": "infra", "fail-on": "high"}, 1,
			[]string{"::error file=infra/main.tf,line=2,", "::notice title=Probity::", "::stop-commands::"}, nil, true},
		"below the threshold": {map[string]string{"targets": "infra", "fail-on": "none"}, 0, []string{"::error file=infra/main.tf"}, nil, true},
		"personal data, and names that speak to the runner": {map[string]string{"targets": "infra\nexports"}, 1,
			[]string{"does not keep a rule on personal data"}, []string{"card", "\n::warning::boo"}, true},
		"more arguments, one a line": {map[string]string{"targets": "infra", "args": "--rules\nversioning"}, 1, []string{"[versioning "}, []string{"[encryption-at-rest]"}, true},
		"clean":                      {map[string]string{"targets": "clean", "args": "--rules\nkey-rotation"}, 0, []string{"::notice title=Probity::0 findings"}, []string{"::error", "::warning"}, true},
		"incomplete":                 {map[string]string{"targets": "infra\nnowhere", "fail-on": "none"}, 3, []string{"::warning title=Probity%3A incomplete::"}, nil, true},
		"wrong usage":                {map[string]string{"fail-on": "awful"}, 2, []string{"::error title=Probity::Nothing was scanned", "--fail-on"}, nil, false},
		"an argument is no command":  {map[string]string{"targets": "infra; touch owned", "fail-on": "$(touch owned)"}, 2, nil, nil, false},
		"no upload":                  {map[string]string{"targets": "infra", "upload": "false"}, 1, nil, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := theAction(t)
			dir := repository(t)
			r := job(t, a, dir, c.inputs)
			r.inputs["path"] = program(t)
			if code := r.play(a); code != c.code {
				t.Fatalf("exit %d, want %d:\n%s", code, c.code, r.log.String())
			}
			obeyed := withoutStopped(r.log.String())
			for _, want := range c.logs {
				if !strings.Contains(r.log.String(), want) {
					t.Errorf("the log has no %q:\n%s", want, r.log.String())
				}
			}
			for _, no := range c.no {
				if strings.Contains(obeyed, no) || strings.Contains(read(t, r.summary), no) {
					t.Errorf("%q is told:\n%s", no, obeyed)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
				t.Error("an input was run")
			}
			if summary := read(t, r.summary); strings.Contains(summary, "## Probity: ") != c.told || !strings.HasPrefix(summary, "before\n") {
				t.Errorf("summary:\n%s", summary)
			}
			if (len(r.uploads) == 1) != (c.told && c.inputs["upload"] == "") {
				t.Errorf("uploads %v", r.uploads)
			}
			for _, file := range r.uploads {
				var log struct{ Version string }
				if err := json.Unmarshal([]byte(read(t, file)), &log); err != nil || log.Version != "2.1.0" {
					t.Errorf("%s is no SARIF: %v", file, err)
				}
			}
			for name, o := range a.Outputs {
				if v := r.expand(o.Value); (v != "") != (c.told || name == "exit-code") {
					t.Errorf("output %s is %q", name, v)
				}
			}
		})
	}
}

// What a change makes worse fails, by the configuration of what it starts from; a missing base says what to fetch.
func TestActionOnAChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		inputs map[string]string
		code   int
		says   string
	}{
		"worse":           {map[string]string{"targets": "infra", "since": "origin/main", "fail-on": "high"}, 1, "waiver proposed by me"},
		"nothing of it":   {map[string]string{"targets": "clean", "since": "origin/main"}, 0, "::notice title=Probity::0 new findings"},
		"without history": {map[string]string{"targets": "infra", "since": "origin/other"}, 2, "fetch-depth: 0"},
		"an inventory":    {map[string]string{"targets": "infra", "since": "origin/main", "inventory": "nowhere.json"}, 2, "--inventory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := theAction(t)
			r := job(t, a, change(t), c.inputs)
			r.inputs["path"] = program(t)
			if code := r.play(a); code != c.code || !strings.Contains(r.log.String(), c.says) {
				t.Errorf("exit %d, want %d and %q:\n%s", code, c.code, c.says, r.log.String())
			}
		})
	}
}

// withoutStopped is the part of a log whose commands a runner obeys.
func withoutStopped(log string) string {
	var out []string
	token := ""
	for _, line := range strings.Split(log, "\n") {
		switch t, ok := strings.CutPrefix(line, "::stop-commands::"); {
		case ok && token == "":
			token = t
		case token != "" && line == "::"+token+"::":
			token = ""
		case token == "":
			out = append(out, line)
		}
	}
	return "\n" + strings.Join(out, "\n")
}

// What a workflow takes from others is pinned by commit, and no input stands in the text of a script.
func TestActionIsPinnedAndInert(t *testing.T) {
	t.Parallel()
	a := theAction(t)
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("a script holds an expression: %s", s.Run)
		}
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s is not pinned by commit", s.Uses)
		}
		if s.Run != "" && s.Shell != "bash" {
			t.Errorf("a step of a composite action names no shell: %s", s.Run)
		}
	}
	for name, in := range a.Inputs {
		if in.Description == "" {
			t.Errorf("input %s says nothing", name)
		}
	}
}

func TestActionInstalls(t *testing.T) {
	t.Parallel()
	releases := t.TempDir()
	sum := release(t, releases, "0.1.0", program(t))
	windows, mac := releaseFor(t, releases, "0.1.0", "windows", "amd64", program(t)), releaseFor(t, releases, "0.1.0", "darwin", "arm64", program(t))
	wrong := strings.Repeat("0", 64)
	for name, c := range map[string]struct {
		inputs map[string]string
		ok     bool
		says   string
		env    map[string]string
	}{
		"a pinned release":       {map[string]string{"version": "v0.1.0", "sha256": sum}, true, "", nil},
		"another archive":        {map[string]string{"version": "0.1.0", "sha256": wrong}, false, "not the one that sha256 names", nil},
		"no checksum":            {map[string]string{"version": "0.1.0"}, false, "needs sha256", nil},
		"no version":             {map[string]string{"version": "../../x", "sha256": sum}, false, "must be a release", nil},
		"its own checkout":       {nil, true, "", nil},
		"a program that is none": {map[string]string{"path": "no-such-probity"}, false, "names no program", nil},
		"a release for Windows":  {map[string]string{"version": "0.1.0", "sha256": windows}, true, "", map[string]string{"RUNNER_OS": "Windows"}},
		"a release for macOS":    {map[string]string{"version": "0.1.0", "sha256": mac}, true, "", map[string]string{"RUNNER_OS": "macOS", "RUNNER_ARCH": "ARM64"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := theAction(t)
			a.Runs.Steps = a.Runs.Steps[:1]
			r := job(t, a, repository(t), c.inputs)
			r.env["PROBITY_DOWNLOADS"] = "file://" + releases
			maps.Copy(r.env, c.env)
			if code := r.play(a); (code == 0) != c.ok || !strings.Contains(r.log.String(), c.says) {
				t.Fatalf("exit %d:\n%s", code, r.log.String())
			}
			if !c.ok {
				if p := r.outputs["install.probity"]; p != "" {
					t.Errorf("%s is used", p)
				}
				return
			}
			if got := run(t, r.dir, nil, r.outputs["install.probity"], "version"); got.code != 0 {
				t.Errorf("what was installed does not run: %s", got.stderr)
			}
		})
	}
}

// release writes a release's archive and gives its checksum.
func release(t *testing.T, dir, version, program string) string {
	t.Helper()
	return releaseFor(t, dir, version, "linux", "amd64", program)
}

func releaseFor(t *testing.T, dir, version, system, arch, program string) string {
	t.Helper()
	path := filepath.Join(dir, "v"+version, archive(t, version, system, arch))
	inside := "probity"
	if system == "windows" {
		inside = "probity.exe"
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h := sha256.New()
	z, err := gzip.NewWriterLevel(io.MultiWriter(f, h), gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(z)
	b := []byte(read(t, program))
	if err := w.WriteHeader(&tar.Header{Name: inside, Mode: 0o755, Size: int64(len(b))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// The README's gate: ten lines, and its step does what it says.
func TestReadme(t *testing.T) {
	t.Parallel()
	_, after, ok := strings.Cut(read(t, filepath.Join(root, "README.md")), "```yaml\non: pull_request\n")
	text, _, end := strings.Cut(after, "```")
	if !ok || !end {
		t.Fatal("README.md has no workflow")
	}
	text = "on: pull_request\n" + text
	if n := strings.Count(text, "\n"); n > 10 {
		t.Errorf("the gate has %d lines, want at most 10", n)
	}
	var flow struct {
		Jobs map[string]struct{ Steps []step }
	}
	if err := yaml.Unmarshal([]byte(text), &flow); err != nil {
		t.Fatal(err)
	}
	steps := flow.Jobs["probity"].Steps
	at := slices.IndexFunc(steps, func(s step) bool { return strings.HasPrefix(s.Uses, "probity-scan/probity@") })
	if at < 0 {
		t.Fatal("the workflow does not use the action")
	}
	a := theAction(t)
	r := job(t, a, change(t), steps[at].With)
	r.inputs["path"] = program(t)
	log := func() string { return withoutStopped(r.log.String()) }
	if code := r.play(a); code != 1 || !strings.Contains(log(), "::error file=infra/queue.tf") || strings.Contains(log(), "::error file=infra/main.tf") {
		t.Errorf("exit %d, want what the change makes worse to fail, and no more:\n%s", code, r.log.String())
	}
	if checkout := steps[max(0, at-1)]; checkout.With["fetch-depth"] != "0" {
		t.Errorf("%s fetches %q, want the whole history", checkout.Uses, checkout.With["fetch-depth"])
	}
}
