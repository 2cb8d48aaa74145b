package dashboard

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

const components = "#/components/schemas/"

// schemas are those of the history's types by what Go says of them; of the vocabulary by the schema of scan files, and of words by
// the words that there are.
func schemas() huma.Registry {
	r := huma.NewMapRegistry(components, func(t reflect.Type, hint string) string {
		name := huma.DefaultSchemaNamer(t, hint)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.PkgPath() == reflect.TypeFor[probity.Asset]().PkgPath() {
			name = scanPrefix + name
		}
		return name
	})
	alias[probity.Asset, scanned[probity.Asset]](r)
	alias[probity.Outcome, scanned[probity.Outcome]](r)
	alias[probity.Finding, scanned[probity.Finding]](r)
	alias[probity.Rule, scanned[probity.Rule]](r)
	alias[probity.Control, scanned[probity.Control]](r)
	alias[probity.Label, scanned[probity.Label]](r)
	alias[probity.Grant, scanned[probity.Grant]](r)
	alias[probity.Evidence, scanned[probity.Evidence]](r)
	alias[probity.Gap, scanned[probity.Gap]](r)
	alias[probity.Ref, scanned[probity.Ref]](r)
	alias[probity.Scope, scanned[probity.Scope]](r)
	alias[probity.Severity, words[probity.Severity]](r)
	alias[probity.Verdict, words[probity.Verdict]](r)
	alias[probity.Category, words[probity.Category]](r)
	alias[probity.Class, words[probity.Class]](r)
	alias[probity.LinkKind, words[probity.LinkKind]](r)
	alias[probity.Applies, words[probity.Applies]](r)
	alias[cause.Cause, words[cause.Cause]](r)
	alias[history.Standing, words[history.Standing]](r)
	alias[history.Settles, words[history.Settles]](r)
	alias[history.NoticeKind, words[history.NoticeKind]](r)
	alias[history.DeliveryState, words[history.DeliveryState]](r)
	alias[history.FindingsSort, words[history.FindingsSort]](r)
	return r
}

func alias[T, As any](r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[T](), reflect.TypeFor[As]())
}

// words is a string of a list.
type words[T interface{ Values() []string }] struct{}

// Schema lists the words.
func (words[T]) Schema(huma.Registry) *huma.Schema {
	var zero T
	s := &huma.Schema{Type: huma.TypeString}
	for _, v := range zero.Values() {
		s.Enum = append(s.Enum, v)
	}
	return s
}

// scanPrefix begins names of what scan files are made of.
const scanPrefix = "Scan"

// scanned is what a scan file has of that name too.
type scanned[T any] struct{}

// Schema is that of scan files, which comes with all that it refers to.
func (scanned[T]) Schema(r huma.Registry) *huma.Schema {
	name := reflect.TypeFor[T]().Name()
	if r.Map()[scanPrefix+name] == nil {
		maps.Copy(r.Map(), fromScans(name, r.Map()))
	}
	return &huma.Schema{Ref: components + scanPrefix + name}
}

// fromScans takes a definition and those that it refers to out of the schema of scan files, but those that are there.
func fromScans(name string, there map[string]*huma.Schema) map[string]*huma.Schema {
	const in, to = `"#/$defs/`, `"` + components + scanPrefix
	var doc struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	out := map[string]*huma.Schema{}
	if err := json.Unmarshal([]byte(reports.Schema()), &doc); err != nil {
		return out
	}
	for left := []string{name}; len(left) > 0; left = left[1:] {
		text := doc.Defs[left[0]]
		if there[scanPrefix+left[0]] != nil || out[scanPrefix+left[0]] != nil || text == nil {
			continue
		}
		for _, part := range bytes.Split(text, []byte(in))[1:] {
			ref, _, _ := bytes.Cut(part, []byte(`"`))
			left = append(left, string(ref))
		}
		s := &huma.Schema{}
		if err := json.Unmarshal(bytes.ReplaceAll(text, []byte(in), []byte(to)), &s.Extensions); err != nil {
			return out
		}
		out[scanPrefix+left[0]] = s
	}
	return out
}

func indented(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
