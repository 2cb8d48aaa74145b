package template

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// stack is a template with its parameters.
type stack struct {
	root   *root
	file   *file
	parent *stack
	addr   string // "" or "Nested."
	args   map[string]resource.Value
	rest   *probity.Gap // why there may be more arguments
	maybe  *probity.Gap

	parameters map[string]*yaml.Node
	mappings   map[string]*yaml.Node
	conditions map[string]entry
	resources  []entry
	byName     map[string]entry
	outputs    map[string]entry
	globals    *yaml.Node
	transforms []string

	verdicts map[string]*verdict
	children map[string]*stack // nil: not there
	waiting  map[string]bool   // outputs and names under way
}

// entry is a member of a section, with the loop variables it was written with.
type entry struct {
	name  string
	key   *yaml.Node
	value *yaml.Node
	scope scope
}

func (r *root) stack(f *file, parent *stack, addr string) *stack {
	s := &stack{root: r, file: f, parent: parent, addr: addr, args: map[string]resource.Value{}, parameters: map[string]*yaml.Node{},
		mappings: map[string]*yaml.Node{}, conditions: map[string]entry{}, byName: map[string]entry{}, outputs: map[string]entry{},
		verdicts: map[string]*verdict{}, children: map[string]*stack{}, waiting: map[string]bool{}}
	s.transforms = scalars(member(f.top, "Transform"))
	s.globals = member(f.top, "Globals")
	for name, into := range map[string]map[string]*yaml.Node{"Parameters": s.parameters, "Mappings": s.mappings} {
		for _, p := range pairs(member(f.top, name)) {
			into[p.key.Value] = p.value
		}
	}
	top := scope{stack: s}
	r.refuel()
	for _, e := range top.section("Conditions") {
		s.conditions[e.name] = e
	}
	for _, e := range top.section("Resources") {
		if _, twice := s.byName[e.name]; twice {
			if !r.twice { // each tells the same
				r.twice = true
				r.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: "the template has a logical id twice: " + shown(e.name)}, Origin: e.scope.origin(e.key), Any: true})
			}
			continue
		}
		s.byName[e.name] = e
		s.resources = append(s.resources, e)
	}
	for _, e := range top.section("Outputs") {
		s.outputs[e.name] = e
	}
	return s
}

// section gives the members of a top-level section, loops unfolded.
func (s scope) section(name string) []entry {
	n := member(s.file.top, name)
	if n == nil {
		return nil
	}
	if n = follow(n); n == nil || n.Kind != yaml.MappingNode {
		s.root.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: name + " is not a mapping"}, Origin: s.file.lost(s.file.name), Any: true})
		return nil
	}
	var out []entry
	for _, p := range pairs(n) { // each apart: what a loop leaves open is told where it stands
		more, rest := s.members(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{p.key, p.value}})
		if out = append(out, more...); rest != nil {
			s.root.lose(resource.Loss{Gap: *rest, Origin: s.file.origin(p.key), Any: true})
		}
		if s.root.fuel <= 0 {
			break
		}
	}
	return out
}

// macros tells of transforms that may change what the template says.
func (s *stack) macros() {
	for _, name := range s.transforms {
		switch {
		case known(name):
		default:
			s.root.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unresolved, Because: "the macro " + shown(name) + " may change the template"},
				Origin: s.file.origin(member(s.file.top, "Transform")), Any: true})
		}
	}
}

// known are the transforms whose effect on stores is read here, or that have none.
func known(transform string) bool {
	for _, k := range []string{"AWS::Serverless-2016-10-31", "AWS::LanguageExtensions", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen"} {
		if transform == k {
			return true
		}
	}
	return false
}

// shown cuts a name that somebody wrote to what a line can bear.
func shown(name string) string {
	const most = 80
	name = strings.Map(func(c rune) rune {
		if c < ' ' {
			return -1
		}
		return c
	}, name)
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// emit hands out a resource, or walks the stack that it is.
func (s *stack) emit(e entry) {
	at := e.scope.origin(e.key)
	body := follow(e.value)
	typ := textOf(member(body, "Type"))
	if typ == "" {
		s.root.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: e.name + " has no type"}, Origin: at, Any: true})
		return
	}
	there := verdict{value: true}
	if c := member(body, "Condition"); c != nil {
		there = s.condition(e.scope.filled(textOf(c)))
	}
	if there.gap == nil && !there.value {
		return
	}
	maybe := s.maybe
	if there.gap != nil {
		maybe = there.gap
	}
	if nests(typ) {
		if kid := s.child(e, body, typ); kid != nil {
			kid.maybe = maybe
			s.root.walk(kid)
		}
		return
	}
	if strings.HasSuffix(typ, "::MODULE") {
		s.root.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unresolved, Because: "the module " + shown(typ) + " is not in the template"}, Origin: at})
		return
	}
	wanted := contains(s.root.Types, typ)
	if !wanted && !contains(s.root.Named, typ) {
		return
	}
	if len(s.root.out.Resources) >= maxResources {
		if s.root.total > 0 {
			s.root.limited("the template has more than 100,000 resources", at)
		}
		s.root.total = 0
		return
	}
	r := &Resource{Addr: s.addr + e.name, Type: typ, Name: e.name, Maybe: maybe, Given: map[string]bool{}}
	r.At, r.Attrs = at, map[string]resource.Value{}
	if wanted {
		r.Ignores = e.scope.ignores(e, body)
		r.Path = textOf(member(member(body, "Metadata"), "aws:cdk:path"))
		s.properties(e, body, r)
		s.underlay(r)
	}
	s.root.out.Resources = append(s.root.out.Resources, r)
}

func (s *stack) properties(e entry, body *yaml.Node, r *Resource) {
	r.Deletion = e.scope.eval(member(body, "DeletionPolicy"))
	if n := member(body, "DeletionPolicy"); n != nil {
		r.Deletion.At = e.scope.origin(n)
	}
	props := member(body, "Properties")
	if props == nil {
		return
	}
	switch n := follow(props); {
	case n.Kind == yaml.MappingNode && !isFunction(n):
		b := &resource.Block{At: r.At, Attrs: r.Attrs}
		e.scope.fill(b, n, func(name string, before int) {
			if s.root.given != before {
				r.Given[name] = true
			}
		})
		r.Rest = b.Rest
	default:
		v := e.scope.eval(props)
		if b, ok := v.Data.(*resource.Block); ok {
			r.Attrs, r.Rest = b.Attrs, b.Rest
		} else if v.Set() {
			g := v.Why()
			r.Rest = &g
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
