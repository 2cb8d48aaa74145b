package template

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// nests reports whether a resource is a stack of its own.
func nests(typ string) bool {
	return typ == "AWS::CloudFormation::Stack" || typ == "AWS::Serverless::Application"
}

// location is the file of a nested stack; CDK says it in the metadata, and the URL is of where it will be.
func (s scope) location(body *yaml.Node, typ string) (name, shownAs string, ok bool) {
	if asset := textOf(member(member(body, "Metadata"), "aws:asset:path")); asset != "" {
		name, ok = s.local(asset)
		return name, asset, ok
	}
	property := "TemplateURL"
	if typ == "AWS::Serverless::Application" {
		property = "Location"
	}
	t, known := s.eval(member(member(body, "Properties"), property)).Data.(string)
	if !known {
		return "", "", false
	}
	name, ok = s.local(t)
	return name, t, ok
}

// child is the stack that a resource nests; nil where its template is not there.
func (s *stack) child(e entry, body *yaml.Node, typ string) *stack {
	if kid, done := s.children[e.name]; done {
		return kid
	}
	s.children[e.name] = nil
	at := e.scope.origin(e.key)
	handed := e.scope.eval(member(member(body, "Properties"), "Parameters"))
	lost := func(g probity.Gap, any bool) *stack {
		s.root.lose(resource.Loss{Gap: g, Origin: at, Given: mentioned(handed, nil), Any: any})
		return nil
	}
	name, shownAs, ok := e.scope.location(body, typ)
	if !ok {
		if shownAs == "" {
			shownAs = "of " + e.name
		}
		return lost(probity.Gap{Reason: probity.Unresolved, Needs: "the template " + shown(bare(shownAs)), Because: "a nested stack that is not on disk"}, false)
	}
	depth := 0
	for up := s; up != nil; up = up.parent {
		if depth++; up.file.name == name || depth > maxNested {
			return lost(probity.Gap{Reason: probity.Unresolved, Because: "the stacks are nested in each other without end"}, true)
		}
	}
	if s.root.stacks++; s.root.stacks > maxStacks {
		return lost(probity.Gap{Reason: probity.Unresolved, Because: "there are more than 1,000 nested stacks"}, true)
	}
	f, err := s.root.open(name)
	switch {
	case err == errAbsent: //nolint:errorlint // our own, never wrapped
		return lost(probity.Gap{Reason: probity.Unresolved, Needs: "the template " + shown(bare(shownAs)), Because: "a nested stack that is not on disk"}, false)
	case err != nil:
		s.root.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, Origin: f.lost(name), Any: true})
		return nil
	}
	kid := s.root.stack(f, s, s.addr+e.name+".")
	switch d := handed.Data.(type) {
	case nil:
	case *resource.Block:
		kid.args, kid.rest = d.Attrs, d.Rest
	default:
		g := handed.Why()
		kid.rest = &g
	}
	s.children[e.name] = kid
	return kid
}

// output follows an output of a nested stack.
func (s scope) output(e entry, body *yaml.Node, typ, name string) resource.Value {
	kid := s.child(e, body, typ)
	if kid == nil {
		return unresolved("an output of a nested stack that is not there", shown(e.name))
	}
	out, ok := kid.outputs[name]
	if !ok {
		return unresolved("the nested stack "+e.name+" has no output "+shown(name), "")
	}
	if kid.waiting["output "+name] {
		return unresolved("the output "+shown(name)+" rests on itself", "")
	}
	kid.waiting["output "+name] = true
	defer delete(kid.waiting, "output "+name)
	return out.scope.eval(member(out.value, "Value"))
}

// bare is a URL without a password and without a query, which may hold a signature.
func bare(location string) string {
	scheme, rest, ok := strings.Cut(location, "://")
	if !ok {
		return location
	}
	rest, _, _ = strings.Cut(rest, "?")
	if host, path, _ := strings.Cut(rest, "/"); strings.Contains(host, "@") {
		rest = host[strings.LastIndex(host, "@")+1:] + "/" + path
	}
	return scheme + "://" + rest
}

// mentioned are the addresses and texts in what a stack is handed, and so may change.
func mentioned(v resource.Value, out []string) []string {
	switch d := v.Data.(type) {
	case string:
		if d != "" {
			out = append(out, d)
		}
	case resource.Ref:
		out = append(out, d.Addr)
	case resource.Template:
		out = append(out, d.Text)
		for _, r := range d.Refs {
			out = append(out, r.Addr)
		}
	case resource.Unknown:
		for _, r := range d.Refs {
			out = append(out, r.Addr)
		}
	case resource.List:
		for _, i := range d.Items {
			out = mentioned(i, out)
		}
	case *resource.Block:
		for _, a := range d.Attrs {
			out = mentioned(a, out)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
