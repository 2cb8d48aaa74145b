package pipeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// reference is one store's name in another's setting.
var reference = regexp.MustCompile(`<([a-z][a-z-]*)\.([a-z]+)>`)

// writer writes stores in a language.
type storeWriter struct {
	t   *testing.T
	all map[string]store
	out strings.Builder
}

func newStoreWriter(t *testing.T, stores []store) *storeWriter {
	t.Helper()
	w := &storeWriter{t: t, all: map[string]store{}}
	for _, s := range stores {
		w.all[s.name] = s
	}
	return w
}

// account is the account's own number, which code asks for and a plan holds.
const (
	own     = "own"
	account = "<own.account>"
)

// terraform is HCL.
func (w *storeWriter) terraform(stores []store) string {
	w.out.WriteString("provider \"aws\" {\n  region = \"eu-west-1\"\n}\n\ndata \"aws_caller_identity\" \"current\" {}\n")
	for _, s := range stores {
		for _, p := range s.pieces(w.t, inTerraform) {
			fmt.Fprintf(&w.out, "\nresource %q %q {\n", p.kind, s.kept())
			w.block(p.body, "  ")
			w.out.WriteString("}\n")
		}
	}
	return w.out.String()
}

func (w *storeWriter) block(body map[string]any, indent string) {
	for _, k := range slices.Sorted(maps.Keys(body)) {
		blocks, _ := body[k].([]any)
		if b, ok := body[k].(map[string]any); ok {
			blocks = []any{b}
		} else if len(blocks) > 0 {
			if _, ok := blocks[0].(map[string]any); !ok {
				blocks = nil
			}
		}
		for _, b := range blocks {
			fmt.Fprintf(&w.out, "%s%s {\n", indent, k)
			w.block(b.(map[string]any), indent+"  ")
			w.out.WriteString(indent + "}\n")
		}
		if blocks == nil {
			fmt.Fprintf(&w.out, "%s%s = %s\n", indent, k, w.expression(body[k]))
		}
	}
}

func (w *storeWriter) expression(v any) string {
	switch v := v.(type) {
	case string:
		text := reference.ReplaceAllStringFunc(v, func(m string) string { return "${" + w.address(m) + "}" })
		if reference.FindString(v) == v && v != "" {
			return w.address(v)
		}
		return strconv.Quote(text)
	case asJSON:
		return "jsonencode(" + w.expression(v.of) + ")"
	case entries:
		return w.expression(map[string]any(v))
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, strconv.Quote(k)+" = "+w.expression(v[k]))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, w.expression(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprint(v)
}

// address is an attribute of another resource.
func (w *storeWriter) address(m string) string {
	s, ref := w.named(m)
	if s.name == own {
		return "data.aws_caller_identity.current.account_id"
	}
	return s.id(inTerraform) + "." + s.ref(w.t, ref, inTerraform)
}

// named is the store that a reference names, and by what.
func (w *storeWriter) named(m string) (store, string) {
	part := reference.FindStringSubmatch(m)
	if part[1] == own {
		return store{name: own}, part[2]
	}
	return w.all[part[1]], part[2]
}

// template is CloudFormation.
func (w *storeWriter) template(stores []store) string {
	resources := map[string]any{}
	for _, s := range stores {
		for i, p := range s.pieces(w.t, inCloudFormation) {
			name := s.logical()
			if i > 0 {
				name += p.kind[strings.LastIndex(p.kind, ":")+1:]
			}
			says := map[string]any{"Type": p.kind}
			for k, v := range p.body {
				if beside, ok := strings.CutPrefix(k, "^"); ok {
					says[beside] = v
					delete(p.body, k)
				}
			}
			says["Properties"] = eachText(plain(p.body, false), func(text string) any {
				if reference.FindString(text) == text && text != "" {
					other, ref := w.named(text)
					if attr := other.ref(w.t, ref, inCloudFormation); attr != "" {
						return map[string]any{"Fn::GetAtt": []any{other.logical(), attr}}
					}
					return map[string]any{"Ref": other.logical()}
				}
				if strings.Contains(text, account) {
					return map[string]any{"Fn::Sub": strings.ReplaceAll(text, account, "${AWS::AccountId}")}
				}
				return text
			})
			resources[name] = says
		}
	}
	return w.json(map[string]any{"Resources": resources})
}

// calls are those that make the stores in an account.
func (w *storeWriter) calls(stores []store) string {
	var list []any
	for _, s := range stores {
		for i, p := range s.pieces(w.t, inCalls) {
			name := p.kind
			if i == 0 {
				name = s.kept() + " = " + name
			}
			list = append(list, map[string]any{name: plain(eachText(p.body, func(text string) any {
				return reference.ReplaceAllStringFunc(text, func(m string) string {
					other, ref := w.named(m)
					if other.name == own {
						return awstest.Account
					}
					return other.ref(w.t, ref, inCalls)
				})
			}), true)})
		}
	}
	return w.json(list)
}

// plain is a value as JSON has it; documents are texts, or objects where a language takes them as such.
func plain(v any, texts bool) any {
	switch v := v.(type) {
	case asJSON:
		if !texts {
			return plain(v.of, false)
		}
		b, err := json.Marshal(v.of)
		if err != nil {
			return nil
		}
		return string(b)
	case entries:
		return plain(map[string]any(v), texts)
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			out[k] = plain(item, texts)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item, texts)
		}
		return out
	}
	return v
}

func (w *storeWriter) json(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}
