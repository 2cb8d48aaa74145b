package kubernetes

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
)

// written is a document as it stands in a file.
type written struct {
	file   string
	before int // lines
}

func (w written) at(key *yaml.Node, _ *step) *probity.Origin {
	return &probity.Origin{File: w.file, Line: w.before + key.Line, Column: key.Column}
}

// built is a document that kustomize made of one in a file: a value is placed where that document has it, or the nearest
// above it.
type built struct {
	file   string
	before int
	top    *yaml.Node // nil: only the file is known
}

func (b built) at(_ *yaml.Node, way *step) *probity.Origin {
	o := &probity.Origin{File: b.file, Line: 1, Column: 1}
	if b.top == nil {
		return o
	}
	key := b.find(way)
	o.Line, o.Column = b.before+key.Line, key.Column
	return o
}

// find gives the node to point at for a way.
func (b built) find(way *step) *yaml.Node {
	var steps []*step
	for s := way; s != nil; s = s.up {
		steps = append(steps, s)
	}
	key, at := b.top, b.top
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		if at.Kind == yaml.AliasNode {
			at = at.Alias
		}
		switch {
		case s.key == "" && at.Kind == yaml.SequenceNode && s.index < len(at.Content):
			key, at = at.Content[s.index], at.Content[s.index]
		case s.key != "" && at.Kind == yaml.MappingNode:
			found := false
			for j := 0; j+1 < len(at.Content) && !found; j += 2 {
				if at.Content[j].Value == s.key {
					key, at, found = at.Content[j], at.Content[j+1], true
				}
			}
			if !found {
				return key
			}
		default:
			return key
		}
	}
	return key
}

// rendered is a document that a template made: a line is placed at the line of the template that has the same key below the
// same keys. What a template only includes is placed at the key around it.
type rendered struct {
	file  string
	first int    // the line of the template at which the document begins; 0: not known
	from  []line // lines of the template that belong to the document
	lines []line // of the document
	known []int  // the template's line for each of the document's; 0: not yet worked out
	keys  map[string][]int
}

// line is a line that begins with a key.
type line struct {
	number int
	indent int
	key    string // empty: it has none
	up     int    // index of the line around it; -1: none
}

// keyed reads the keys of lines. Actions of templates alone on their line are passed over.
func keyed(text []string, first int) []line {
	out := make([]line, 0, len(text))
	var open []int
	for i, t := range text {
		l := line{number: first + i, up: -1}
		body := strings.TrimLeft(t, " ")
		l.indent = len(t) - len(body)
		for strings.HasPrefix(body, "- ") {
			body = strings.TrimLeft(body[2:], " ")
			l.indent = len(t) - len(body)
		}
		if key, _, ok := strings.Cut(body, ":"); ok && !strings.HasPrefix(body, "#") && !strings.HasPrefix(body, "{{") && len(key) < 256 {
			l.key = strings.Trim(key, `"' `)
		} else if !strings.HasPrefix(body, "#") && !strings.HasPrefix(body, "{{") {
			l.key = strings.TrimSpace(body)
		}
		if l.key == "" {
			out = append(out, l)
			continue
		}
		for len(open) > 0 && out[open[len(open)-1]].indent >= l.indent {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			l.up = open[len(open)-1]
		}
		open = append(open, len(out))
		out = append(out, l)
	}
	return out
}
