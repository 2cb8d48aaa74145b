package render

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// marks remembers lines of templates. A comment before the first key of a document survives rendering, and tells afterwards
// which line of which template the document began at, however it was included.
type marks struct{ places []place }

type place struct {
	file string
	line int
}

const markPrefix = "#probity-mark:"

// mark is text with a comment before each line that may begin a document.
func (m *marks) mark(file string, text []byte) []byte {
	var out bytes.Buffer
	n := 0
	for line := range bytes.Lines(text) {
		n++
		if bytes.HasPrefix(line, []byte("apiVersion:")) || bytes.HasPrefix(line, []byte("kind:")) {
			out.WriteString(markPrefix + strconv.Itoa(len(m.places)) + "\n")
			m.places = append(m.places, place{file, n})
		}
		out.Write(line)
	}
	return out.Bytes()
}

// added is how many marks stand in the first lines of a marked template: by so much its lines are told too late.
func (m *marks) original(file string, line int) int {
	for _, p := range m.places {
		if p.file == file && p.line < line {
			line--
		}
	}
	return line
}

// place is that of the first mark in a rendered document.
func (m *marks) place(text string) (place, bool) {
	at := regexp.MustCompile(`(?m)^` + markPrefix + `(\d+)$`).FindStringSubmatch(text)
	if at == nil {
		return place{}, false
	}
	n, err := strconv.Atoi(at[1])
	if err != nil || n >= len(m.places) {
		return place{}, false
	}
	return m.places[n], true
}

// unmarked is a rendered text without marks.
func unmarked(text string) string {
	if !strings.Contains(text, markPrefix) {
		return text
	}
	return regexp.MustCompile(`(?m)^\s*`+markPrefix+`\d+\n?`).ReplaceAllString(text, "")
}

// documents splits a stream at lines of three hyphens. Such a line ends a document wherever it stands in the first column.
func documents(text string) []string {
	var out []string
	var b strings.Builder
	for line := range strings.Lines(text) {
		if t := strings.TrimRight(line, " \t\r\n"); t == "---" || strings.HasPrefix(line, "--- ") {
			out = append(out, b.String())
			b.Reset()
			line = strings.TrimPrefix(line, "---")
		}
		b.WriteString(line)
	}
	return append(out, b.String())
}
