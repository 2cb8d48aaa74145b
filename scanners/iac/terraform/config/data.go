package config

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// dataAttribute knows the few data sources whose answer is in the code.
func (m *instance) dataAttribute(b *resourceBlock, k key, name string) (cty.Value, bool) {
	switch {
	case b.typ == "aws_iam_policy_document" && (name == "json" || name == "minified_json"):
		return m.policyDocument(b, k), true
	case b.typ == "aws_region" && (name == "name" || name == "id" || name == "region"):
		if s := m.providerOf(b.body).Region.String(); s != "" {
			return cty.StringVal(s), true
		}
	case b.typ == "aws_s3_bucket" && name == "id" && b.body.attrs["bucket"] != nil:
		return m.scope(k).eval(b.body.attrs["bucket"].Expr), true
	case b.typ == "aws_kms_alias" || b.typ == "aws_kms_key":
		// the name tells whose key it is, which is what is asked of a key
		for _, attr := range []string{"name", "key_id"} {
			if a := b.body.attrs[attr]; a != nil && name != attr {
				if s, ok := toText(m.scope(k).eval(a.Expr)); ok && strings.Contains(s, "alias/") {
					return cty.StringVal(s), true
				}
			}
		}
	}
	return cty.NilVal, false
}

// policyDocument renders the data source as the provider does, with holes for what is not known. It is unknown itself where
// that decides which statements there are.
func (m *instance) policyDocument(b *resourceBlock, k key) cty.Value {
	doc := m.root.block(b.body, m.scope(k), m.origin(b.at))
	marks := cty.ValueMarks{}
	documents := func(lost func(*probity.Gap), names ...string) (out []map[string]any) {
		for _, from := range names {
			docs, rest := doc.Get(from).Each()
			lost(rest)
			for _, d := range docs {
				if _, unknown := d.Data.(resource.Unknown); unknown {
					lost(d.Gap())
					continue
				}
				out = append(out, m.root.embedded(d, marks)...)
			}
		}
		return out
	}
	var more []any // statements of which nothing is known
	hole := func(g *probity.Gap) {
		if g != nil {
			more = append(more, access.Hole(*g))
		}
	}
	statements := documents(hole, "source_json", "source_policy_documents")
	distinct(statements, marks)
	blocks, rest := doc.Get("statement").Blocks()
	hole(rest)
	var own []map[string]any
	for _, s := range blocks {
		own = append(own, m.root.statement(s, marks))
	}
	distinct(own, marks)
	statements = merge(statements, own...)
	// what overrides may take the place of any statement
	statements = merge(statements, documents(func(g *probity.Gap) { note(marks, g) }, "override_policy_documents", "override_json")...)
	for mark := range marks {
		if _, ok := mark.(why); ok {
			return cty.UnknownVal(cty.String).WithMarks(marks)
		}
	}
	for _, s := range statements {
		more = append(more, s)
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": append([]any{}, more...)})
	if err != nil {
		return unevaluated("the policy document cannot be written")
	}
	// the provider's own way to write a policy variable, so that Terraform takes it for none of its own
	return cty.StringVal(strings.ReplaceAll(string(text), `\u0026{`, "${")).WithMarks(marks)
}

// merge adds statements; one with the sid of an earlier one takes its place, as the provider does it.
func merge(statements []map[string]any, more ...map[string]any) []map[string]any {
	for _, s := range more {
		at := slices.IndexFunc(statements, func(old map[string]any) bool { return sid(s) != "" && sid(old) == sid(s) })
		if at < 0 {
			statements = append(statements, s)
		} else {
			statements[at] = s
		}
	}
	return statements
}

func sid(statement map[string]any) string {
	s, _ := statement["Sid"].(string)
	return s
}

// distinct notes what the provider refuses: two statements of one sid among the sources, or among the document's own.
func distinct(statements []map[string]any, marks cty.ValueMarks) {
	seen := map[string]bool{}
	for _, s := range statements {
		if sid(s) != "" && seen[sid(s)] {
			note(marks, &probity.Gap{Reason: probity.Unresolved, Because: "two statements of a policy document have the same sid"})
		}
		seen[sid(s)] = true
	}
}

func note(marks cty.ValueMarks, g *probity.Gap) {
	if g != nil {
		marks[why(*g)] = struct{}{}
	}
}

func (r *Root) statement(s *resource.Block, marks cty.ValueMarks) map[string]any {
	out := map[string]any{"Effect": "Allow"}
	if e := r.piece(s.Get("effect"), marks); e != nil {
		out["Effect"] = e
	}
	if sid := r.raw(s.Get("sid"), marks); sid != nil && sid != "" {
		out["Sid"] = sid
	}
	for from, to := range map[string]string{"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource"} {
		if v := r.piece(s.Get(from), marks); v != nil {
			out[to] = v
		}
	}
	for from, to := range map[string]string{"principals": "Principal", "not_principals": "NotPrincipal"} {
		blocks, rest := s.Get(from).Blocks()
		who := map[string]any{}
		if rest != nil {
			who["AWS"] = []any{access.Hole(*rest)}
		}
		for _, p := range blocks {
			typ, _ := r.raw(p.Get("type"), marks).(string)
			old, _ := who[typ].([]any)
			who[typ] = append(old, r.items(p.Get("identifiers"), marks)...)
		}
		if all, ok := who["*"].([]any); ok && len(who) == 1 && len(all) == 1 {
			out[to] = "*"
		} else if len(who) > 0 {
			out[to] = who
		}
	}
	conditions, rest := s.Get("condition").Blocks()
	if rest != nil {
		out["Condition"] = access.Hole(*rest)
	} else if len(conditions) > 0 {
		tests := map[string]map[string]any{}
		for _, c := range conditions {
			test, _ := r.raw(c.Get("test"), marks).(string)
			variable, _ := r.raw(c.Get("variable"), marks).(string)
			if tests[test] == nil {
				tests[test] = map[string]any{}
			}
			old, _ := tests[test][variable].([]any)
			tests[test][variable] = append(old, r.items(c.Get("values"), marks)...)
		}
		out["Condition"] = tests
	}
	return out
}

// embedded takes the statements of a document given as text.
func (r *Root) embedded(v resource.Value, marks cty.ValueMarks) []map[string]any {
	text, _ := r.raw(v, marks).(string)
	if text == "" {
		return nil
	}
	var many struct{ Statement []map[string]any }
	if json.Unmarshal([]byte(text), &many) == nil {
		return many.Statement
	}
	var one struct{ Statement map[string]any } // which policies may write without brackets
	if json.Unmarshal([]byte(text), &one) == nil {
		return []map[string]any{one.Statement}
	}
	note(marks, &probity.Gap{Reason: probity.Unresolved, Because: "a source policy document is not JSON"})
	return nil
}

// items are the elements of a list; a value without brackets is the only one.
func (r *Root) items(v resource.Value, marks cty.ValueMarks) []any {
	switch d := r.piece(v, marks).(type) {
	case []any:
		return d
	case nil:
		return nil
	default:
		return []any{d}
	}
}

// piece is raw with a hole for what is not known.
func (r *Root) piece(v resource.Value, marks cty.ValueMarks) any {
	if v.Hidden {
		return access.Hole(v.Why())
	}
	switch d := v.Data.(type) {
	case resource.Unknown, resource.Secret:
		return access.Hole(v.Why())
	case *resource.Block:
		if d.Rest != nil {
			return access.Hole(*d.Rest)
		}
		out := map[string]any{}
		for _, name := range sortedKeys(d.Attrs) {
			out[name] = r.piece(d.Attrs[name], marks)
		}
		return out
	case resource.List:
		out := []any{}
		for _, i := range d.Items {
			out = append(out, r.piece(i, marks))
		}
		if d.Rest != nil {
			out = append(out, access.Hole(*d.Rest))
		}
		return out
	}
	return r.raw(v, marks)
}

// draft is a policy written in place, jsonencode({…}), with holes for what is not known of it; empty where it is none.
func (r *Root) draft(a *hcl.Attribute, s scope, at *probity.Origin) string {
	call, ok := a.Expr.(*hclsyntax.FunctionCallExpr)
	if !ok || !strings.HasSuffix(a.Name, "policy") && a.Name != "access_policies" ||
		call.Name != "jsonencode" || len(call.Args) != 1 || call.ExpandFinal {
		return ""
	}
	b, ok := r.value(s.eval(call.Args[0]), at).Data.(*resource.Block)
	if !ok {
		return ""
	}
	marks := cty.ValueMarks{}
	text, err := json.Marshal(r.piece(resource.Value{Data: b}, marks))
	if err != nil {
		return ""
	}
	shown, _, _ := r.parts(string(text))
	return shown
}

// raw turns a value back into JSON's types, with placeholders; what is unknown goes into the marks.
func (r *Root) raw(v resource.Value, marks cty.ValueMarks) any {
	switch d := v.Data.(type) {
	case resource.Ref:
		n := r.placeholder(d)
		plain, m := n.Unmark()
		for k := range m {
			marks[k] = struct{}{}
		}
		return plain.AsString()
	case resource.Template:
		text := d.Text
		for _, f := range d.Refs {
			plain, m := r.placeholder(f).Unmark()
			for k := range m {
				marks[k] = struct{}{}
			}
			text = strings.ReplaceAll(text, f.Text(), plain.AsString())
		}
		return text
	case resource.List:
		out := []any{}
		note(marks, d.Rest)
		for _, i := range d.Items {
			out = append(out, r.raw(i, marks))
		}
		return out
	case resource.Unknown, resource.Secret:
		note(marks, v.Gap())
		return nil
	case *resource.Block:
		out := map[string]any{}
		for name, a := range d.Attrs {
			out[name] = r.raw(a, marks)
		}
		return out
	}
	return v.Data
}
