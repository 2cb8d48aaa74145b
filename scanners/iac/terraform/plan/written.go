package plan

import (
	"reflect"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// written says where a secret comes from: from the code, from elsewhere, or the plan does not tell. Nought is neither.
type written int

const (
	inCode written = 1 << iota
	elsewhere
	untold
)

// secret tells whether a secret is written in the code; its value goes no further.
func (o overlay) secret(name string, after, unknown, conf any, set bool) any {
	e, known := conf.(map[string]any)
	never := strings.HasSuffix(name, "_wo") && known // a plan shows null for what is only written
	switch {
	case !set || after == nil && unknown != true && !never:
		return nil
	case !known:
		return resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Because: "the code that sets it is not here"}}
	case after == "":
		return resource.Secret{}
	}
	switch w := o.written(e, o.module, 0); {
	case w&inCode != 0:
		return inTheCode(name, after, e)
	case w&untold != 0:
		return resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Because: "the plan does not tell where the secret stands"}}
	case w == 0:
		return nil
	}
	return resource.Secret{}
}

// inTheCode is a secret that the code holds. Of a script it is asked what stands in it, which a plan may show by its sum alone.
func inTheCode(name string, after any, e map[string]any) any {
	text, ok := e["constant_value"].(string)
	if !ok {
		text, ok = after.(string)
		ok = ok && (len(text) != 40 || strings.Trim(text, "0123456789abcdef") != "")
	}
	if resource.IsScript(name) && !ok {
		return resource.Unknown{Gap: probity.Gap{Reason: probity.Filtered, Because: "the plan shows the sum of the script only"}}
	}
	return resource.Secret{Literal: true, Holds: resource.ScriptHolds(name, text)}
}

// written follows the references of an expression. A plan tells no locals, and nothing of an expression of functions alone.
func (r *reader) written(e map[string]any, m place, depth int) written {
	if v, ok := e["constant_value"]; ok {
		return literal(v)
	}
	refs := texts(e["references"])
	if len(refs) == 0 || depth > maxFollow || m.config == nil {
		return untold
	}
	out := written(0)
	for i, ref := range refs {
		if !isPrefix(ref, i, refs) {
			out |= r.source(ref, m, depth)
		}
	}
	return out
}

func literal(v any) written {
	switch v := v.(type) {
	case nil, bool:
		return 0
	case string:
		if v == "" {
			return 0
		}
		return inCode
	case float64:
		return inCode
	}
	return untold
}

// source is where what a reference names comes from.
func (r *reader) source(ref string, m place, depth int) written {
	root, _, tail := head(ref)
	name, _, rest := head(strings.TrimPrefix(tail, "."))
	switch root {
	case "var":
		return r.input(name, m, depth)
	case "data", "ephemeral":
		return elsewhere
	case "count", "path", "terraform":
		return 0
	case "local", "each", "self":
		return untold
	case "module":
		out, _, _ := head(strings.TrimPrefix(rest, "."))
		call, ok := m.config.calls[name]
		if !ok {
			return untold
		}
		e, ok := call.module.outputs[out].(map[string]any)
		if !ok {
			return untold
		}
		up := m
		return r.written(e, place{addr: m.addr, config: call.module, call: call.expressions, parent: &up}, depth+1)
	}
	attr, _, _ := head(strings.TrimPrefix(rest, "."))
	if e, ok := m.config.resources[root+"."+name].of()[attr].(map[string]any); ok {
		return r.written(e, m, depth+1)
	}
	if attr == "" || resource.IsSecret(attr) { // which the code may set, in a resource that is not read
		return untold
	}
	return elsewhere
}

// input is where a module's variable comes from: its caller, whoever made the plan, or its default.
func (r *reader) input(name string, m place, depth int) written {
	def, declared := m.config.defaults[name]
	if m.parent != nil {
		if e, ok := m.call[name].(map[string]any); ok {
			return r.written(e, *m.parent, depth+1)
		}
	} else if given, ok := r.variables[name]; ok && !reflect.DeepEqual(given, def) {
		return elsewhere
	}
	if !declared {
		return elsewhere
	}
	return literal(def)
}
