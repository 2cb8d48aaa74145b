package tree

import (
	"io/fs"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// knows takes what ends in .template.json or .yaml for templates; the text of one is what it nests.
func knows(fsys fs.FS, name string) ([]string, bool) {
	if ok, _ := path.Match("*.template.json", path.Base(name)); !ok && path.Ext(name) != ".yaml" {
		return nil, false
	}
	b, err := fs.ReadFile(fsys, name)
	if err != nil || len(b) == 0 {
		return nil, true
	}
	return []string{path.Join(path.Dir(name), string(b))}, true
}

// Templates are roots unless another nests them; CDK's output holds them beside copies that are not read again.
func TestTemplates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"alone":      {map[string]string{"infra/app.yaml": ""}, []string{"cloudformation infra/app.yaml"}},
		"nested":     {map[string]string{"app.yaml": "part/db.yaml", "part/db.yaml": ""}, []string{"cloudformation app.yaml"}},
		"in circles": {map[string]string{"a.yaml": "b.yaml", "b.yaml": "a.yaml"}, []string{"cloudformation a.yaml"}},
		"of CDK": {map[string]string{"cdk.out/cdk.out": "{}", "cdk.out/manifest.json": "{}", "cdk.out/tree.json": "{}", "cdk.out/App.assets.json": "{}",
			"cdk.out/App.template.json": "App.nested.template.json", "cdk.out/App.nested.template.json": "", "cdk.out/asset.0a1b/copy.yaml": ""},
			[]string{"cloudformation cdk.out/App.template.json", "filtered: copies in the output of CDK: 1"}},
		"beside data": {map[string]string{"data.json": "{}", "app.template.json": ""}, []string{"objects ", "cloudformation app.template.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			o := options()
			o.Template = knows
			for f, err := range New(o).Scan(t.Context(), probity.Unit{Target: lay(t, c.files)}) {
				must(t, err)
				switch f := f.(type) {
				case probity.Unit:
					got = append(got, f.Scanner+" "+f.Part)
				case probity.Coverage:
					if f.Gap != nil {
						got = append(got, string(f.Gap.Reason)+": "+f.Gap.Because+": 1")
					}
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("found differs (-want +got):\n%s", diff)
			}
		})
	}
}
