package template

import (
	"strings"
	"unicode/utf16"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// ignores are what the comments above and inside of a resource ask for, and in JSON, which has none, its metadata:
// {"probity": {"ignore": [{"rule": …, "reason": …, "until": …}]}}.
func (s scope) ignores(e entry, body *yaml.Node) []probity.Ignore {
	var out []probity.Ignore
	for _, c := range s.from().commentsOf(e) {
		if i, ok := resource.IgnoreIn(c.text, &probity.Origin{File: s.from().name, Line: c.line, Column: c.column}); ok {
			out = append(out, resource.EachIgnore(i)...)
		}
	}
	if list := follow(member(member(member(body, "Metadata"), "probity"), "ignore")); list != nil && list.Kind == yaml.SequenceNode {
		for _, n := range list.Content {
			out = append(out, s.asked(n))
		}
	}
	return out
}

// asked reads an entry of the metadata as the comment that it stands for.
func (s scope) asked(n *yaml.Node) probity.Ignore {
	at := s.file.lost(s.file.name)
	if f := follow(n); f != nil {
		at = s.origin(f)
	}
	plain := strings.NewReplacer(`"`, "'", "\n", " ")
	text := resource.IgnoreMark
	for _, name := range []string{"rule", "reason", "until"} {
		v := strings.TrimSpace(textOf(member(n, name)))
		switch {
		case v == "":
		case name == "rule":
			text += " " + plain.Replace(v)
		default:
			text += " " + name + `="` + plain.Replace(v) + `"`
		}
	}
	i, _ := resource.IgnoreIn(text, at)
	return i
}

// comment is what one line of comment says.
type comment struct {
	text         string
	line, column int
}

// commentsOf are the comments right above a resource and inside of it that ask for something.
func (f *file) commentsOf(e entry) []comment {
	if f.asking == nil {
		f.lines = strings.Split(string(f.src), "\n")
		f.asking = asking(f.lines, f.top)
	}
	if len(f.asking) == 0 {
		return nil
	}
	var out []comment
	from := e.key.Line
	for from > 1 && strings.HasPrefix(strings.TrimSpace(f.lines[from-2]), "#") {
		from--
	}
	for line := from; line <= lastLine(e.value, e.key.Line); line++ {
		if c, ok := f.asking[line]; ok {
			out = append(out, c)
		}
	}
	return out
}

// asking finds the comments that ask for something, by line. What stands in a text, as a script does, is no comment.
func asking(lines []string, top *yaml.Node) map[int]comment {
	said := map[string]bool{}
	gather(top, said)
	out := map[int]comment{}
	if len(said) == 0 {
		return out
	}
	for i, line := range lines {
		from := 0
		for range 10 { // where one stands in a text before the comment
			at := strings.Index(line[from:], resource.IgnoreMark)
			if at < 0 {
				break
			}
			from += at
			head := strings.TrimRight(line[:from], " \t")
			if text := strings.TrimSpace(line[from:]); strings.HasSuffix(head, "#") && said[text] {
				out[i+1] = comment{text: text, line: i + 1, column: len(utf16.Encode([]rune(strings.TrimRight(head, "#")))) + 1}
				break
			}
			from += len(resource.IgnoreMark)
		}
	}
	return out
}

// gather collects the comments of a node and of those inside of it.
func gather(n *yaml.Node, said map[string]bool) {
	for _, text := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#")); strings.HasPrefix(line, resource.IgnoreMark) {
				said[line] = true
			}
		}
	}
	for _, c := range n.Content {
		gather(c, said)
	}
}

// lastLine is the last line on which a node or something inside of it starts.
func lastLine(n *yaml.Node, last int) int {
	last = max(last, n.Line)
	if k := len(n.Content); k > 0 {
		return lastLine(n.Content[k-1], last)
	}
	return last
}
