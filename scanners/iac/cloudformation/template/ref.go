package template

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// ref is what Ref gives: a loop's variable, a parameter, a pseudo parameter or a resource.
func (s scope) ref(name string) resource.Value {
	if t, ok := s.loop(name); ok {
		return texted(t, nil)
	}
	if p := s.parameters[name]; p != nil {
		return s.parameter(name, p)
	}
	if strings.HasPrefix(name, "AWS::") {
		return s.root.pseudo(name)
	}
	return s.attribute(name, "")
}

func (s scope) getAtt(arg *yaml.Node) resource.Value {
	if n := follow(arg); n != nil && n.Kind == yaml.ScalarNode {
		id, attr, _ := strings.Cut(s.filled(n.Value), ".")
		return s.attribute(id, attr)
	}
	a, ok := args(arg, 2)
	if !ok {
		return malformed("Fn::GetAtt")
	}
	id, attr := s.eval(a[0]), s.eval(a[1])
	i, ok1 := plain(id)
	t, ok2 := plain(attr)
	if !ok1 || !ok2 {
		return malformed("Fn::GetAtt")
	}
	return s.attribute(i, t)
}

// attribute is a resource's, known only once the stack is made; an output of a nested stack is followed into that.
func (s scope) attribute(id, attr string) resource.Value {
	e, ok := s.byName[id]
	if !ok {
		return unresolved(shown(id)+" is not declared", "")
	}
	body := follow(e.value)
	typ := textOf(member(body, "Type"))
	if nests(typ) {
		if name, ok := strings.CutPrefix(attr, "Outputs."); ok {
			return s.output(e, body, typ, name)
		}
	}
	out := s.root.Name(Attribute{Type: typ, Name: attr, Property: func(name string) string {
		if s.waiting[id+" "+name] || s.root.depth >= maxDepth {
			return ""
		}
		s.waiting[id+" "+name] = true
		defer delete(s.waiting, id+" "+name)
		s.root.depth++
		defer func() { s.root.depth-- }()
		t, _ := e.scope.eval(member(member(body, "Properties"), name)).Data.(string)
		return t
	}})
	out.Addr = s.addr + e.name
	out.Gap = probity.Gap{Reason: probity.Computed, Because: out.Addr + "." + out.Attr}
	return resource.Value{Data: out}
}

// pseudo parameters are known where they were given; else they are of the account in which the stack is made.
func (r *root) pseudo(name string) resource.Value {
	if v, ok := r.Parameters[name]; ok {
		r.given++
		return texted(v, nil)
	}
	data := func(typ, attr string) resource.Value {
		addr := "data." + typ + ".current"
		return resource.Value{Data: resource.Ref{Addr: addr, Type: typ, Attr: attr, Gap: probity.Gap{Reason: probity.Unresolved, Needs: "parameter " + name}}}
	}
	switch name {
	case "AWS::NoValue":
		return resource.Value{}
	case "AWS::AccountId":
		return data("aws_caller_identity", "account_id")
	case "AWS::Region":
		return data("aws_region", "region")
	case "AWS::Partition":
		return texted(r.partition("aws", "aws-cn", "aws-us-gov"), nil)
	case "AWS::URLSuffix":
		return texted(r.partition("amazonaws.com", "amazonaws.com.cn", "amazonaws.com"), nil)
	case "AWS::StackName", "AWS::StackId":
		return data("aws_cloudformation_stack", strings.ToLower(strings.TrimPrefix(name, "AWS::Stack")))
	}
	return unresolved("", "parameter "+shown(name))
}

// partition is of a region: China and GovCloud have their own.
func (r *root) partition(public, china, government string) string {
	switch region := r.Parameters["AWS::Region"]; {
	case strings.HasPrefix(region, "cn-"):
		return china
	case strings.HasPrefix(region, "us-gov-"):
		return government
	}
	return public
}

// region is where the stack is made.
func (r *root) region() resource.Value {
	v := r.pseudo("AWS::Region")
	if ref, ok := v.Data.(resource.Ref); ok {
		v.Data = resource.Unknown{Gap: ref.Gap}
	}
	return v
}
