package corpus

import (
	"fmt"
	"strings"
)

// called puts the store into a module, or into one that a second module calls twice.
func (c *Corpus) called(in instance, style string, bad bool) {
	call, kind, v := "m_"+in.name, in.typ+"_"+in.attr, in.value
	dir := "modules/" + kind
	in.name, in.expr, in.conf = "this", "var.value", object{"references": []string{"var.value"}}
	at := c.files[dir+"/main.tf"]
	if at == nil {
		c.write(dir+"/main.tf", `variable "value" {}`)
		c.block(in, dir+"/main.tf", "")
	}
	for i, line := range c.files[dir+"/main.tf"] {
		if strings.Contains(line, "var.value") {
			in.line = i + 1
		}
	}
	inner := &moduleJSON{}
	source, module := "./"+dir, any(inner)
	addresses := []string{"module." + call + "."}
	if style == "nested" {
		outer := "modules/outer_" + kind
		if c.files[outer+"/main.tf"] == nil {
			c.write(outer+"/main.tf", `variable "value" {}`, `module "inner" {`, "  count = 2", fmt.Sprintf("  source = %q", "../"+kind), "  value = var.value", "}")
		}
		source = "./" + outer
		module = &moduleJSON{Calls: object{"inner": object{"source": "../" + kind, "expressions": object{"value": in.conf}, "count_expression": object{"constant_value": 2}, "module": inner}}}
		addresses = []string{"module." + call + ".module.inner[0].", "module." + call + ".module.inner[1]."}
	}
	c.write("calls.tf", fmt.Sprintf("module %q {", call), fmt.Sprintf("  source = %q", source), "  value = "+literal(v), "}")
	c.root.Calls[call] = object{"source": source, "expressions": object{"value": object{"constant_value": v}}, "module": module}
	for _, a := range addresses {
		c.plan(inner, in, a, "", nil, v)
		c.plant(in, a, "", style, bad, dir+"/main.tf")
	}
}
