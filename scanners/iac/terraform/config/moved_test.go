package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What was moved knows its earlier addresses, through chains, keys and modules; what was removed or imported is as it is.
func TestMoved(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"main.tf": `
resource "a" "now" {}
resource "a" "many" { count = 2 }
resource "a" "keyed" { for_each = toset(["x", "y"]) }
resource "a" "circle" {}
resource "a" "still" {}
module "new" {
  source   = "./m"
  for_each = toset(["k"])
}
moved {
  from = a.before
  to   = a.now
}
moved {
  from = a.first
  to   = a.before
}
moved {
  from = module.gone.a.it
  to   = a.first
}
moved {
  from = a.several
  to   = a.many
}
moved {
  from = a.lone
  to   = a.keyed["x"]
}
moved {
  from = a.round
  to   = a.circle
}
moved {
  from = a.circle
  to   = a.round
}
moved {
  from = module.old
  to   = module.new["k"]
}
moved { to = a.still }
moved {
  from = 1 + 1
  to   = a.still
}
moved {
  from = a.still.attribute
  to   = a.still
}
removed {
  from = a.gone
  lifecycle { destroy = false }
}
import {
  to = a.now
  id = "x"
}
`,
		"more.tf.json": `{"moved": [{"from": "a.json", "to": "a.still"}]}`,
		"m/main.tf":    "resource \"a\" \"it\" {}\nmoved {\n  from = a.inner\n  to = a.it\n}\n",
	}
	out, losses := read(t, files, config.Options{Dir: "."})
	if len(losses) > 0 {
		t.Errorf("got %v, want no loss", losses)
	}
	got := map[string]string{}
	for _, r := range out {
		slices.Sort(r.Former)
		got[r.Addr] = strings.Join(r.Former, " ")
	}
	for addr, want := range map[string]string{
		"a.now":                "a.before a.first module.gone.a.it",
		"a.many[0]":            "a.several[0]",
		"a.many[1]":            "a.several[1]",
		`a.keyed["x"]`:         "a.lone",
		`a.keyed["y"]`:         "",
		"a.circle":             "a.round",
		"a.still":              "a.json",
		`module.new["k"].a.it`: `module.new["k"].a.inner module.old.a.inner module.old.a.it`,
	} {
		if f, ok := got[addr]; !ok || f != want {
			t.Errorf("%s: got %q, want %q", addr, f, want)
		}
	}
	if len(got) != 8 {
		t.Errorf("got %v, want nothing that was removed", got)
	}
}
