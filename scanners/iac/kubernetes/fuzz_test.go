package kubernetes_test

import (
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
)

func FuzzManifest(f *testing.F) {
	f.Add(secretText + "---\n" + postgres)
	f.Add("apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: ConfigMap, data: {url: 'postgres://a:b@c/d?sslmode=no'}}\n- *a\n")
	f.Add("apiVersion: v1\nkind: Service\nspec: {type: LoadBalancer, selector: {app: db}}\n# probity:ignore x\n")
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		write(t, dir, "a.yaml", text)
		for _, err := range scanner().Scan(t.Context(), probity.Unit{Scanner: kubernetes.Manifests, Target: dir, Part: "a.yaml"}) {
			if err != nil {
				t.Fatalf("got %v, want what cannot be read as a gap", err)
			}
		}
	})
}

// Templates are left alone: what never ends is stopped by the process around.
func FuzzPackedChart(f *testing.F) {
	f.Add([]byte(packed(f, map[string]string{"sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", "sub/templates/s.yaml": secretText})))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		dir := t.TempDir()
		write(t, dir, "Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
		write(t, dir, "templates/s.yaml", secretText)
		write(t, dir, "charts/sub-1.0.0.tgz", string(archive))
		for _, err := range scanner().Scan(t.Context(), probity.Unit{Scanner: kubernetes.Chart, Target: dir}) {
			if err != nil && !strings.Contains(err.Error(), "chart .") {
				t.Fatalf("got %v, want an error of the chart", err)
			}
		}
	})
}

func FuzzKustomization(f *testing.F) {
	f.Add("resources: [a.yaml, ../b, 'https://c']\nbuildMetadata: []\ngeneratorOptions: {labels: {a: b}}\n")
	f.Add("resources: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := kustomization.Read([]byte(text))
		if err != nil {
			return
		}
		parts := map[string]bool{}
		for _, p := range k.Parts {
			parts[p.Name] = true
		}
		b, err := k.Without(parts)
		if err != nil {
			return
		}
		if again, err := kustomization.Read(b); err == nil && len(again.Parts) > 0 {
			t.Errorf("got parts %v, want none", again.Parts)
		}
	})
}
