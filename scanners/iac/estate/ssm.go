package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const ssmParameter = "aws_ssm_parameter"

func ssm() service { return alone(kinds.SSMParameter, ssmParameter, (*estate).parameter) }

func (e *estate) parameter(r *resource.Resource) probity.Asset {
	name := r.Get("name")
	a := e.asset(r, kinds.SSMParameter, name.String())
	kind := r.Get("type").Text(probity.Fact[string]{})
	named := resource.Map(name.Text(probity.Fact[string]{}), kinds.NamesSecret)
	e.parameterEncryption(r, kind, named, &a)
	value := kinds.Parameter{Type: kind, NamesSecret: named, InCode: secretInCode(r, kind, named)}
	a.Settings = probity.SettingsOf(value)
	return a
}

// parameterEncryption: only a SecureString is encrypted with a key, and what its name does not call a secret needs none.
func (e *estate) parameterEncryption(r *resource.Resource, kind probity.Fact[string], named probity.Fact[bool], a *probity.Asset) {
	t, known := kind.Get()
	secret, told := named.Get()
	bare := probity.Known(false, kind.From())
	switch {
	case !known:
		_, g := kind.Value()
		bare = probity.Missing[bool](*g, kind.From())
	case t == "SecureString":
		e.encrypted(a, r.Get("key_id"), kinds.ParameterSecure(), probity.ProviderManaged)
		return
	case !told:
		_, g := named.Value()
		bare = probity.Missing[bool](*g, named.From())
	case !secret:
		bare = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "its name is not that of a secret"}, kind.From())
	}
	a.Encryption.AtRest = bare
	keyless(a, bare, probity.NoKey)
}

// secretInCode: what neither its type nor its name calls a secret may stand in the code.
func secretInCode(r *resource.Resource, kind probity.Fact[string], named probity.Fact[bool]) probity.Fact[bool] {
	written := inCode(r)
	if named.Is(func(is bool) bool { return is }) || kind.Is(func(t string) bool { return t == "SecureString" }) || !written.Is(func(is bool) bool { return is }) {
		return written
	}
	for _, f := range []probity.Leaf{kind, named} {
		if _, g := f.Value(); g != nil {
			return probity.Missing[bool](*g, written.From())
		}
	}
	return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "neither its type nor its name is that of a secret"}, kind.From())
}

// inCode is whether the value of a parameter stands in the code. It is no secret by the name of its attribute.
func inCode(r *resource.Resource) probity.Fact[bool] {
	out := literal(r, "value_wo")
	for _, name := range []string{"value", "insecure_value"} {
		switch v := r.Get(name); v.Data.(type) {
		case string, float64, bool:
			return probity.Known(v.Data != "", v.At)
		case resource.Ref, resource.Template:
			return probity.Known(false, v.At)
		default:
			if v.Set() {
				out = probity.Missing[bool](v.Why(), v.At)
			}
		}
	}
	return out
}
