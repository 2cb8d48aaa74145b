package config_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Comments ask for the block that they stand in or just before, and at a call for all that it makes.
func TestIgnores(t *testing.T) {
	t.Parallel()
	until := " reason=\"r\" until=2027-01-31"
	files := map[string]string{
		"main.tf": `# probity:ignore above` + until + `
# another line
resource "a" "above" {}

// probity:ignore apart` + until + `

resource "a" "apart" {
} # probity:ignore end` + until + `
resource "a" "inside" {
  # probity:ignore first,second` + until + `
  v = 1 // probity:ignore third` + until + `
  nested {
    /* probity:ignore fourth` + until + ` */
    v = <<-E
      # probity:ignore none` + until + `
    E
  }
}
/*
 * probity:ignore long` + until + `
 * and more
 */
resource "a" "long" { count = 2 }
locals { x = 1 } # probity:ignore other` + until + `
resource "a" "wrong" {
  # probity:ignore * until=2027-01-31
}
# probity:ignore call` + until + `
module "m" {
  source = "./m"
}
`,
		"m/main.tf":     "module \"n\" {\n  source = \"./n\" # probity:ignore nested" + until + "\n}\n",
		"m/n/n.tf":      "resource \"a\" \"it\" {} # probity:ignore own" + until + "\n",
		"o_override.tf": "resource \"a\" \"above\" {\n  # probity:ignore override" + until + "\n}\n",
	}
	out, losses := read(t, files, config.Options{Dir: "."})
	if len(losses) > 0 {
		t.Errorf("got %v, want no loss", losses)
	}
	got := map[string]string{}
	for _, r := range out {
		var rules []string
		for _, i := range r.Ignores {
			rules = append(rules, i.Rule+" "+i.Origin.String()+" "+i.Wrong)
		}
		got[r.Addr] = strings.Join(rules, "; ")
	}
	for addr, want := range map[string]string{
		"a.above":                "above main.tf:1:1 ; override o_override.tf:2:3 ",
		"a.apart":                "end main.tf:8:3 ",
		"a.inside":               "first main.tf:10:3 ; second main.tf:10:3 ; third main.tf:11:9 ; fourth main.tf:13:5 ",
		"a.long[0]":              "long main.tf:20:1 ",
		"a.long[1]":              "long main.tf:20:1 ",
		"a.wrong":                "* main.tf:26:3 it has no reason: write reason=\"…\"",
		"module.m.module.n.a.it": "own m/n/n.tf:1:22 ; nested m/main.tf:2:18 ; call main.tf:28:1 ",
	} {
		if f, ok := got[addr]; !ok || f != want {
			t.Errorf("%s: got %q, want %q", addr, f, want)
		}
	}
}
