package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// chain writes an origin with its callers outwards, and in braces the place inside of a module from outside.
func chain(o *probity.Origin) string {
	if o == nil {
		return ""
	}
	out := o.String()
	if o.Inside != nil {
		out += " {" + chain(o.Inside) + "}"
	}
	if o.Caller != nil {
		out += " < " + chain(o.Caller)
	}
	return out
}

// What stands in a called module knows who calls it. In one from outside of the repository it is told at the call, and where it
// stands besides.
func TestCallers(t *testing.T) {
	t.Parallel()
	const own = "resource \"a\" \"it\" {\n  v = 1\n}\n"
	files := map[string]string{
		"main.tf":                               "module \"near\" {\n  source = \"./near\"\n  for_each = toset([\"x\", \"y\"])\n}\nmodule \"mapped\" {\n  source = \"acme/db\"\n}\n" + own,
		"near/main.tf":                          own + "\nmodule \"far\" {\n  source = \"acme/far\"\n}\n",
		".terraform/modules/modules.json":       `{"Modules":[{"Key":"near.far","Source":"acme/far","Dir":".terraform/modules/near.far"}]}`,
		".terraform/modules/near.far/main.tf":   own + "module \"sub\" {\n  source = \"./sub\"\n}\n",
		".terraform/modules/near.far/sub/m.tf":  own + "module \"back\" {\n  source = \"../../../../near\"\n}\n",
		".modules/acme/db/main.tf":              own,
		".terraform/modules/near.far/sub/x.tmp": "",
	}
	out, losses := read(t, files, config.Options{Dir: ".", Modules: []config.Source{{Prefix: "acme/db", Dir: ".modules/acme/db", Other: true}}})
	got := map[string]string{}
	shared := map[*probity.Origin]bool{}
	for _, r := range out {
		got[r.Addr] = chain(r.Get("v").At)
		if strings.HasPrefix(r.Addr, `module.near["`) && !strings.Contains(r.Addr, "far") {
			shared[r.At.Caller] = true
			shared[r.Get("v").At.Caller] = true
		}
	}
	for addr, want := range map[string]string{
		"a.it":                             "main.tf:9:3",
		`module.near["x"].a.it`:            "near/main.tf:2:3 < main.tf:1:1",
		`module.near["y"].module.far.a.it`: "near/main.tf:5:1 {.terraform/modules/near.far/main.tf:2:3} < main.tf:1:1",
		`module.near["x"].module.far.module.sub.a.it`: "near/main.tf:5:1 {.terraform/modules/near.far/sub/m.tf:2:3 < .terraform/modules/near.far/main.tf:4:1} < main.tf:1:1",
		"module.mapped.a.it":                          "main.tf:5:1 {.modules/acme/db/main.tf:2:3}",
	} {
		if got[addr] != want {
			t.Errorf("%s: got %s, want %s", addr, got[addr], want)
		}
	}
	if len(shared) != 1 {
		t.Errorf("got %d origins of one call, want it shared", len(shared))
	}
	if len(losses) != 2 || losses[0].Gap.Because != "its source leads out of the repository or package" {
		t.Errorf("got %v, want the call that leads out of its package, for each instance", losses)
	}
}

// A file of a module from outside that cannot be read is told at the call, whose line somebody can change.
func TestLossesInside(t *testing.T) {
	t.Parallel()
	_, losses := read(t, map[string]string{
		"main.tf":                              "module \"near\" { source = \"./near\" }\n",
		"near/main.tf":                         "\nmodule \"far\" {\n  source = \"acme/far\"\n}\n",
		"near/broken.tf":                       "x = \n",
		".terraform/modules/modules.json":      `{"Modules":[{"Key":"near.far","Source":"acme/far","Dir":".terraform/modules/near.far"}]}`,
		".terraform/modules/near.far/main.tf":  "module \"sub\" {\n  source = \"./sub\"\n}\n",
		".terraform/modules/near.far/b.tf":     "\ny = \n",
		".terraform/modules/near.far/sub/c.tf": "z = \n",
	}, config.Options{Dir: "."})
	var got []string
	for _, l := range losses {
		got = append(got, chain(l.Origin))
	}
	want := []string{"near/broken.tf:1:5", "near/main.tf:2:1 {.terraform/modules/near.far/b.tf:2:5} < main.tf:1:1",
		"near/main.tf:2:1 {.terraform/modules/near.far/sub/c.tf:1:5 < .terraform/modules/near.far/main.tf:1:1} < main.tf:1:1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places differ (-want +got):\n%s", diff)
	}
}
