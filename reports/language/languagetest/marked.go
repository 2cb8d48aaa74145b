// Package languagetest tells what a page says past the catalogue of its language.
package languagetest

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"github.com/probity-scan/probity/reports/language"
)

// What is said by the catalogue stands between these.
const (
	opens  = '⟦'
	closes = '⟧'
)

// Code is the language of Marked: English, for which plural forms and marks of numbers are known, as nobody writes it.
const Code = "en-XA"

// Marked is English of which each text is between marks: ⟦Findings⟧, ⟦of ⟧7⟦ stores⟧. Its messages, and the texts of rules and frameworks that it knows, are those of
// the catalogues in dir, the folder of package language.
func Marked(t testing.TB, dir string) *language.Language {
	t.Helper()
	mark := func(s string) string { // what stands for a name in braces is judged by itself
		return string(opens) + braces.ReplaceAllString(s, string(closes)+"$0"+string(opens)) + string(closes)
	}
	messages := map[string]map[string]string{}
	var said map[string]any
	read(t, filepath.Join(dir, "de.yaml"), &said)
	for key := range said {
		one, other, ok := strings.Cut(key, "|")
		messages[key] = map[string]string{"one": mark(one), "other": mark(cmp.Or(other, one))}
		if !ok {
			messages[key] = map[string]string{"other": mark(key)}
		}
	}
	authored := func(what string) []byte {
		var texts map[string]string
		read(t, filepath.Join(dir, what, "de.yaml"), &texts)
		for key := range texts {
			texts[key] = mark(key)
		}
		return written(t, texts)
	}
	l, err := language.Read(Code, written(t, messages), authored("rules"), authored("frameworks"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var braces = regexp.MustCompile(`\{[a-z_]+\}`)

func read(t testing.TB, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func written(t testing.TB, v any) []byte {
	t.Helper()
	b, err := yaml.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Unsaid are the texts of a page in Marked that are no marked ones: not said by the catalogue, no names, no code, and not marked as
// those of another language.
func Unsaid(t testing.TB, page []byte, names ...string) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	spoken := []string{"aria-label", "title", "alt", "placeholder"} // attributes that people are told
	var attributes []string
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && slices.Contains([]string{"style", "code", "pre"}, n.Data) {
			text.WriteString("\n")
			return
		}
		for _, a := range n.Attr {
			if slices.Contains(spoken, a.Key) {
				attributes = append(attributes, a.Val)
			}
			if a.Key == "lang" && n.Data != "html" && a.Val != Code { // what is said in it by the catalogue is said all the same
				return
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && !slices.Contains([]string{"b", "span", "a", "em", "wbr"}, n.Data) {
			text.WriteString("\n")
		}
	}
	walk(root)
	var out []string
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for _, s := range append(outside(t, text.String()), attributesOutside(t, attributes)...) {
		left := s
		for _, n := range names {
			if n != "" {
				left = strings.ReplaceAll(left, n, "")
			}
		}
		if word.MatchString(left) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// word is what would have to be translated: two letters are none that no language has.
var word = regexp.MustCompile(`\p{L}{2,}`)

func attributesOutside(t testing.TB, attributes []string) []string {
	t.Helper()
	var out []string
	for _, a := range attributes {
		out = append(out, outside(t, a)...)
	}
	return out
}

// outside are the lines outside of all marks.
func outside(t testing.TB, s string) []string {
	t.Helper()
	depth := 0
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == opens:
			depth++
			b.WriteByte(' ')
		case r == closes:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	if depth != 0 {
		t.Errorf("marks do not end: %d are open", depth)
	}
	var out []string
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
