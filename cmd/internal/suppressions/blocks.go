package suppressions

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// block is a resource in a file of code: its first and last line, from 1.
type block struct{ first, last int }

// blocks of a file, in order.
type blocks []block

// around is the block that holds a line; above: or that begins right below it, with comments and blank lines between.
func (bs blocks) around(line int, above bool, lines []string) (block, bool) {
	for _, b := range bs {
		if b.first <= line && line <= b.last {
			return b, true
		}
		if above && b.first > line {
			for _, between := range lines[line : b.first-1] {
				if t := strings.TrimSpace(between); t != "" && !comment.MatchString(t) {
					return block{}, false
				}
			}
			return b, true
		}
	}
	return block{}, false
}

var (
	comment = regexp.MustCompile(`^(#|//)`)
	heredoc = regexp.MustCompile(`<<[-~]?([A-Za-z_][A-Za-z0-9_]*)\s*$`)
)

// hclBlocks finds the outermost blocks by their braces, past texts, comments and here-documents.
func hclBlocks(text []byte) blocks {
	var out blocks
	depth, first, until := 0, 0, ""
	inComment := false
	for i, line := range strings.Split(string(text), "\n") {
		if until != "" {
			if strings.TrimSpace(line) == until {
				until = ""
			}
			continue
		}
		var opened, closed int
		opened, closed, inComment = braces(line, inComment)
		if depth == 0 && opened > 0 {
			first = i + 1
		}
		depth += opened - closed
		if depth <= 0 && closed > 0 && first > 0 {
			out = append(out, block{first, i + 1})
			depth, first = 0, 0
		}
		if m := heredoc.FindStringSubmatch(strings.TrimSpace(line)); m != nil && !inComment {
			until = m[1]
		}
	}
	return out
}

// braces counts those outside of texts and comments.
func braces(line string, inComment bool) (opened, closed int, stillComment bool) {
	inText := false
	for i := 0; i < len(line); i++ {
		rest := line[i:]
		switch {
		case inComment:
			if strings.HasPrefix(rest, "*/") {
				inComment = false
				i++
			}
		case inText && rest[0] == '\\':
			i++
		case rest[0] == '"':
			inText = !inText
		case inText:
		case strings.HasPrefix(rest, "/*"):
			inComment = true
		case rest[0] == '#' || strings.HasPrefix(rest, "//"):
			return opened, closed, false
		case rest[0] == '{':
			opened++
		case rest[0] == '}':
			closed++
		}
	}
	return opened, closed, inComment
}

// yamlBlocks are the resources of a template of CloudFormation, and the documents of other YAML. Text that is no YAML is one block.
func yamlBlocks(text []byte) blocks {
	end := bytes.Count(text, []byte("\n")) + 1
	var out blocks
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(doc.Content) == 0 {
			return blocks{{1, end}}
		}
		if n := len(out); n > 0 {
			out[n-1].last = min(out[n-1].last, doc.Content[0].Line-1)
		}
		out = append(out, resources(doc.Content[0], end)...)
	}
	return out
}

func resources(root *yaml.Node, end int) blocks {
	for i := 0; root.Kind == yaml.MappingNode && i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "Resources" || root.Content[i+1].Kind != yaml.MappingNode {
			continue
		}
		if i+2 < len(root.Content) {
			end = root.Content[i+2].Line - 1
		}
		var out blocks
		each := root.Content[i+1].Content
		for j := 0; j+1 < len(each); j += 2 {
			last := end
			if j+2 < len(each) {
				last = each[j+2].Line - 1
			}
			out = append(out, block{each[j].Line, last})
		}
		return out
	}
	return blocks{{root.Line, end}}
}
