package corpus

import "strings"

// plan adds what a plan says of an instance, and once of its configuration.
func (c *Corpus) plan(m *moduleJSON, in instance, module, index string, key, v any) {
	after, unknown, conf := object{}, object{"id": true, "arn": true}, object{}
	for _, a := range in.also {
		after[a.name], conf[a.name] = a.value, object{"constant_value": a.value}
	}
	of := in.owner + "." + in.name
	if in.owner != "" {
		unknown["bucket"], conf["bucket"] = true, object{"references": []string{of + ".id", of}}
		if key != nil {
			own := "each.key"
			if _, counted := key.(int); counted {
				own = "count.index"
			}
			conf["bucket"] = object{"references": []string{of, own}}
		}
		c.change(m, in.owner, in.name, module, index, key, object{}, object{"id": true, "arn": true, "bucket": true, "versioning": true, "grant": false}, object{})
		if in.absent {
			return
		}
	}
	name, value, says := in.attr, v, in.conf
	switch {
	case in.absent: // real plans leave it unknown, and its default decides
		unknown[in.attr] = true
		if in.block != "" {
			delete(unknown, in.attr)
			unknown[in.block] = true
		}
	case in.dark:
		unknown[in.block] = true
	case in.block != "" && in.computed:
		after[in.block], unknown[in.block], conf[in.block] = []any{object{}}, []any{object{name: true}}, []any{object{name: says}}
	case in.block != "":
		after[in.block] = []any{object{name: value}}
		if !in.dynamic { // which a plan's configuration leaves out
			conf[in.block] = []any{object{name: says}}
		}
	case in.computed:
		unknown[name], conf[name] = true, says
	default:
		after[name], conf[name] = value, says
	}
	c.change(m, in.typ, in.name, module, index, key, after, unknown, conf)
}

func (c *Corpus) change(m *moduleJSON, typ, name, module, index string, key any, after, unknown, conf object) {
	const provider = "registry.terraform.io/hashicorp/aws"
	in := strings.TrimSuffix(module, ".")
	same := func(o object) object {
		o["address"], o["mode"], o["type"], o["name"], o["provider_name"] = module+typ+"."+name+index, "managed", typ, name, provider
		if key != nil {
			o["index"] = key
		}
		return o
	}
	c.planned[in] = append(c.planned[in], same(object{"schema_version": 0, "values": after, "sensitive_values": object{}}))
	ch := same(object{"change": object{"actions": []string{"create"}, "before": nil, "after": after, "after_unknown": unknown, "before_sensitive": false, "after_sensitive": object{}}})
	if in != "" {
		ch["module_address"] = in
	}
	c.changes = append(c.changes, ch)
	address := typ + "." + name
	if m.told[address] { // by another instance: the configuration has it once
		return
	}
	if m.told == nil {
		m.told = map[string]bool{}
	}
	m.told[address] = true
	m.Resources = append(m.Resources, object{"address": address, "mode": "managed", "type": typ, "name": name, "provider_config_key": "aws", "expressions": conf})
}
