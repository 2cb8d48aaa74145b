package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// JSON says the same as native syntax: templates in texts, blocks as objects or lists, several of one kind.
func TestJSON(t *testing.T) {
	t.Parallel()
	for name, archive := range map[string]string{
		"all blocks": `
-- main.tf.json --
{
  "//": "a comment",
  "terraform": {"required_version": ">= 1.0"},
  "variable": {"given": {"default": "dflt"}, "typed": {"type": "list(string)", "default": ["x"]}, "none": {}},
  "locals": {"l": "${var.given}-l", "n": "${1 + 1}"},
  "provider": {"aws": [{"region": "r1"}, {"alias": "far", "region": "${local.l}"}]},
  "data": {"aws_region": {"r": {}}},
  "module": {"m": {"source": "./m", "in": "${local.l}", "providers": {"aws": "aws.far"}}},
  "output": {"o": {"value": "${a.it.id}"}},
  "resource": {"a": {
    "it": {"v": ["${local.l}", "${local.n}", "${var.typed[0]}", "$${kept}", 5, true, null, "${data.aws_region.r.name}", "${module.m.out}"], "w": "${var.none}"},
    "far": {"provider": "aws.far", "count": "${local.n}", "v": "${count.index}"},
    "each": {"for_each": {"k": "val"}, "v": "${each.value}", "depends_on": ["a.it"]},
    "list": [{"v": "in a list"}]
  }}
}
-- m/main.tf --
variable "in" {}
resource "a" "in" { v = var.in }
output "out" { value = "out-${var.in}" }
-- want --
addresses = a.each["k"] a.far[0] a.far[1] a.it a.list module.m.a.in
a.it v = [dflt-l, 2, x, ${kept}, 5, true, unset, r1, out-dflt-l]
a.it w = could not be resolved; needs var.none
a.it [region] = r1
a.far[1] v = 1
a.far[1] [region] = dflt-l
a.each["k"] v = val
a.list v = in a list
module.m.a.in v = dflt-l
module.m.a.in [region] = dflt-l
losses = 
`,
		"blocks": `
-- main.tf.json --
{"resource": {"a": {
  "one": {"r": {"v": "x"}},
  "many": {"r": [{"v": "x"}, {"v": "y"}]},
  "deep": {"r": {"s": [{"v": "${upper(\"z\")}"}]}},
  "dynamic": {"dynamic": {"r": {"for_each": ["x", "y"], "iterator": "i", "content": {"v": "${i.value}", "s": {"v": "${i.key}"}}}}},
  "hidden": {"o": {"dynamic": {"r": {"for_each": ["x"], "content": {"v": "${r.value}"}}}}},
  "listed": {"o": [{"w": 1, "dynamic": [{"r": [{"for_each": ["x", "y"], "content": [{"v": "${r.value}"}]}]}]}, {"w": 2}]},
  "deeper": {"o": {"p": {"w": 1, "dynamic": {"r": {"for_each": "${var.none}", "content": {"v": 1}}}}}},
  "within": {"dynamic": {"o": {"for_each": ["x"], "content": {"dynamic": {"r": {"for_each": ["y"], "content": {"v": "${o.value}${r.value}"}}}}}}},
  "a_map": {"o": {"dynamic": "x", "p": {"dynamic": {"r": {"q": 1}}}}}
}}}
-- want --
a.one r.v = x
a.many r = [block, block]
a.deep r.s.v = Z
a.dynamic r = [block, block]
a.dynamic r.v = x
a.dynamic r.s.v = 0
a.hidden o.r.v = x
a.listed o.w = 1
a.listed o.r = [block, block]
a.listed o.r.v = x
a.deeper o.p.w = 1
a.deeper o.p.r.v = could not be resolved (var.none is not declared)
a.within o.r.v = xy
a.a_map o.dynamic = x
a.a_map o.p.dynamic.r.q = 1
losses = 
`,
		"broken": `
-- main.tf --
resource "a" "it" {}
-- bad.tf.json --
{"resource": {"a": {
-- list.tf.json --
[1]
-- want --
addresses = a.it
`,
		"a template that is none": `
-- main.tf.json --
{"resource": {"a": {"it": {"v": "${", "w": "${nosuch}", "x": "kept"}}}}
-- want --
a.it v = could not be resolved (the expression cannot be evaluated)
a.it w = could not be resolved (nosuch is not declared)
a.it x = kept
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected(t, archive, config.Options{Dir: "."})
		})
	}
}
