package verdict

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"

	"github.com/probity-scan/probity"
)

var configRoot = ast.MustParseRef("data.config") //nolint:gochecknoglobals // a constant in all but type

// reach is what a compiled rule can read, statically: with its helpers, over every branch.
type reach struct {
	input   [][]string // ground prefixes below input; an empty one is all of it
	wanted  *Paths     // the same, and of the elements of lists no more than what is read of each
	config  [][]string // below data.config
	dynamic []dynamic
	ground  [][]string // references without such a part
	// keyed: a helper is a map that the data makes ("h[r.id] contains r.size if …"). Partial evaluation of one of its keys
	// forgets that an unknown element may bear the same key, so its answer is not believed.
	keyed bool
}

// dynamic is a reference into the document with a part that is bound only at run time.
type dynamic struct {
	ref ast.Ref
	// reused: places of ref whose variable occurs elsewhere in its rule too, so that which element it meets matters.
	reused []bool
	// fields are what the rule asks of the element where it only binds it ("some r in input.a; r.size > 3"); nil: all of it.
	fields [][]string
}

// meets reports whether the rule sees a gap that lies below the element.
func (d dynamic) meets(below ast.Ref) bool {
	return d.fields == nil || slices.ContainsFunc(d.fields, func(f []string) bool {
		for i := range min(len(f), len(below)) {
			if s := constants(below[i : i+1]); len(s) == 0 || s[0] != f[i] {
				return false
			}
		}
		return true
	})
}

// elements finds references that are bound to a local variable of which only fields are asked, by the place of the reference.
func elements(rule *ast.Rule, uses map[ast.Var]int) map[**ast.Term][][]string {
	bound := map[ast.Var][]ast.Ref{}
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		if e.Negated || len(e.With) > 0 || !e.IsEquality() && !e.IsAssignment() {
			return false
		}
		for i := range 2 {
			v, isVar := e.Operand(i).Value.(ast.Var)
			ref, isRef := e.Operand(1 - i).Value.(ast.Ref)
			if isVar && isRef {
				bound[v] = append(bound[v], ref)
			}
		}
		return false
	})
	fields := map[ast.Var][][]string{}
	ast.WalkRefs(rule, func(ref ast.Ref) bool {
		if v, ok := ref[0].Value.(ast.Var); ok && len(ref) > 1 {
			if f := constants(ref[1:]); len(f) > 0 {
				fields[v] = append(fields[v], f)
			}
		}
		return false
	})
	out := map[**ast.Term][][]string{}
	for v, refs := range bound {
		if len(refs) == 1 && len(fields[v]) > 0 && uses[v] == len(fields[v])+1 {
			out[&refs[0][0]] = fields[v]
		}
	}
	return out
}

func reachOf(c *ast.Compiler, query ast.Body, rules []*ast.Rule) (reach, error) {
	base, err := dependencies.Base(c, query)
	if err != nil {
		return reach{}, err
	}
	r := reach{wanted: &Paths{}}
	for _, ref := range base {
		r.reads(ref)
		if configRoot.HasPrefix(ref) {
			r.config = append(r.config, nil)
		}
	}
	walked := map[string]bool{} // constant prefixes of references
	for _, rule := range closure(c, rules) {
		head := rule.Head.Ref()
		r.keyed = r.keyed || len(constants(head[1:])) < len(head)-1
		uses := map[ast.Var]int{}
		ast.WalkVars(rule, func(v ast.Var) bool { uses[v]++; return false })
		asked := elements(rule, uses)
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			if ref.IsGround() && ref[0].Equal(ast.InputRootDocument) {
				r.ground = append(r.ground, constants(ref[1:]))
			}
			r.reads(ref) // base gives the shortest only: a longer one may name what the document does not have
			if ref[0].Equal(ast.InputRootDocument) {
				walked[ref.ConstantPrefix().String()] = true
				r.wanted.addRead(reachOfRef(ref, asked[&ref[0]]))
			}
			if !ref.IsGround() && (ref[0].Equal(ast.InputRootDocument) || ref.HasPrefix(configRoot)) {
				d := dynamic{ref: ref, reused: make([]bool, len(ref)), fields: asked[&ref[0]]}
				for i, t := range ref {
					v, isVar := t.Value.(ast.Var)
					d.reused[i] = i > 0 && !t.IsGround() && (!isVar || uses[v] > 1)
				}
				r.dynamic = append(r.dynamic, d)
			}
			return false
		})
	}
	for _, ref := range base {
		if ref[0].Equal(ast.InputRootDocument) && !walked[ref.String()] { // read in a way that nothing above saw
			r.wanted.add(constants(ref[1:]))
		}
	}
	return r, nil
}

// reachOfRef is what a reference into the input can reach; fields is what is asked of the variable that it binds, or nil.
func reachOfRef(ref ast.Ref, fields [][]string) reached {
	names := constants(ref[1:])
	at := len(names) + 1
	if at >= len(ref) {
		return reached{names: names}
	}
	below := constants(ref[at+1:])
	if fields == nil || at+1+len(below) < len(ref) {
		fields = [][]string{nil}
	}
	var each [][]string
	for _, f := range fields {
		if f = slices.Concat(below, f); len(f) == 0 {
			return reached{names: names} // the element as a whole
		}
		each = append(each, f)
	}
	return reached{names: names, each: each}
}

// sees reports whether a gap lies where the rule looks: not so in a field of an element of which other fields are asked.
func (r reach) sees(h hole) bool {
	if h.rest || h.ref.HasPrefix(configRoot) {
		return true
	}
	if slices.ContainsFunc(r.ground, func(g []string) bool { return (dynamic{fields: [][]string{g}}).meets(h.ref[1:]) }) {
		return true
	}
	return slices.ContainsFunc(r.dynamic, func(d dynamic) bool {
		n := min(len(d.ref), len(h.ref))
		return passes(d.ref[:n], h.ref) && d.meets(h.ref[n:])
	})
}

func (r *reach) reads(ref ast.Ref) {
	switch {
	case ref[0].Equal(ast.InputRootDocument):
		r.input = append(r.input, constants(ref[1:]))
	case ref.HasPrefix(configRoot):
		r.config = append(r.config, constants(ref[2:]))
	}
}

func constants(ref ast.Ref) []string {
	var out []string
	for _, t := range ref {
		switch v := t.Value.(type) {
		case ast.String:
			out = append(out, string(v))
		case ast.Number:
			out = append(out, v.String())
		default:
			return out
		}
	}
	return out
}

// closure gives the rules and all rules that they can reach.
func closure(c *ast.Compiler, rules []*ast.Rule) []*ast.Rule {
	seen := map[*ast.Rule]bool{}
	var out []*ast.Rule
	for len(rules) > 0 {
		rule := rules[0]
		rules = rules[1:]
		if seen[rule] {
			continue
		}
		seen[rule] = true
		out = append(out, rule)
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.DefaultRootDocument) {
				rules = append(rules, c.GetRules(ref.ConstantPrefix())...)
			}
			return false
		})
	}
	return out
}

// paths gives the static reads as rules write them, without "input.".
func (r reach) paths() []probity.Path {
	var out []probity.Path
	for _, p := range r.input {
		out = append(out, probity.Path(strings.Join(p, ".")))
	}
	for _, p := range r.config {
		out = append(out, probity.Path(strings.Join(append([]string{"data.config"}, p...), ".")))
	}
	return out
}
