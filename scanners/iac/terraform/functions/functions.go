// Package functions holds Terraform's functions, bounded: no call makes a value much larger than what it was given, none
// reads outside of the module, and what depends on time, chance or secrets is unknown.
package functions

import (
	"maps"

	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// Open reads a file named relative to the module that calls, of bounded size. An error other than fs.ErrNotExist says
// nothing of the file.
type Open func(name string) ([]byte, error)

// Render evaluates a template's text with variables; templatefile needs it.
type Render func(name string, text []byte, vars map[string]cty.Value) (cty.Value, error)

// All gives the functions by name. Opaque tells of a value that it stands for a text which is known only after apply:
// functions that look into texts then give unknown, the others pass it on.
func All(open Open, render Render, opaque func(cty.Value) bool) map[string]function.Function {
	out := map[string]function.Function{"try": tryfunc.TryFunc, "can": tryfunc.CanFunc}
	for name, f := range transparent() {
		out[name] = bounded(name, f, nil)
	}
	for name, f := range looking() {
		out[name] = bounded(name, f, opaque)
	}
	maps.Copy(out, files(open, render, opaque))
	for _, name := range Unforeseen() {
		out[name] = Unknown(cty.DynamicVal)
	}
	return out
}

// Unforeseen are the functions that depend on time or chance: only an apply tells.
func Unforeseen() []string { return []string{"timestamp", "plantimestamp", "uuid", "bcrypt"} }

// Unknown is a function that gives v for all arguments.
func Unknown(v cty.Value) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "any", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true},
		Type:     func([]cty.Value) (cty.Type, error) { return v.Type(), nil },
		Impl:     func([]cty.Value, cty.Type) (cty.Value, error) { return v, nil },
	})
}

// Functions that put texts together or move values about, without looking inside.
func transparent() map[string]function.Function {
	return map[string]function.Function{
		"chunklist": stdlib.ChunklistFunc, "coalesce": coalesce(), "coalescelist": stdlib.CoalesceListFunc,
		"compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc, "distinct": stdlib.DistinctFunc, "element": stdlib.ElementFunc,
		"flatten": stdlib.FlattenFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc, "join": stdlib.JoinFunc,
		"jsonencode": stdlib.JSONEncodeFunc, "keys": stdlib.KeysFunc, "length": lengthOf(), "list": tuple(),
		"lookup": lookup(), "map": Unknown(cty.DynamicVal), "merge": stdlib.MergeFunc, "one": one(), "range": stdlib.RangeFunc,
		"reverse": stdlib.ReverseListFunc, "setunion": stdlib.SetUnionFunc, "slice": stdlib.SliceFunc,
		"setproduct": stdlib.SetProductFunc, "tobool": convertTo(cty.Bool), "tolist": convertTo(cty.List(cty.DynamicPseudoType)),
		"tomap": convertTo(cty.Map(cty.DynamicPseudoType)), "tonumber": convertTo(cty.Number), "toset": convertTo(cty.Set(cty.DynamicPseudoType)),
		"tostring": convertTo(cty.String), "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc, "yamlencode": ctyyaml.YAMLEncodeFunc,
		"sensitive": same(), "nonsensitive": same(), "ephemeralasnull": same(), "transpose": transpose(),
	}
}

// Functions whose answer depends on what a text says.
func looking() map[string]function.Function {
	out := map[string]function.Function{
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc, "max": stdlib.MaxFunc,
		"min": stdlib.MinFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc, "parseint": stdlib.ParseIntFunc, "sum": sum(),
		"chomp": stdlib.ChompFunc, "indent": stdlib.IndentFunc, "lower": stdlib.LowerFunc, "upper": stdlib.UpperFunc,
		"title": stdlib.TitleFunc, "trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc,
		"trimspace": stdlib.TrimSpaceFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "split": stdlib.SplitFunc,
		"regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc, "replace": replace(), "sort": stdlib.SortFunc,
		"startswith": affix(false), "endswith": affix(true), "strcontains": strcontains(), "contains": stdlib.ContainsFunc,
		"index": indexOf(), "matchkeys": matchkeys(), "alltrue": every(true), "anytrue": every(false),
		"setintersection": stdlib.SetIntersectionFunc, "setsubtract": stdlib.SetSubtractFunc, "jsondecode": stdlib.JSONDecodeFunc,
		"csvdecode": stdlib.CSVDecodeFunc, "formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc, "timecmp": timecmp(),
		"yamldecode": yamlDecode(),
	}
	maps.Copy(out, networks())
	maps.Copy(out, digests())
	maps.Copy(out, encodings())
	return out
}
