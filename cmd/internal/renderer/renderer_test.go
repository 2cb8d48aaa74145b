package renderer_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity/cmd/internal/renderer"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
)

// TestMain lets the test's binary be the process that renders.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == renderer.Command {
		if err := renderer.Serve(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func run(t *testing.T, ctx context.Context, l renderer.Limits, job render.Job) (render.Result, error) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return renderer.New(program, l)(ctx, job)
}

func chart(template string) render.Job {
	return render.Job{Dir: "c", Helm: true, Files: map[string][]byte{
		"c/Chart.yaml":       []byte("apiVersion: v2\nname: c\nversion: 1.0.0\n"),
		"c/templates/a.yaml": []byte(template)}}
}

func TestRenders(t *testing.T) {
	t.Parallel()
	out, err := run(t, t.Context(), renderer.Limits{}, chart("kind: A\napiVersion: v1\nhost: {{ env \"HOME\" }}{{ getHostByName \"localhost\" }}\n"))
	if err != nil || len(out.Documents) != 0 || len(out.Losses) != 1 {
		t.Errorf("got %+v, %v; want no function that reads the environment", out, err)
	}
	out, err = run(t, t.Context(), renderer.Limits{}, chart("\nkind: A\nhost: x{{ getHostByName \"localhost\" }}\n"))
	if err != nil || len(out.Documents) != 1 {
		t.Fatalf("got %+v, %v; want one document", out, err)
	}
	if d := out.Documents[0]; d.File != "c/templates/a.yaml" || d.Line != 2 || strings.TrimSpace(d.Text) != "kind: A\nhost: x" {
		t.Errorf("got %+v, want the text of the template, from its second line, and no address", d)
	}
}

// What never ends is stopped, and what fills memory dies alone.
func TestBounds(t *testing.T) {
	t.Parallel()
	soon := renderer.Limits{Deadline: 3 * time.Second}
	for name, c := range map[string]struct {
		template string
		limits   renderer.Limits
		want     []string
	}{
		"endless range":   {"{{ range 9000000000000000000 }}{{ end }}", soon, []string{"took longer than 3s"}},
		"endless list":    {"{{ range until 2000000000 }}{{ end }}", renderer.Limits{Deadline: 60 * time.Second}, []string{"memory"}},
		"long text":       {`{{ $a := "aaaaaaaaaaaaaaaa" }}{{ range 40 }}{{ $a = print $a $a }}{{ end }}`, renderer.Limits{Deadline: 60 * time.Second}, []string{"memory"}},
		"repeated":        {`{{ repeat 2000000000 "aaaa" }}`, renderer.Limits{Deadline: 60 * time.Second}, []string{"memory", "crashed", "too much"}},
		"endless include": {`{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}`, renderer.Limits{}, []string{"not render", ""}},
		"endless tpl":     {`{{ define "a" }}{{ tpl "{{ include \"a\" . }}" . }}{{ end }}{{ include "a" . }}`, renderer.Limits{Deadline: 20 * time.Second}, []string{"memory", "deep", "not render", "longer", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := run(t, t.Context(), c.limits, chart(c.template))
			if err == nil && len(out.Losses) > 0 && strings.Contains(strings.Join(c.want, " "), "not render") {
				return // one template of several is its own loss
			}
			if err == nil {
				t.Fatalf("got %d documents, want it stopped", len(out.Documents))
			}
			for _, w := range c.want {
				if w != "" && strings.Contains(err.Error(), w) {
					return
				}
			}
			t.Errorf("got %v, want one of %v", err, c.want)
		})
	}
}

func TestStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := run(t, ctx, renderer.Limits{}, chart("{{ range 9000000000000000000 }}{{ end }}")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

// Whatever a kustomization names, nothing is fetched: the process has no network and finds no program.
func TestFetchesNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"resources: ['https://localhost:1/a.yaml']\n", "resources: ['https://example.org/a/b.git?ref=main']\n",
		"configMapGenerator: [{name: a, files: ['https://localhost:1/a']}]\n", "helmCharts: [{name: a, repo: 'https://localhost:1'}]\n"} {
		job := render.Job{Dir: "k", Files: map[string][]byte{"k/kustomization.yaml": []byte(text)}}
		if out, err := run(t, t.Context(), renderer.Limits{}, job); err == nil {
			t.Errorf("%s: got %+v, want an error", text, out)
		}
	}
}
