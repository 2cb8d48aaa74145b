// Package corpus makes estates in Terraform of any size whose violations are known, as code and as the plan that terraform would
// make of it. Tests ask whether both are judged alike, benchmarks what a scan of them takes.
package corpus

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// Store is one of the corpus: what is right of it, and where its setting stands.
type Store struct {
	Address, Rule, Style string
	Bad                  bool
	Checkov              string // the check of Checkov that asks the same
	File                 string // from the folder it was saved to
	Line                 int
}

// Corpus is an estate, before it is written.
type Corpus struct {
	Stores []Store

	random  *rand.Rand
	files   map[string][]string // lines
	changes []any
	planned map[string][]any // resources by the module they are in
	values  object           // of variables
	root    *moduleJSON
	n       int
	turn    int // of the files that resources are written to
}

type moduleJSON struct {
	Resources []any  `json:"resources,omitempty"`
	Calls     object `json:"module_calls,omitempty"`
	told      map[string]bool
}

type object = map[string]any

// New makes an estate of at least so many resources, a third of them set badly, and a hundred to a file. A style named more often is
// taken more often.
func New(seed uint64, resources int, styles ...string) *Corpus {
	c := &Corpus{random: rand.New(rand.NewPCG(seed, seed)), files: map[string][]string{}, planned: map[string][]any{}, values: object{}, root: &moduleJSON{Calls: object{}}}
	c.write("main.tf", `provider "aws" {`, `  region = "eu-central-1"`, "}", "locals {", "  on = true", "}", `resource "terraform_data" "x" {}`)
	all := settings()
	for len(c.changes) < resources {
		c.turn = len(c.changes) / 100
		c.store(all[c.random.IntN(len(all))], styles[c.random.IntN(len(styles))], c.random.IntN(3) == 0)
	}
	return c
}

// Resources is how many the plan makes.
func (c *Corpus) Resources() int { return len(c.changes) }

// write adds lines to a file and gives the number of the first.
func (c *Corpus) write(file string, lines ...string) int {
	at := len(c.files[file]) + 1
	c.files[file] = append(c.files[file], lines...)
	return at
}

// literal writes a truth value, a number, a text or a map of texts as both code and JSON have it.
func literal(v any) string {
	m, ok := v.(map[string]string)
	if !ok {
		return fmt.Sprintf("%#v", v)
	}
	var members []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		members = append(members, fmt.Sprintf("%q: %q", key, m[key]))
	}
	return "{ " + strings.Join(members, ", ") + " }"
}

// store adds a store whose setting is reached in some style.
func (c *Corpus) store(s setting, style string, bad bool) {
	c.n++
	name, file := fmt.Sprintf("r%05d", c.n), fmt.Sprintf("stores%03d.tf", c.turn)
	v, other := s.good, s.bad
	if bad {
		v, other = other, v
	}
	in := instance{setting: s, name: name, value: v, conf: object{"constant_value": v}, expr: literal(v)}
	refers := func(expr string) { in.expr, in.conf = expr, object{"references": []string{expr}} }
	switch style {
	case "variable", "tfvars":
		def := v
		if style == "tfvars" {
			def = other
			c.write("terraform.tfvars", "v_"+name+" = "+literal(v))
		}
		c.write("variables.tf", fmt.Sprintf("variable %q {", "v_"+name), "  default = "+literal(def), "}")
		c.values["v_"+name] = object{"value": v}
		refers("var.v_" + name)
	case "undecided":
		c.write("variables.tf", fmt.Sprintf("variable %q {}", "v_"+name))
		c.values["v_"+name] = object{"value": v}
		refers("var.v_" + name)
	case "local":
		c.write("locals.tf", "locals {", "  l_"+name+" = "+literal(v), "}")
		refers("local.l_" + name)
	case "conditional":
		in.expr, in.conf = "local.on ? "+literal(v)+" : "+literal(other), object{"references": []string{"local.on"}}
	case "computed":
		refers("terraform_data.x.output")
		in.computed = true
	case "absent":
		in.absent, bad = true, s.unset
	case "module", "nested":
		c.called(in, style, bad)
		return
	case "json":
		c.inJSON(in, bad)
		return
	case "override":
		in.expr = literal(other)
		c.block(in, file, "")
		in.expr = literal(v)
		at := c.write(name+"_override.tf", fmt.Sprintf("resource %q %q {", s.typ, name))
		in.line = at + len(c.attribute(in, name+"_override.tf"))
		c.write(name+"_override.tf", "}")
		c.plan(c.root, in, "", "", nil, v)
		c.plant(in, "", "", style, bad, name+"_override.tf")
		return
	case "dynamic", "dark":
		in.dynamic = s.block != ""
		if in.dark = in.dynamic && style == "dark"; !in.dark {
			style = "dynamic"
		}
	case "count":
		in.line = c.block(in, file, "  count = 2")
		for i := range 2 {
			c.plan(c.root, in, "", fmt.Sprintf("[%d]", i), i, v)
			c.plant(in, "", fmt.Sprintf("[%d]", i), style, bad, file)
		}
		return
	case "for_each":
		refers("each.value")
		in.line = c.block(in, file, fmt.Sprintf("  for_each = { a = %s, b = %s }", literal(v), literal(other)))
		c.plan(c.root, in, "", `["a"]`, "a", v)
		c.plan(c.root, in, "", `["b"]`, "b", other)
		c.plant(in, "", `["a"]`, style, bad, file)
		c.plant(in, "", `["b"]`, style, !bad, file)
		return
	}
	in.line = c.block(in, file, "")
	c.plan(c.root, in, "", "", nil, v)
	c.plant(in, "", "", style, bad, file)
}

func (c *Corpus) plant(in instance, module, index, style string, bad bool, file string) {
	typ := in.typ
	if in.owner != "" {
		typ = in.owner
	}
	c.Stores = append(c.Stores, Store{Address: module + typ + "." + in.name + index, Rule: in.rule, Style: style, Bad: bad,
		Checkov: in.checkov, File: "infra/" + file, Line: in.line})
}
