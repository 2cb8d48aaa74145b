package pipeline_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The languages that stores are described in; a plan is made of the first.
const (
	inTerraform = iota
	inCloudFormation
	inCalls
	languages
)

// sort is a sort of store, as testdata/stores describes it once for all languages.
type sort struct {
	Kind     string            // the types of its resources, and the call that makes it: a / b / c; - where a language has none
	Live     string            // its ID in an account
	Refs     map[string]string // how others name it in each language: a / b / c
	Part     bool              // no store by itself: others name it
	Without  string            // why a language has none
	Settings [][]any           // where a setting stands in each language, and its value in a good and in a bad store
}

// store is a good or a bad one of a sort.
type store struct {
	sort
	of, name string // "bucket", "bucket-good"
	bad      bool
}

// described reads all sorts, and gives a good and a bad store of each, those before that others name.
func described(t *testing.T) []store {
	t.Helper()
	files, err := filepath.Glob("testdata/stores/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d descriptions of stores, %v", len(files), err)
	}
	all := map[string]store{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sorts := map[string]sort{}
		if err := yaml.Unmarshal(b, &sorts); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for of, s := range sorts {
			all[of+"-good"], all[of+"-bad"] = store{s, of, of + "-good", false}, store{s, of, of + "-bad", true}
		}
	}
	var out []store
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		s, ok := all[name]
		if !ok {
			t.Fatalf("a setting names the store %s, which nobody describes", name)
		}
		for _, setting := range s.Settings {
			for _, other := range namedIn(s.value(setting, inCalls)) {
				visit(other)
			}
		}
		out = append(out, s)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		visit(name)
	}
	return out
}

// in reports whether a language has such stores.
func (s store) in(language int) bool { return thirds(s.Kind)[language] != "" }

// thirds are the words of a text for each language.
func thirds(text string) [languages]string {
	var out [languages]string
	for i, word := range strings.SplitN(text, " / ", languages) {
		if word != "-" {
			out[i] = word
		}
	}
	return out
}

// value of a setting in a language; nil where it is left out.
func (s store) value(setting []any, language int) any {
	v := setting[languages:][0]
	if s.bad && len(setting) > languages+1 {
		v = setting[languages+1]
	}
	words := [...]string{"terraform", "cloudformation", "aws"}
	if m, ok := v.(map[string]any); ok {
		for _, word := range words {
			if _, own := m[word]; own {
				return m[words[language]]
			}
		}
	}
	return v
}

// piece is a resource or a call: the store's main one, or one that names it by an attribute.
type piece struct {
	kind, owner, ref string
	body             map[string]any
}

// pieces are what a store is made of in a language.
func (s store) pieces(t *testing.T, language int) []*piece {
	t.Helper()
	out := []*piece{{kind: thirds(s.Kind)[language], body: map[string]any{}}}
	for _, setting := range s.Settings {
		path, _ := setting[language].(string)
		v := s.value(setting, language)
		if path == "" || v == nil {
			continue
		}
		into := out[0]
		if head, rest, ok := strings.Cut(path, "/"); ok {
			kind, owner, _ := strings.Cut(strings.TrimSuffix(head, ")"), "(")
			owner, ref, _ := strings.Cut(owner, "=")
			if ref == "" {
				ref = "id"
			}
			i := slices.IndexFunc(out, func(p *piece) bool { return p.kind == kind })
			if i < 0 {
				i, out = len(out), append(out, &piece{kind: kind, owner: owner, ref: ref, body: map[string]any{}})
			}
			into, path = out[i], rest
		}
		into.put(path, named(v, s.name))
	}
	for _, p := range out[1:] {
		p.put(p.owner, "<"+s.name+"."+p.ref+">")
	}
	if out[0].kind == "" {
		return nil
	}
	return out
}

// asJSON is a document that a language wants as a text of JSON; entries are keys that somebody chose.
type (
	asJSON  struct{ of any }
	entries map[string]any
)

// put sets a value at a path: "a.b[].c:json".
func (p *piece) put(path string, v any) {
	if path == "" {
		maps.Copy(p.body, v.(map[string]any))
		return
	}
	path, form, _ := strings.Cut(path, ":")
	switch form {
	case "json":
		v = asJSON{v}
	case "map":
		v = entries(v.(map[string]any))
	case "tags":
		v = tagged(v.(map[string]any))
	}
	at := p.body
	steps := strings.Split(path, ".")
	for _, step := range steps[:len(steps)-1] {
		at = inner(at, step)
	}
	last, list := strings.CutSuffix(steps[len(steps)-1], "[]")
	if list {
		v = []any{v}
	}
	at[last] = v
}

// tagged are tags as a list.
func tagged(tags map[string]any) []any {
	var out []any
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, map[string]any{"Key": k, "Value": tags[k]})
	}
	return out
}

// inner is the object at a step, made where it is not there yet; "step[]" is a list of one.
func inner(at map[string]any, step string) map[string]any {
	step, list := strings.CutSuffix(step, "[]")
	switch there := at[step].(type) {
	case map[string]any:
		return there
	case []any:
		return there[0].(map[string]any)
	}
	made := map[string]any{}
	at[step] = made
	if list {
		at[step] = []any{made}
	}
	return made
}

// named puts the store's name for NAME.
func named(v any, name string) any {
	return eachText(v, func(s string) any { return strings.ReplaceAll(s, "NAME", name) })
}

// eachText is a value with its texts made anew.
func eachText(v any, with func(string) any) any {
	switch v := v.(type) {
	case string:
		return with(v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = eachText(item, with)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			out[k] = eachText(item, with)
		}
		return out
	case entries:
		return entries(eachText(map[string]any(v), with).(map[string]any))
	case asJSON:
		return asJSON{eachText(v.of, with)}
	}
	return v
}

// namedIn are the stores that a value names: <key-good.arn>.
func namedIn(v any) []string {
	var out []string
	eachText(v, func(s string) any {
		for _, m := range reference.FindAllStringSubmatch(s, -1) {
			if m[1] != own {
				out = append(out, m[1])
			}
		}
		return s
	})
	return out
}

// ref is how a language names the store.
func (s store) ref(t *testing.T, name string, language int) string {
	t.Helper()
	text, ok := s.Refs[name]
	if !ok {
		t.Fatalf("%s: it has no reference %q", s.of, name)
	}
	return strings.ReplaceAll(strings.ReplaceAll(thirds(text)[language], "NAME", s.name), "KEEP", s.kept())
}

// kept is what the answer is called that tells of the store.
func (s store) kept() string { return strings.ReplaceAll(s.name, "-", "_") }

// id is how a scan of a language calls the store.
func (s store) id(language int) string {
	switch language {
	case inTerraform:
		return thirds(s.Kind)[inTerraform] + "." + s.kept()
	case inCloudFormation:
		return s.logical()
	}
	return strings.ReplaceAll(strings.ReplaceAll(s.Live, "NAME", s.name), "KEEP", s.kept())
}

// logical is the store's name in a template: BucketGood.
func (s store) logical() string {
	var b strings.Builder
	for _, word := range strings.Split(s.name, "-") {
		fmt.Fprint(&b, strings.ToUpper(word[:1])+word[1:])
	}
	return b.String()
}
