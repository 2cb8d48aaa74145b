package reports

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// text is a string of any of the vocabulary's types.
func text(v any) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.String {
		return r.String()
	}
	return fmt.Sprint(v)
}

// prose is a rule's text: paragraphs, `code` and fenced blocks of Markdown; all else stays as written.
func prose(s string) template.HTML {
	var b strings.Builder
	for i, block := range strings.Split(s, "```") {
		if i%2 == 1 {
			_, code, _ := strings.Cut(block, "\n") // the first line names the language
			b.WriteString("<pre><code>" + template.HTMLEscapeString(plainLines(strings.TrimRight(code, "\n"))) + "</code></pre>")
			continue
		}
		for _, p := range strings.Split(block, "\n\n") {
			if p = strings.TrimSpace(p); p != "" {
				b.WriteString("<p>" + spans(p) + "</p>")
			}
		}
	}
	return template.HTML(b.String()) //nolint:gosec // every piece is escaped above
}

func spans(p string) string {
	parts := strings.Split(visible(p), "`")
	var b strings.Builder
	for i, s := range parts {
		s = template.HTMLEscapeString(s)
		switch {
		case i%2 == 1 && i < len(parts)-1:
			s = "<code>" + s + "</code>"
		case i%2 == 1: // no end
			s = "`" + s
		}
		b.WriteString(s)
	}
	return b.String()
}

// originText is where a fact came from; derived facts name what they were worked out from.
func originText(in *language.Language, o *probity.Origin) string {
	if o == nil {
		return ""
	}
	s := visible(o.String())
	if len(o.Derived) > 0 && o.File == "" {
		var from []string
		for _, e := range o.Derived {
			if f := visible(string(e.Fact)); !slices.Contains(from, f) {
				from = append(from, f)
			}
		}
		return short(in.Say("worked out from {facts}: {origin}", strings.Join(from, ", "), s), 300)
	}
	return s
}

// Segment is a share of a bar: its class names its colour.
type Segment struct {
	Class string
	Name  string
	N     int
	X, W  string
}

// Chart is a bar of shares with its words, for those who do not see it.
type Chart struct {
	ID, Title string
	Segments  []Segment
	Total     int
}

// Bar lays counts side by side; what is there at all is seen.
func Bar(id, title string, parts ...Segment) Chart {
	c := Chart{ID: id, Title: title}
	for _, p := range parts {
		c.Total += p.N
	}
	x := 0.0
	for _, p := range parts {
		if p.N == 0 {
			continue
		}
		w := 100 * float64(p.N) / float64(c.Total)
		p.X, p.W = fmt.Sprintf("%.2f", x), fmt.Sprintf("%.2f", max(w-0.4, 0.4))
		x += w
		c.Segments = append(c.Segments, p)
	}
	return c
}

// chartWords is the chart as a sentence.
func chartWords(in *language.Language, c Chart) string {
	var s []string
	for _, p := range c.Segments {
		s = append(s, in.Number(p.N)+" "+p.Name)
	}
	if len(s) == 0 {
		return in.Say("none")
	}
	return strings.Join(s, ", ")
}

// code is a name in type of fixed width, that may break after what divides it.
func code(v any) template.HTML {
	var b strings.Builder
	for _, r := range visible(text(v)) {
		b.WriteString(template.HTMLEscapeString(string(r)))
		if strings.ContainsRune("/:.,", r) {
			b.WriteString("<wbr>")
		}
	}
	return template.HTML("<code>" + b.String() + "</code>") //nolint:gosec // every piece is escaped above
}

// kind is a kind in type of fixed width, that breaks before its dots and nowhere else.
func kind(k probity.Kind) template.HTML {
	s := strings.ReplaceAll(template.HTMLEscapeString(visible(string(k))), ".", "<wbr>.")
	return template.HTML(`<code class="kind">` + s + "</code>") //nolint:gosec // it is escaped above
}

// sourceText is the file and line that a fact rests on.
func sourceText(o *probity.Origin) string {
	if p, ok := o.Source(); ok {
		return p.String()
	}
	return o.String()
}

// capital is a text as a sentence.
func capital(s string) string {
	return sentence(upper(visible(s)))
}

// lower is a text that begins with a small letter.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// upper is a text that begins with a capital letter.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// hint is what would close a gap that names no need.
func hint(in *language.Language, r probity.Reason) string {
	switch r {
	case probity.Computed:
		return in.Say("a scan after apply")
	case probity.NotCollected:
		return in.Say("a target that tells it, such as the live store")
	case probity.Undeclared:
		return in.Say("a declaration in probity.yaml")
	case probity.Unresolved:
		return in.Say("the value")
	case probity.Sampled:
		return in.Say("reading all of it")
	case probity.Filtered:
		return in.Say("not leaving it out")
	case probity.NotApplicable:
		return in.Say("nothing: it does not apply")
	}
	return in.Say("a scan that can read it")
}
