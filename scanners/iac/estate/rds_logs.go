package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// certificate is the authority of an instance's certificate; the account may have another than RDS' own.
func certificate(r *resource.Resource) probity.Fact[string] {
	if name := r.Get("ca_certificate_identifier"); r.Type != rdsInstance && name.Set() {
		return name.Text(probity.Fact[string]{})
	} else if r.Type != rdsInstance {
		return probity.Missing[string](probity.Gap{Reason: probity.NotApplicable, Because: "its instances tell"}, r.At)
	}
	return r.Get("ca_cert_identifier").Text(probity.Missing[string](probity.Gap{Reason: probity.Computed, Because: "the account's default holds"}, r.At))
}

// logged tells from an engine's parameters whether it audits, and whether its log holds the values of statements.
func (e *estate) logged(r *resource.Resource, typ, attr string) (audited, values probity.Fact[bool]) {
	engine := r.Get("engine")
	name := engine.String()
	of := func(param string, on func(string) bool) probity.Fact[bool] {
		return e.switched(typ, r.Get(attr), parameter{names: []string{param}, on: on, def: func(string) probity.Fact[bool] { return e.unset(param) }})
	}
	switch {
	case strings.Contains(name, "postgres"):
		loaded := of("shared_preload_libraries", func(s string) bool { return strings.Contains(s, "pgaudit") })
		audited = both(loaded, of("pgaudit.log", func(s string) bool { return s != "" && s != "none" }))
		cut := of("log_parameter_max_length", spelled("0"))
		all := either(of("log_statement", spelled("all")), of("log_min_duration_statement", spelled("0")))
		return audited, both(resource.Map(cut, func(cut bool) bool { return !cut }), all)
	case strings.HasPrefix(name, "aurora"):
		return of("server_audit_logging", spelled("1", "on")), of("general_log", spelled("1", "on"))
	case name == "mysql" || name == "mariadb":
		return e.auditPlugin(r), of("general_log", spelled("1", "on"))
	}
	gap := probity.Gap{Reason: probity.NotCollected, Because: "its parameters are not read for this engine"}
	if g := engine.Gap(); g != nil {
		gap = *g
	}
	return probity.Missing[bool](gap, engine.At), probity.Missing[bool](gap, engine.At)
}

// unset is a parameter that no group sets, the same for all databases of the root.
func (e *estate) unset(param string) probity.Fact[bool] {
	f, ok := e.unsets[param]
	if !ok {
		if e.unsets == nil {
			e.unsets = map[string]probity.Fact[bool]{}
		}
		f = kinds.RDSParameter(param)
		e.unsets[param] = f
	}
	return f
}

// auditPlugin: MySQL and MariaDB audit by an option.
func (e *estate) auditPlugin(r *resource.Resource) probity.Fact[bool] {
	v := r.Get("option_group_name")
	if !v.Set() || strings.HasPrefix(v.String(), "default:") {
		return e.unset("MARIADB_AUDIT_PLUGIN")
	}
	g := e.named(v, rdsOptions)
	if g == nil {
		return probity.Missing[bool](*first(v.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "its option group is not in this root"}), v.At)
	}
	options, rest := g.Get("option").Blocks()
	for _, o := range options {
		switch n := o.Get("option_name"); {
		case n.String() == "MARIADB_AUDIT_PLUGIN":
			return certain(g, probity.Known(true, o.At))
		case n.Gap() != nil:
			rest = n.Gap()
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, g.At)
	}
	return certain(g, probity.Known(false, g.At))
}

// exported is whether a kind of log leaves the store.
func exported(logs probity.List[string], kind string) probity.Fact[bool] {
	_, gap := logs.Value()
	switch {
	case contains(logs.Items, kind):
		return probity.Known(true, logs.From())
	case gap != nil:
		return probity.Missing[bool](*gap, logs.From())
	}
	return probity.Known(false, logs.From())
}

// opposite is what is not so.
func opposite(f probity.Fact[bool]) probity.Fact[bool] {
	return resource.Map(f, func(on bool) bool { return !on })
}

// both holds if a and b do: one that is known to be false decides.
func both(a, b probity.Fact[bool]) probity.Fact[bool] {
	for _, f := range []probity.Fact[bool]{a, b} {
		if f.Is(func(on bool) bool { return !on }) {
			return f
		}
	}
	if a.Is(func(bool) bool { return true }) {
		return b
	}
	return a
}

// either holds if a or b does: one that is known to be true decides.
func either(a, b probity.Fact[bool]) probity.Fact[bool] {
	for _, f := range []probity.Fact[bool]{a, b} {
		if f.Is(func(on bool) bool { return on }) {
			return f
		}
	}
	if a.Is(func(bool) bool { return true }) {
		return b
	}
	return a
}
