package kubernetes_test

import (
	"path/filepath"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
)

// A chart that does not render and a kustomization that does not build are one loss each, at their files; a document that
// kustomize would refuse loses no other.
func TestLosesOneAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		ids   string
		gap   string
	}{
		"document": {map[string]string{"k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: [\n---\napiVersion: v1\nkind: Secret\ndata: {}\n---\n" + postgres},
			"apps/StatefulSet/default/db\n", "it has no name"},
		"patch": {map[string]string{"k/kustomization.yaml": "resources: [a.yaml]\npatches: [{target: {kind: Job}, patch: '- 1'}]\n", "k/a.yaml": postgres, "b.yaml": secretText}, "core/Secret/default/s\n", "it does not build"},
		"schema": {map[string]string{"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "[", "c/templates/a.yaml": postgres, "b.yaml": secretText},
			"core/Secret/default/s\n", "its Chart.yaml or values.yaml"},
		"left out by the chart": {map[string]string{"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/.helmignore": "# old\n*.bak.yaml\nold/\n", "c/templates/a.yaml": postgres,
			"c/templates/b.bak.yaml": secretText, "c/templates/old/s.yaml": secretText, "c/templates/NOTES.txt": "{{ fail \"no\" }}"}, "apps/StatefulSet/default/db\n", ""},
		"of a chart that is not there": {map[string]string{"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies: [{name: common, version: 1.x}]\n", "c/templates/a.yaml": postgres,
			"c/templates/b.yaml": "name: {{ include \"common.name\" . }}\n"}, "apps/StatefulSet/default/db\n", "includes one of a chart that is not in charts/"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for file, text := range c.files {
				write(t, dir, file, text)
			}
			ids, gaps := told(scan(t, probity.Unit{Scanner: "tree", Target: dir}))
			if ids != c.ids || !strings.Contains(gaps, c.gap) || c.gap == "" && gaps != "" {
				t.Errorf("got %q and gaps %q, want %q and %q", ids, gaps, c.ids, c.gap)
			}
		})
	}
}

// A packed chart is read where it is named as the target; what stands in it is literal though the archive is compressed.
func TestPackedTarget(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "c.tgz", packed(t, map[string]string{"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "password: opensesame\n",
		"c/templates/s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: {{ .Values.password | b64enc }}}\n"}))
	for _, f := range scan(t, probity.Unit{Scanner: "tree", Target: filepath.Join(dir, "c.tgz")}) {
		if a, ok := f.(probity.Asset); ok {
			if got := fact(a, "settings.literal"); !strings.HasPrefix(got, "true @") {
				t.Errorf("%s: got %s, want true", a.ID, got)
			}
			return
		}
	}
	t.Error("the Secret is not found")
}
