package plan

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// place is a module instance: its address, configuration and how it is called.
type place struct {
	addr   string
	config *moduleConfig
	call   map[string]any // expressions of its inputs
	parent *place
	index  string // of the module instance: [0], ["k"]
	code   *config.Module
}

// instanceOf finds the configuration of a module by the address of an instance, and its code.
func (r *reader) instanceOf(addr string) place {
	p := place{config: r.root, code: r.code}
	for _, s := range steps(addr) {
		call, ok := callConfig{}, false
		if p.config != nil {
			call, ok = p.config.calls[s.name]
		}
		code := p.code.Call(s.name, call.source)
		if !ok {
			p = place{addr: addr, code: code}
			continue
		}
		up := p
		p = place{addr: strings.TrimPrefix(up.addr+".module."+s.name+s.index, "."), config: call.module, call: call.expressions, parent: &up, index: s.index, code: code}
	}
	return p
}

type moduleStep struct{ name, index string }

// steps splits module.a["x"].module.b; keys may hold dots and brackets.
func steps(addr string) []moduleStep {
	var out []moduleStep
	for addr != "" {
		rest, ok := strings.CutPrefix(addr, "module.")
		if !ok {
			return out
		}
		name, index, tail := head(rest)
		out = append(out, moduleStep{name, index})
		addr = strings.TrimPrefix(tail, ".")
	}
	return out
}

// head splits a name and its key off a reference.
func head(s string) (name, index, rest string) {
	end := strings.IndexAny(s, ".[")
	if end < 0 {
		return s, "", ""
	}
	name, rest = s[:end], s[end:]
	if rest[0] == '.' {
		return name, "", rest
	}
	quoted := false
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && quoted:
			i++
		case rest[i] == '"':
			quoted = !quoted
		case rest[i] == ']' && !quoted:
			return name, rest[:i+1], rest[i+1:]
		}
	}
	return name, "", ""
}

const maxFollow = 50

// follow finds the resource attribute that an expression comes down to, through inputs and outputs of modules. A plan
// tells only what an expression refers to, so anything but one reference is not followed.
func (r *reader) follow(refs []string, m place, index any, depth int) (resource.Ref, bool) {
	longest := ""
	own := false
	for _, ref := range refs {
		switch {
		case ref == "each.key" || ref == "count.index":
			own = true
		case strings.HasPrefix(ref, "each."): // which may lead to any instance
			return resource.Ref{}, false
		case strings.HasPrefix(ref, "path.") || strings.HasPrefix(ref, "terraform."):
		case len(ref) > len(longest):
			longest = ref
		}
	}
	for _, ref := range refs {
		if !strings.HasPrefix(longest, ref) && ref != "each.key" && ref != "count.index" {
			return resource.Ref{}, false
		}
	}
	if longest == "" || depth > maxFollow || m.config == nil {
		return resource.Ref{}, false
	}
	if name, ok := cut(longest, "var."); ok {
		e, _ := m.call[name].(map[string]any)
		if m.parent == nil || e == nil {
			return resource.Ref{}, false
		}
		return r.follow(texts(e["references"]), *m.parent, key(m.index), depth+1)
	}
	if rest, ok := strings.CutPrefix(longest, "module."); ok {
		return r.followOutput(rest, m, index, own, depth)
	}
	return r.referred(longest, m, index, own)
}

func (r *reader) followOutput(rest string, m place, index any, own bool, depth int) (resource.Ref, bool) {
	name, at, tail := head(rest)
	call, ok := m.config.calls[name]
	if !ok {
		return resource.Ref{}, false
	}
	if at == "" && own {
		at = suffix(index)
	}
	out, _, _ := head(strings.TrimPrefix(tail, "."))
	e, _ := call.module.outputs[out].(map[string]any)
	up := m
	child := place{addr: strings.TrimPrefix(m.addr+".module."+name+at, "."), config: call.module, call: call.expressions, parent: &up, index: at}
	return r.follow(texts(e["references"]), child, nil, depth+1)
}

func (r *reader) referred(ref string, m place, index any, own bool) (resource.Ref, bool) {
	prefix := ""
	if m.addr != "" {
		prefix = m.addr + "."
	}
	if rest, ok := strings.CutPrefix(ref, "data."); ok {
		typ, _, tail := head(rest)
		name, at, attr := head(strings.TrimPrefix(tail, "."))
		addr := prefix + "data." + typ + "." + name + at
		return resource.Ref{Addr: addr, Type: typ, Attr: strings.TrimPrefix(attr, "."), Gap: probity.Gap{Reason: probity.Unresolved, Needs: addr}}, true
	}
	typ, _, tail := head(ref)
	name, at, attr := head(strings.TrimPrefix(tail, "."))
	if typ == "local" || typ == "self" || name == "" {
		return resource.Ref{}, false
	}
	if at == "" && own {
		at = suffix(index)
	}
	addr := prefix + typ + "." + name + at
	if _, ok := r.byAddr[addr]; !ok && r.types[typ] {
		return resource.Ref{}, false
	}
	attr = strings.TrimPrefix(attr, ".")
	if attr == "" {
		attr = "id"
	}
	return resource.Ref{Addr: addr, Type: typ, Attr: attr, Gap: probity.Gap{Reason: probity.Computed, Because: addr + "." + attr}}, true
}

// key turns the key of an address back into an index.
func key(at string) any {
	at = strings.TrimSuffix(strings.TrimPrefix(at, "["), "]")
	if s, ok := strings.CutPrefix(at, `"`); ok {
		return strings.TrimSuffix(s, `"`)
	}
	n := 0.0
	for _, c := range at {
		if c < '0' || c > '9' {
			return nil
		}
		n = n*10 + float64(c-'0')
	}
	if at == "" {
		return nil
	}
	return n
}

// names reports whether an attribute names another resource, so that what it refers to is what it names.
func names(typ, attr string) bool {
	switch attr {
	case "bucket", "target_bucket", "s3_bucket_name", "kms_master_key_id", "kms_key", "replicate_source_db", "parameter_group_name",
		"db_cluster_parameter_group_name", "snapshot_identifier", "cluster_identifier", "restore_source_name",
		"queue_url", "repository", "event_bus_name", "backup_vault_name", "log_group_name", "security_configuration", "db_subnet_group_name":
		return true
	case "arn", "role", "user", "group", "bucket_name": // of what is beside a topic, an identity or a cluster
		return strings.HasSuffix(typ, "_policy") || strings.HasSuffix(typ, "_policy_attachment") || strings.HasSuffix(typ, "_logging")
	case "values":
		return typ == "aws_cloudtrail"
	case "function_name":
		return typ != "aws_lambda_function"
	}
	for _, end := range []string{"_id", "_arn", "_identifier"} {
		if strings.HasSuffix(attr, end) {
			return true
		}
	}
	return false
}

func cut(s, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return "", false
	}
	name, _, _ := head(rest)
	return name, true
}

func texts(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, i := range list {
		if s, ok := i.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
