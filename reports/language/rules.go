package language

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// written reads what rules or frameworks say in a language: English to the same in the language. Who writes a rule need not speak five
// languages: what a file does not have is said in English.
func written(what, code string, b []byte) (map[string]string, error) {
	texts := map[string]string{}
	if err := yaml.Unmarshal(b, &texts); err != nil {
		return nil, fmt.Errorf("%s in language %s: %w", what, code, err)
	}
	return texts, nil
}

// Rule gives a rule's text in the language: its title, its description, a remedy. What nobody translated stays English, as do texts
// that a stranger wrote.
func (l *Language) Rule(text string) string {
	if l != nil && l.rules[text] != "" {
		return l.rules[text]
	}
	return text
}

// English reports whether a rule's text is said in English though the language is another one.
func (l *Language) English(text string) bool { return l != nil && l.rules[text] == "" && text != "" }

// Finding gives a finding's message in the language. It was made in English from the rule's template; what stood for the names in it
// is taken out of it again, those that are known as they are. Where that can be done in more than one way, the message stays English.
func (l *Language) Finding(template, message string, known map[string]string) (text string, english bool) {
	if l == nil {
		return message, false
	}
	said := l.rules[template]
	if said == "" {
		return message, true
	}
	found := fits(template, message, known)
	if len(found) != 1 {
		return message, true
	}
	pairs := make([]string, 0, 2*len(found[0]))
	for name, v := range found[0] {
		if slices.Contains([]string{"country", "region", "value"}, name) { // the others are names that a person gave
			v = l.Say(v)
		}
		pairs = append(pairs, "{"+name+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(said), false
}

// fits are the ways to fill the template's names so that it is the text: none, one, or two of more.
func fits(template, text string, known map[string]string) []map[string]string {
	before, after, hole := strings.Cut(template, "{")
	name, after, closed := strings.Cut(after, "}")
	rest, ok := strings.CutPrefix(text, before)
	switch {
	case !hole || !closed:
		if text != template {
			return nil
		}
		return []map[string]string{{}}
	case !ok:
		return nil
	}
	if value, ok := known[name]; ok {
		if rest, ok = strings.CutPrefix(rest, value); !ok {
			return nil
		}
		return with(name, value, fits(after, rest, known))
	}
	next, _, more := strings.Cut(after, "{")
	if !more {
		value, ok := strings.CutSuffix(rest, after)
		if !ok {
			return nil
		}
		return []map[string]string{{name: value}}
	}
	var out []map[string]string
	for at := 0; at <= len(rest) && len(out) < 2; at++ {
		i := strings.Index(rest[at:], next)
		if i < 0 {
			break
		}
		at += i
		now := map[string]string{name: rest[:at]}
		maps.Copy(now, known)
		out = append(out, with(name, rest[:at], fits(after, rest[at:], now))...)
	}
	return out
}

func with(name, value string, all []map[string]string) []map[string]string {
	for _, m := range all {
		m[name] = value
	}
	return all
}
