package reports

import (
	"bufio"
	"fmt"
	"strings"
)

// style is an ANSI SGR parameter.
type style string

const (
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	yellow style = "33"
	green  style = "32"
	cyan   style = "36"
	alarm  style = "1;31"
)

type terminal struct {
	w     *bufio.Writer
	width int
	color bool
}

// in is a text in a style, where colour is wanted.
func (t *terminal) in(s style, text string) string {
	if !t.color || s == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func (t *terminal) say(format string, args ...any) {
	fmt.Fprintln(t.w, inert(fmt.Sprintf(format, args...)))
}

// inert is a line that no runner of CI jobs obeys: "::" at its start and "##[" anywhere are commands of GitHub's.
func inert(line string) string {
	if strings.HasPrefix(strings.TrimLeft(line, " "), "::") {
		line = strings.Replace(line, "::", ": :", 1)
	}
	return strings.ReplaceAll(line, "##[", "## [")
}

// wrapped says a text within the width, later lines indented by n.
func (t *terminal) wrapped(s style, first string, n int, text string) {
	line, room := first, t.width
	for i, word := range strings.Fields(text) {
		if i > 0 && len([]rune(line))+1+len([]rune(word)) > room {
			t.say("%s", t.in(s, line))
			line = strings.Repeat(" ", n) + word
			continue
		}
		if i > 0 {
			line += " "
		}
		line += word
	}
	t.say("%s", t.in(s, line))
}
