package plan

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// moduleConfig is what the configuration part of a plan says of a module: which expressions set what.
type moduleConfig struct {
	resources map[string]resourceConfig // by type.name
	outputs   map[string]any            // expressions
	calls     map[string]callConfig
	defaults  map[string]any // of variables that have one
}

type resourceConfig struct {
	provider    string
	expressions jsontext.Value // as they are written
}

// of are the expressions by attribute.
func (c resourceConfig) of() map[string]any {
	out, _ := taken(c.expressions).(map[string]any)
	return out
}

type callConfig struct {
	source      string
	expressions map[string]any
	module      *moduleConfig
}

type providerConfig struct {
	Expressions map[string]any `json:"expressions"`
}

const maxModuleDepth = 100

var errDeep = errors.New("modules are nested too deeply")

func (r *reader) configuration() error {
	return r.object(func(key string) error {
		switch key {
		case "provider_config":
			r.providers = map[string]providerConfig{}
			return r.decode(&r.providers)
		case "root_module":
			return r.module(r.root, 0)
		}
		return r.skip()
	})
}

func (r *reader) module(m *moduleConfig, depth int) error {
	if depth > maxModuleDepth {
		return errDeep
	}
	m.resources, m.outputs, m.calls = map[string]resourceConfig{}, map[string]any{}, map[string]callConfig{}
	m.defaults = map[string]any{}
	return r.object(func(key string) error {
		switch key {
		case "resources":
			return r.array(func() error { return r.resourceConfig(m) })
		case "outputs":
			return r.object(func(name string) error {
				var out struct {
					Expression any `json:"expression"`
				}
				err := r.decode(&out)
				m.outputs[name] = out.Expression
				return err
			})
		case "variables":
			return r.object(func(name string) error {
				v := map[string]any{}
				err := r.decode(&v)
				if def, ok := v["default"]; ok {
					m.defaults[name] = def
				}
				return err
			})
		case "module_calls":
			return r.object(func(name string) error {
				c := callConfig{module: &moduleConfig{}}
				err := r.object(func(key string) error {
					switch key {
					case "source":
						return r.decode(&c.source)
					case "expressions":
						return r.decode(&c.expressions)
					case "module":
						return r.module(c.module, depth+1)
					}
					return r.skip()
				})
				m.calls[name] = c
				return err
			})
		}
		return r.skip()
	})
}

func (r *reader) resourceConfig(m *moduleConfig) error {
	var c resourceConfig
	typ, name, mode := "", "", ""
	err := r.object(func(key string) error {
		switch key {
		case "type":
			return r.decode(&typ)
		case "name":
			return r.decode(&name)
		case "mode":
			return r.decode(&mode)
		case "provider_config_key":
			return r.decode(&c.provider)
		case "expressions":
			if typ == "" || r.types[typ] && !r.named[typ] {
				return r.hold(&c.expressions)
			}
		}
		return r.skip()
	})
	if mode == "managed" && r.types[typ] {
		m.resources[typ+"."+name] = c
	}
	return err
}

// declared lists what the root module has; a state has no configuration, and tells it by its resources.
func (r *reader) declared() Declared {
	var d Declared
	for key := range r.root.resources {
		typ, name, _ := strings.Cut(key, ".")
		d.Resources = append(d.Resources, [2]string{typ, name})
	}
	for name := range r.root.calls {
		d.Calls = append(d.Calls, name)
	}
	if len(d.Resources)+len(d.Calls) > 0 {
		return d
	}
	for _, c := range r.changes {
		if s := steps(c.module); len(s) > 0 {
			d.Calls = append(d.Calls, s[0].name)
		} else {
			d.Resources = append(d.Resources, [2]string{c.typ, c.name})
		}
	}
	return d
}
