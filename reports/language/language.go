package language

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed *.yaml
var catalogues embed.FS

//go:embed rules/*.yaml frameworks/*.yaml
var textFiles embed.FS

// English is the language of the program itself.
const English = "en"

// Language says things in one language. Nil is English.
type Language struct {
	code       string
	tag        xlanguage.Tag
	messages   map[string]forms
	rules      map[string]string // what rules say
	frameworks map[string]string // what frameworks say
	numbers    *message.Printer
}

// forms are a message by the plural forms of CLDR: one, few, many, other.
type forms map[string]string

// Codes are the languages that there are, as BCP 47 names them: "de", "en".
func Codes() []string {
	files, _ := fs.Glob(catalogues, "*.yaml") // the pattern is a constant and right
	out := []string{English}
	for _, f := range files {
		out = append(out, strings.TrimSuffix(f, ".yaml"))
	}
	slices.Sort(out)
	return out
}

// Of gives the language with the code; an empty one is English.
func Of(code string) (*Language, error) {
	if code == "" || code == English {
		return nil, nil
	}
	b, err := catalogues.ReadFile(code + ".yaml")
	if errors.Is(err, fs.ErrNotExist) || err != nil && !slices.Contains(Codes(), code) {
		return nil, fmt.Errorf("no language %q: there are %s", code, strings.Join(Codes(), ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("reading language %s: %w", code, err)
	}
	var texts [2][]byte
	for i, what := range []string{"rules", "frameworks"} {
		if texts[i], err = textFiles.ReadFile(what + "/" + code + ".yaml"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s in language %s: %w", what, code, err)
		}
	}
	return Read(code, b, texts[0], texts[1])
}

// Read makes a language of three catalogues, as YAML: of what reports say, of what rules say, and of what frameworks say.
func Read(code string, messages, rules, frameworks []byte) (*Language, error) {
	l, err := parse(code, messages)
	if err == nil {
		l.rules, err = written("rules", code, rules)
	}
	if err == nil {
		l.frameworks, err = written("frameworks", code, frameworks)
	}
	return l, err
}

// parse reads a catalogue: English to the same in the language; where a number decides, to its plural forms.
func parse(code string, b []byte) (*Language, error) {
	tag, err := xlanguage.Parse(code)
	if err != nil {
		return nil, fmt.Errorf("language %s: %w", code, err)
	}
	var entries map[string]yaml.Node
	if err := yaml.Unmarshal(b, &entries); err != nil {
		return nil, fmt.Errorf("language %s: %w", code, err)
	}
	l := &Language{code: code, tag: tag, messages: map[string]forms{}, numbers: message.NewPrinter(tag)}
	for key, n := range entries {
		f := forms{}
		if n.Kind == yaml.ScalarNode {
			f["other"] = n.Value
		} else if err := n.Decode(&f); err != nil {
			return nil, fmt.Errorf("language %s: %q: %w", code, key, err)
		}
		for form := range f {
			if !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
				return nil, fmt.Errorf("language %s: %q has a form %q that CLDR does not know", code, key, form)
			}
		}
		if f["other"] == "" {
			return nil, fmt.Errorf("language %s: %q lacks its form other", code, key)
		}
		l.messages[key] = f
	}
	return l, nil
}

// Code is the language's BCP 47 tag.
func (l *Language) Code() string {
	if l == nil {
		return English
	}
	return l.code
}

// Say gives a message in the language. The key is English with names in braces, for which the arguments stand in the order in which
// the names come first: Say("{n} of {all} read", 3, 7). Where the key is "{n} finding|{n} findings", the number n chooses.
// What no catalogue has is said in English: a name that a person gave stays as it is.
func (l *Language) Say(key string, args ...any) string {
	return l.Count(key, number(placeholders(key), args), args...)
}

// Key marks a message that is said elsewhere, by what stands here as it is.
func Key(message string) string { return message }

// Count is Say where a number chooses the form that the message does not name.
func (l *Language) Count(key string, n int, args ...any) string {
	names := placeholders(key)
	text := l.text(key, n)
	if len(names) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(names))
	for i, name := range names {
		if i < len(args) {
			pairs = append(pairs, "{"+name+"}", l.word(args[i]))
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Join is parts of a sentence one after the other, each after a semicolon.
func (l *Language) Join(parts []string) string {
	var out string
	for i, next := range parts {
		if i == 0 {
			out = next
		} else {
			out = l.Say("{this}; {next}", out, next)
		}
	}
	return out
}

// text is the message before its names are filled in.
func (l *Language) text(key string, n int) string {
	if l != nil {
		if f, ok := l.messages[key]; ok {
			if text := f[form(l.tag, n)]; text != "" {
				return text
			}
			return f["other"]
		}
	}
	one, other, ok := strings.Cut(key, "|")
	if ok && n != 1 {
		return other
	}
	return one
}

func (l *Language) word(arg any) string {
	switch v := arg.(type) {
	case int:
		return l.Number(v)
	case string:
		return v
	}
	return fmt.Sprint(arg)
}

// number is what stands for {n}.
func number(names []string, args []any) int {
	if i := slices.Index(names, "n"); i >= 0 && i < len(args) {
		if n, ok := args[i].(int); ok {
			return n
		}
	}
	return 0
}

func form(tag xlanguage.Tag, n int) string {
	n = max(n, -n)
	return map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
}

// placeholders are the names in braces, each once, in order.
func placeholders(key string) []string {
	var out []string
	for rest := key; ; {
		_, after, ok := strings.Cut(rest, "{")
		name, end, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return out
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
		rest = end
	}
}
