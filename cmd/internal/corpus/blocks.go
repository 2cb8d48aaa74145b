package corpus

import (
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
func (c *Corpus) attribute(in instance, file string) []string {
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
func (c *Corpus) block(in instance, file, meta string) int {
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
	for _, a := range in.also {
		c.write(file, "  "+a.name+" = "+literal(a.value))
	}
	before := len(c.files[file])
	if lines := c.attribute(in, file); len(lines) > 0 {
		at = before + len(lines)
	}
	c.write(file, "}")
	return at
}

// inJSON writes the resource in JSON syntax, an attribute a line.
func (c *Corpus) inJSON(in instance, bad bool) {
	file := in.name + ".tf.json"
	body := []string{}
	if in.owner != "" {
		body = append(body, fmt.Sprintf(`"bucket": "${%s.%s.id}"`, in.owner, in.name))
	}
	for _, a := range in.also {
		body = append(body, fmt.Sprintf("%q: %s", a.name, literal(a.value)))
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
