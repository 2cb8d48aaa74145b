package tree

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// holds takes what names a kind for a manifest.
func holds(fsys fs.FS, name string) bool {
	b, err := fs.ReadFile(fsys, name)
	return err == nil && bytes.Contains(b, []byte("kind:"))
}

// Charts and kustomizations are units; a manifest is read once, through what it belongs to.
func TestClusters(t *testing.T) {
	t.Parallel()
	const chart, object = "name: c\n", "kind: Pod\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"manifests below each other": {map[string]string{"a/x.yaml": object, "a/b/y.yaml": object, "c/z.yaml": object}, []string{"kubernetes a", "kubernetes c"}},
		"a chart":                    {map[string]string{"c/Chart.yaml": chart, "c/templates/a.yaml": object, "c/charts/d/Chart.yaml": chart, "c/charts/d/templates/a.yaml": object}, []string{"kubernetes-chart c"}},
		"beside a chart's templates": {map[string]string{"c/Chart.yaml": chart, "c/templates/a.yaml": object, "c/ci/a.yaml": object}, []string{"kubernetes-chart c", "kubernetes c/ci"}},
		"above a chart":              {map[string]string{"a.yaml": object, "c/Chart.yaml": chart, "c/templates/a.yaml": object}, []string{"kubernetes-chart c", "kubernetes . without c/templates"}},
		"an overlay": {map[string]string{"base/kustomization.yaml": "resources: [a.yaml]", "base/a.yaml": object, "over/kustomization.yaml": "resources: [../base]\npatches: [{path: p.yaml}]", "over/p.yaml": object},
			[]string{"kubernetes-kustomization over reads base base/a.yaml over/p.yaml"}},
		"two overlays": {map[string]string{"base/kustomization.yaml": "", "a/kustomization.yaml": "resources: [../base]", "b/kustomization.yaml": "bases: [../base]"},
			[]string{"kubernetes-kustomization a reads base", "kubernetes-kustomization b reads base"}},
		"a component":           {map[string]string{"k/kustomization.yaml": "kind: Component\nresources: [a.yaml]", "k/a.yaml": object}, []string{"kubernetes k"}},
		"a circle":              {map[string]string{"a/kustomization.yaml": "resources: [../b]", "b/kustomization.yaml": "resources: [../a]"}, []string{"kubernetes-kustomization a reads b"}},
		"beside what is listed": {map[string]string{"k/kustomization.yaml": "resources: [a.yaml]", "k/a.yaml": object, "k/b.yaml": object}, []string{"kubernetes-kustomization k reads k/a.yaml", "kubernetes k without k/a.yaml"}},
		"a name in a label": {map[string]string{"k/kustomization.yaml": "commonAnnotations: {a: a.yaml}\nlabels: [{pairs: {l: a.yaml}}]\nconfigMapGenerator: [{name: c, literals: [a=a.yaml]}]\nresources: []", "k/a.yaml": object},
			[]string{"kubernetes-kustomization k reads k/c", "kubernetes k"}},
		"held by a ConfigMap": {map[string]string{"k/kustomization.yaml": "configMapGenerator: [{name: c, files: [a.yaml]}]\nresources: [b.yaml]", "k/a.yaml": object, "k/b.yaml": object},
			[]string{"kubernetes-kustomization k reads k/a.yaml k/b.yaml k/c", "kubernetes k without k/b.yaml"}},
		"what is fetched": {map[string]string{"k/kustomization.yaml": "resources: ['https://example.org/a.yaml']"}, []string{"kubernetes-kustomization k"}},
		"malformed":       {map[string]string{"k/kustomization.yaml": "[", "k/a.yaml": object}, []string{"kubernetes-kustomization k", "kubernetes k"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options()
			o.IsManifest = holds
			var got []string
			for f, err := range New(o).Scan(t.Context(), probity.Unit{Target: lay(t, c.files)}) {
				must(t, err)
				u, ok := f.(probity.Unit)
				if !ok || !strings.HasPrefix(u.Scanner, "kubernetes") {
					continue
				}
				part := u.Part
				if part == "" {
					part = "."
				}
				line := u.Scanner + " " + part
				if len(u.Asks.Exclude) > 0 {
					line += " without " + strings.Join(u.Asks.Exclude, " ")
				}
				if len(u.Reads) > 0 {
					line += " reads " + strings.Join(u.Reads, " ")
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("units differ (-want +got):\n%s", diff)
			}
		})
	}
}
