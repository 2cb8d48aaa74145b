package pipeline_test

import (
	"encoding/json"
	"fmt"
	"strings"
)

// instance is a resource of the corpus under way.
type instance struct {
	setting
	name     string
	value    any
	expr     string // in code
	conf     any    // the same in a plan's configuration
	absent   bool
	computed bool
	dynamic  bool
	dark     bool // nobody knows how many blocks the dynamic one makes
	line     int  // of the attribute, or of the block without one
}

// attribute writes the setting, and gives the lines up to the one that decides.
func (c *parityCorpus) attribute(in instance, file string) []string {
	var lines []string
	switch {
	case in.absent:
	case in.dynamic:
		each := "[" + in.expr + "]"
		if in.dark {
			each = "terraform_data.x.output"
		}
		lines = []string{fmt.Sprintf("  dynamic %q {", in.block), "    for_each = " + each, "    content {", "      " + in.attr + " = " + in.block + ".value"}
		c.write(file, append(lines, "    }", "  }")...)
	case in.block != "":
		lines = []string{"  " + in.block + " {", "    " + in.attr + " = " + in.expr}
		c.write(file, append(lines, "  }")...)
	default:
		lines = []string{"  " + in.attr + " = " + in.expr}
		c.write(file, lines...)
	}
	return lines
}

// block writes a resource, and gives the line that decides.
func (c *parityCorpus) block(in instance, file, meta string) int {
	if in.owner != "" {
		lines := []string{fmt.Sprintf("resource %q %q {", in.owner, in.name)}
		if meta != "" {
			lines = append(lines, meta)
		}
		at := c.write(file, append(lines, "}")...)
		if in.absent { // nothing is split from it
			return at
		}
	}
	at := c.write(file, fmt.Sprintf("resource %q %q {", in.typ, in.name))
	if meta != "" {
		c.write(file, meta)
	}
	if in.owner != "" {
		key := ""
		switch {
		case strings.Contains(meta, "count"):
			key = "[count.index]"
		case meta != "":
			key = "[each.key]"
		}
		c.write(file, fmt.Sprintf("  bucket = %s.%s%s.id", in.owner, in.name, key))
	}
	for line := range strings.Lines(in.also) {
		c.write(file, "  "+strings.TrimSpace(line))
	}
	before := len(c.files[file])
	if lines := c.attribute(in, file); len(lines) > 0 {
		at = before + len(lines)
	}
	c.write(file, "}")
	return at
}

// inJSON writes the resource in JSON syntax, an attribute a line.
func (c *parityCorpus) inJSON(in instance, bad bool) {
	file := in.name + ".tf.json"
	body := []string{}
	if in.owner != "" {
		body = append(body, fmt.Sprintf(`"bucket": "${%s.%s.id}"`, in.owner, in.name))
	}
	for line := range strings.Lines(in.also) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " = ")
		body = append(body, fmt.Sprintf("%q: %s", name, value))
	}
	decides := fmt.Sprintf("%q: %s", in.attr, literal(in.value))
	if in.block != "" {
		decides = fmt.Sprintf("%q: [{ %s }]", in.block, decides)
	}
	body = append(body, decides)
	if in.owner != "" {
		c.write(file, `{"resource": {`, fmt.Sprintf(`%q: { %q: {} },`, in.owner, in.name))
	} else {
		c.write(file, `{"resource": {`)
	}
	c.write(file, fmt.Sprintf("%q: { %q: {", in.typ, in.name))
	at := c.write(file, strings.Split(strings.Join(body, ",\n"), "\n")...)
	c.write(file, "} }", "}}")
	in.line = at + len(body) - 1
	c.plan(c.root, in, "", "", nil, in.value)
	c.plant(in, "", "", "json", bad, file)
}

// plan adds what a plan says of an instance, and once of its configuration.
func (c *parityCorpus) plan(m *moduleJSON, in instance, module, index string, key, v any) {
	after, unknown, conf := object{}, object{"id": true, "arn": true}, object{}
	for line := range strings.Lines(in.also) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), " = ")
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			panic(err)
		}
		after[name], conf[name] = value, object{"constant_value": value}
	}
	of := in.owner + "." + in.name
	if in.owner != "" {
		unknown["bucket"], conf["bucket"] = true, object{"references": []string{of + ".id", of}}
		if key != nil {
			own := "each.key"
			if _, counted := key.(int); counted {
				own = "count.index"
			}
			conf["bucket"] = object{"references": []string{of, own}}
		}
		c.change(m, in.owner, in.name, module, index, key, object{}, object{"id": true, "arn": true, "bucket": true, "versioning": true, "grant": false}, object{})
		if in.absent {
			return
		}
	}
	name, value, says := in.attr, v, in.conf
	switch {
	case in.absent: // real plans leave it unknown, and its default decides
		unknown[in.attr] = true
		if in.block != "" {
			delete(unknown, in.attr)
			unknown[in.block] = true
		}
	case in.dark:
		unknown[in.block] = true
	case in.block != "" && in.computed:
		after[in.block], unknown[in.block], conf[in.block] = []any{object{}}, []any{object{name: true}}, []any{object{name: says}}
	case in.block != "":
		after[in.block] = []any{object{name: value}}
		if !in.dynamic { // which a plan's configuration leaves out
			conf[in.block] = []any{object{name: says}}
		}
	case in.computed:
		unknown[name], conf[name] = true, says
	default:
		after[name], conf[name] = value, says
	}
	c.change(m, in.typ, in.name, module, index, key, after, unknown, conf)
}

func (c *parityCorpus) change(m *moduleJSON, typ, name, module, index string, key any, after, unknown, conf object) {
	ch := object{"address": module + typ + "." + name + index, "mode": "managed", "type": typ, "name": name,
		"change": object{"actions": []string{"create"}, "before": nil, "after": after, "after_unknown": unknown}}
	if key != nil {
		ch["index"] = key
	}
	if module != "" {
		ch["module_address"] = strings.TrimSuffix(module, ".")
	}
	c.changes = append(c.changes, ch)
	for _, r := range m.Resources {
		if r.(object)["address"] == typ+"."+name {
			return
		}
	}
	m.Resources = append(m.Resources, object{"address": typ + "." + name, "mode": "managed", "type": typ, "name": name, "provider_config_key": "aws", "expressions": conf})
}
