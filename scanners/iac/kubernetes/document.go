package kubernetes

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"
)

// chunk is one document of a stream, as text.
type chunk struct {
	text []byte
	line int // lines before it
}

// chunks splits a stream at lines of three hyphens, so that one document which is malformed does not lose the rest. Such a
// line ends a document wherever it stands in the first column.
func chunks(b []byte) []chunk {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	var out []chunk
	start, line, first, at := 0, 0, 0, 0
	for l := range bytes.Lines(b) {
		if separates(l) {
			out = append(out, chunk{b[start:at], first})
			// What follows the hyphens on their line belongs to the document: blanks keep its columns.
			start, first = at, line
			if rest := bytes.TrimSpace(l[3:]); len(rest) == 0 || rest[0] == '#' {
				start, first = at+len(l), line+1
			}
		}
		at += len(l)
		line++
	}
	return append(out, chunk{b[start:], first})
}

func separates(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("---"))
	return ok && (len(rest) == 0 || strings.ContainsRune(" \t\r\n", rune(rest[0])))
}

var errSyntax = errors.New("it is no YAML")

// parse gives the top of a document; nil where there is none: comments, directives.
func (c chunk) parse(json bool) (*yaml.Node, error) {
	text := c.text
	if json {
		text = bytes.ReplaceAll(text, []byte("\t"), []byte(" ")) // YAML takes tabs less often than JSON, whose texts hold none
	}
	if onlyDirectives(text) {
		return nil, nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, errSyntax // its text may quote the file
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// onlyDirectives: what stands before the first hyphens may be %YAML 1.2.
func onlyDirectives(text []byte) bool {
	for l := range bytes.Lines(text) {
		if t := bytes.TrimSpace(l); len(t) > 0 && t[0] != '#' && l[0] != '%' {
			return false
		}
	}
	return true
}
