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

// variables are the names of a map's entries that hold a secret in the clear; the values go no further.
func variables(v resource.Value) probity.List[string] {
	out := []string{}
	if !v.Set() {
		return probity.Whole(v.At, out...)
	}
	b, ok := v.Data.(*resource.Block)
	if !ok {
		return probity.Open(v.Why(), v.At, out...)
	}
	gap := b.Rest
	for _, name := range slices.Sorted(maps.Keys(b.Attrs)) {
		holds, g := secretVariable(name, b.Attrs[name])
		if holds {
			out = append(out, name)
		}
		gap = first(gap, g)
	}
	if gap != nil {
		return probity.Open(*gap, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// Veiled tells of a map's entries, as a provider lists them, only which hold a secret in the clear: the values go no further.
func Veiled(entries map[string]string, at *probity.Origin) resource.Value {
	out := &resource.Block{At: at, Attrs: make(map[string]resource.Value, len(entries))}
	for name, text := range entries {
		v := resource.Value{Data: "", At: at}
		if holds, _ := secretVariable(name, resource.Value{Data: text}); holds {
			v.Data = resource.Secret{Literal: true}
		}
		out.Attrs[name] = v
	}
	return resource.Value{Data: out, At: at}
}

// secretVariable judges one variable: by its name where the value is written, else by the value. What another resource will
// fill in under the name of a secret is not known to be one: it may be where the secret lies.
func secretVariable(name string, v resource.Value) (bool, *probity.Gap) {
	named := kinds.NamesSecret(name)
	switch d := v.Data.(type) {
	case nil:
		return false, nil
	case string:
		return named && written(d) || resource.HoldsSecret(d), nil
	case resource.Secret:
		if d.Literal {
			return true, nil
		}
	case resource.Ref:
		if !named || contains([]string{"arn", "id", "name"}, d.Attr) {
			return false, nil
		}
	case bool:
		return false, nil
	}
	if !named {
		return false, nil
	}
	g := v.Why()
	return false, &g
}

// written: a value that leads to where the secret lies is none.
func written(text string) bool {
	for _, p := range []string{"arn:", "ssm:", "vault:", "{{resolve:", "${", "/", "secretsmanager:", "http://", "https://"} {
		if strings.HasPrefix(text, p) {
			return false
		}
	}
	return text != "" && !contains([]string{"true", "false", "null", "none", "changeme", "0", "1"}, strings.ToLower(text))
}

// container is what a task's definition tells of one.
type container struct {
	Environment []struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
	} `json:"environment"`
}

// containers are the names of the variables of a task's containers that hold a secret in the clear. A provider lists them
// veiled.
func containers(v resource.Value) probity.List[string] {
	text, gap := "", (*probity.Gap)(nil)
	switch d := v.Data.(type) {
	case nil:
		return probity.Whole[string](v.At)
	case *resource.Block:
		return variables(v)
	case string:
		text = d
	case resource.Template:
		text = d.Text
	default:
		return probity.Open[string](v.Why(), v.At)
	}
	var all []container
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return probity.Open[string](probity.Gap{Reason: probity.Unreadable, Because: "the definition is no list of containers"}, v.At)
	}
	out := []string{}
	for _, c := range all {
		for _, e := range c.Environment {
			s, ok := e.Value.(string)
			value := resource.Value{Data: s, At: v.At}
			if !ok {
				continue
			}
			if strings.Contains(s, "${") && strings.Contains(s, ".") {
				value.Data = resource.Unknown{Gap: probity.Gap{Reason: probity.Computed, Because: "another resource fills it in"}}
			}
			holds, g := secretVariable(e.Name, value)
			if holds {
				out = append(out, e.Name)
			}
			gap = first(gap, g)
		}
	}
	if gap != nil {
		return probity.Open(*gap, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}
