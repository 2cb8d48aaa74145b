package kubernetes

import (
	"bytes"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// remark is a comment that asks to let something be, and the line that it speaks of.
type remark struct {
	line int
	probity.Ignore
}

// remarks reads the comments of a text: "# probity:ignore …", and in templates also "{{/* probity:ignore … */}}". One that
// stands alone speaks of the next line that is no comment.
func remarks(file string, before int, b []byte) []remark {
	if !bytes.Contains(b, []byte("probity:ignore")) {
		return nil
	}
	var out []remark
	waiting := 0
	n := before
	for l := range bytes.Lines(b) {
		n++
		line := string(l)
		text, column, alone := comment(line)
		if strings.TrimSpace(line) != "" && !alone {
			for i := len(out) - waiting; i < len(out); i++ {
				out[i].line = n
			}
			waiting = 0
		}
		i, ok := resource.IgnoreIn(text, &probity.Origin{File: file, Line: n, Column: column})
		if !ok {
			continue
		}
		out = append(out, remark{n, i})
		if alone {
			waiting++
		}
	}
	return out
}

// comment finds the comment of a line, where it begins, and whether nothing stands before it. A hash begins one at the start
// of a line or after a blank; what is in quotes does not matter, for it would have to ask exactly as a comment does.
func comment(line string) (text string, column int, alone bool) {
	if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "{{") && strings.Contains(trimmed, "/*") {
		_, inside, _ := strings.Cut(trimmed, "/*")
		inside, _, _ = strings.Cut(inside, "*/")
		return inside, strings.Index(line, "/*") + 1, true
	}
	for i := 0; i < len(line); i++ {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			before := strings.TrimSpace(line[:i])
			rest := strings.TrimLeft(line[i:], "#")
			if before != "" && !strings.HasPrefix(strings.TrimSpace(rest), "probity:ignore") {
				continue
			}
			return rest, i + 1, before == ""
		}
	}
	return "", 0, false
}
