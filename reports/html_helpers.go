package reports

import (
	"html/template"
	"regexp"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// helpers are what the page's templates call, in one language.
func helpers(in *language.Language) template.FuncMap {
	m := template.FuncMap{
		"v": func(s any) string { return visible(text(s)) }, "prose": prose, "code": code, "kind": kind, "slug": Slug, "place": place, "source": sourceText, "capital": capital, "upper": upper,
		"inside": insideOf, "handle": handle, "https": func(s string) bool { return strings.HasPrefix(s, "https://") },
		"rule": in.Rule, "english": in.English,
		"law": func(s string) message { return frameworkText(in, s) }, "doubt": func(s string) template.HTML { return doubt(in, s) }, "grounds": func(because []string) string { return GroundWords(in, because) },
		"language": in.Code, "foreign": func() bool { return in != nil },
		// Messages: t is a text, word one of the vocabulary, th a text with links and the like in it.
		"t": in.Say, "word": func(s any) string { return in.Say(visible(text(s))) }, "th": func(key string, args ...any) template.HTML { return sayHTML(in, key, args...) },
		"link": func(to, text string) template.HTML {
			return template.HTML(`<a href="` + template.HTMLEscapeString(to) + `">` + template.HTMLEscapeString(text) + "</a>") //nolint:gosec // both are escaped
		},
		"count": in.Count, "thousands": in.Number, "thousands64": func(n int64) string { return in.Number(int(n)) }, "percent": in.Percent, "date": in.Date, "time": in.Time, "day": in.Day, "dated": func(s string) string { return dated(in, s) },
		"bar": func(c Chart) string { return chartWords(in, c) },
	}
	for name, f := range worded(in) {
		m[name] = f
	}
	return m
}

// worded are the helpers that say something of a scan.
func worded(in *language.Language) template.FuncMap {
	return template.FuncMap{
		"value": func(v any) string { return valueText(in, v) }, "reason": func(r probity.Reason) string { return reasonWords(in, r) },
		"said": withStrange, "needs": strange(in), "gap": func(g probity.Gap) template.HTML { return withStrange(Because(in, g)) }, "facts": func(f map[probity.Path]int) string { return factsText(in, f) },
		"origin": func(o *probity.Origin) string { return originText(in, o) }, "counted": func(l probity.Label) string { return counted(in, l) },
		"protection": func(l probity.Label) string { return protection(in, l) }, "hint": func(r probity.Reason) string { return hint(in, r) },
		"loss": func(l LossCount) template.HTML { return withStrange(lossLineOf(in, l, strange(in))) }, "follows": func(l LossCount) string { return l.Follows(in) },
		"data": func(a probity.Asset) string { return dataWords(in, a) }, "history": func(c *Counts) []string { return history(in, c) },
		"state": func(s *shown) string { return stateOf(in, s) }, "callers": func(s *shown) []string { return callersOf(in, s) },
		"until": func(w *probity.Waiver) string { return untilWords(in, *w) }, "kindOf": func(k probity.WaiverKind) string { return waiverWords(in, k) },
		"owner": func(w *probity.Waiver) string { return owner(in, *w) }, "lastDay": func(w *probity.Waiver) string { return in.Day(w.Until.UTC().AddDate(0, 0, -1)) },
		"about": func(l probity.Label, at time.Time) string { return about(in, l, at) }, "people": func(l labelled) string { return people(in, l) },
		"openWords": func(l labelled) template.HTML { return withStrange(openWords(in, l)) }, "rest": func(n Looked) string { return n.Rest(in) },
		"scope": func(f probity.Framework) string { return ScopeWords(in, f) }, "stateOf": func(c control) string { return stateWords(in, c) },
		"input": func(name string) string { return inputWords(in, name) }, "categories": func(s []string) string { return categoryWords(in, s) },
	}
}

// dated is a day that is written as ISO 8601 has it, in the language's own way; another text stays.
func dated(in *language.Language, s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return visible(s)
	}
	return in.Day(t)
}

// categoryWords lists categories of personal data.
func categoryWords(in *language.Language, categories []string) string {
	var out []string
	for _, c := range categories {
		out = append(out, in.Say(visible(c)))
	}
	return strings.Join(out, ", ")
}

// Where texts begin and end that stand in English on a page in another language: characters that no text has that was made visible.
const strangeBegins, strangeEnds = "\x02", "\x03"

// strange puts such texts between their marks, but for questions to people, which it asks in the language.
func strange(in *language.Language) func(string) string {
	if in == nil {
		return visible
	}
	return func(s string) string {
		if q, what, ok := probity.QuestionOf(s); ok {
			return in.Say(string(q), visible(what))
		}
		return strangeBegins + visible(s) + strangeEnds
	}
}

// withStrange is a sentence with such texts in it as markup, so that who listens hears them as English.
func withStrange(s string) template.HTML {
	var b strings.Builder
	last := 0
	for _, at := range strangeText.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(template.HTMLEscapeString(visible(s[last:at[0]])) + `<span lang="en">` + template.HTMLEscapeString(visible(s[at[2]:at[3]])) + "</span>")
		last = at[1]
	}
	return template.HTML(b.String() + template.HTMLEscapeString(visible(s[last:]))) //nolint:gosec // every piece is escaped
}

// withoutStrange is the sentence without marks, for what has no markup.
func withoutStrange(s string) string { return strangeText.ReplaceAllString(s, "$1") }

var strangeText = regexp.MustCompile(strangeBegins + "([^" + strangeBegins + strangeEnds + "]*)" + strangeEnds)

// inputWords is what went into a scan: its name in the header, without the path of a file.
func inputWords(in *language.Language, name string) string {
	if file, ok := strings.CutPrefix(name, "configuration "); ok {
		return in.Say("configuration {file}", visible(file))
	}
	return in.Say(visible(name)) // rules, parameters
}

// doubt is what of a control is to be checked.
func doubt(in *language.Language, s string) template.HTML {
	said := frameworkText(in, s)
	if said.English {
		return withStrange(in.Say("To check: {what}", strange(in)(said.Text)))
	}
	return withStrange(in.Say("To check: {what}", visible(said.Text)))
}

// sayHTML is a message whose arguments may be markup; all else is escaped. Messages hold none.
func sayHTML(in *language.Language, key string, args ...any) template.HTML {
	for i, a := range args {
		switch v := a.(type) {
		case template.HTML:
			args[i] = string(v)
		case string:
			args[i] = template.HTMLEscapeString(visible(v))
		}
	}
	return template.HTML(in.Say(key, args...)) //nolint:gosec // the arguments are escaped above, and the tests see to the messages
}
