package estate

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func stateMachines() service {
	return alone(kinds.StateMachine, "aws_sfn_state_machine", func(e *estate, r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.StateMachine, r.Get("name").String())
		e.encrypted(&a, r.Get("encryption_configuration", "kms_key_id"), kinds.Always("Step Functions always encrypts definitions and histories at rest"), probity.ProviderOwned)
		a.Settings = probity.SettingsOf(kinds.Function{Secrets: passedOn(r.Get("definition"), r.At)})
		return a
	})
}

// VeiledDefinition tells of a machine's definition, as a provider gives it, only which of its fields hold a secret in the
// clear: the values go no further.
func VeiledDefinition(text string, at *probity.Origin) resource.Value {
	list := passedOn(resource.Value{Data: text, At: at}, at)
	out := &resource.Block{At: at, Attrs: map[string]resource.Value{}}
	_, out.Rest = list.Value()
	for _, name := range list.Items {
		out.Attrs[name] = resource.Value{Data: resource.Secret{Literal: true}, At: at}
	}
	return resource.Value{Data: out, At: at}
}

// passedOn are the names of the fields of a machine's definition that hold a secret in the clear; the values go no further.
func passedOn(v resource.Value, at *probity.Origin) probity.List[string] {
	text := ""
	switch d := v.Data.(type) {
	case nil:
		return probity.Open[string](probity.Gap{Reason: probity.Unresolved, Because: "its definition is not in the code"}, at)
	case *resource.Block:
		return variables(v)
	case string:
		text = d
	case resource.Template:
		text = d.Text
	default:
		return probity.Open[string](v.Why(), v.At)
	}
	var definition any
	if err := json.Unmarshal([]byte(text), &definition); err != nil {
		return probity.Open[string](probity.Gap{Reason: probity.Unreadable, Because: "the definition is no JSON"}, v.At)
	}
	f := fields{found: map[string]bool{}}
	f.read("", definition)
	out := slices.Sorted(maps.Keys(f.found))
	if f.gap != nil {
		return probity.Open(*f.gap, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// fields are what a definition holds secrets in.
type fields struct {
	found map[string]bool
	gap   *probity.Gap
}

// read looks at a field and at all within it. What the machine fetches from its input when it runs is no secret of the code.
func (f *fields) read(name string, v any) {
	switch d := v.(type) {
	case map[string]any:
		for _, inner := range slices.Sorted(maps.Keys(d)) {
			f.read(inner, d[inner])
		}
	case []any:
		for _, i := range d {
			f.read(name, i)
		}
	case string:
		fetched := strings.HasPrefix(d, "$") && !strings.HasPrefix(d, "${") || strings.HasPrefix(d, "{%") || strings.HasSuffix(name, ".$")
		switch {
		case fetched || contains([]string{"ClientToken", "ClientRequestToken"}, name): // which keep a call from being made twice
		case resource.HoldsSecret(d) || resource.HoldsSecret(name+"="+d):
			f.found[name] = true
		case kinds.NamesSecret(name) && strings.Contains(d, "${"):
			f.gap = &probity.Gap{Reason: probity.Computed, Because: "another resource fills it in"}
		}
	}
}
