package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	serverlessNamespace = "aws_redshiftserverless_namespace"
	serverlessWorkgroup = "aws_redshiftserverless_workgroup"
	serverlessSnapshot  = "aws_redshiftserverless_snapshot"
)

// namespaces hold the data of Redshift Serverless; the workgroup of each is how it is reached.
func (e *estate) namespaces() []probity.Asset {
	fresh := kinds.NewRedshiftServerless()
	splits, _ := e.beside(serverlessNamespace, "namespace_name", []string{"namespace_name"}, serverlessWorkgroup)
	return e.each(serverlessNamespace, func(r *resource.Resource) probity.Asset {
		a := e.namespace(r, fresh)
		e.workgroup(splits[r.Addr], &a, fresh.Own, r)
		return a
	})
}

func (e *estate) namespace(r *resource.Resource, fresh kinds.Fresh[kinds.Redshift]) probity.Asset {
	a := e.fresh(r, kinds.RedshiftNamespace, r.Get("namespace_name").String(), &fresh.Asset)
	e.ownKey(&a, r.Get("kms_key_id"))
	e.masterSecret(r, &a)
	a.Audit.Exports = texts(r.Get("log_exports"), a.Audit.Exports)
	items, gap := a.Audit.Exports.Value()
	switch {
	case len(items.([]string)) > 0:
		a.Audit.Access = probity.Known(true, a.Audit.Exports.From())
	case gap != nil:
		a.Audit.Access = probity.Missing[bool](*gap, a.Audit.Exports.From())
	}
	return a
}

// workgroup lays over the namespace how its workgroup is reached. Without one nobody can reach it.
func (e *estate) workgroup(s *split, a *probity.Asset, own kinds.Redshift, r *resource.Resource) {
	own.PasswordInCode, own.DefaultAdmin = passwordInCode(r), defaultAdmin(r, nil)
	own.ManagedPassword = r.Get("manage_admin_password").Bool(own.ManagedPassword)
	own.SkipSnapshot, own.MinorUpgrades = probity.Fact[bool]{}, probity.Fact[bool]{}
	w, gap := s.part(serverlessWorkgroup)
	d := &a.Exposure.Declared
	switch {
	case gap != nil:
		a.Encryption.InTransit = probity.Missing[bool](*gap, r.At)
		d.Addressed, d.Guards = probity.Missing[bool](*gap, r.At), probity.Open[probity.Ref](*gap, r.At)
		own.ActivityLog, own.EnhancedRouting = probity.Missing[bool](*gap, r.At), probity.Missing[bool](*gap, r.At)
		own.Port = probity.Missing[int](*gap, r.At)
	case w != nil:
		a.Encryption.InTransit = configured(w, "require_ssl", a.Encryption.InTransit)
		d.Addressed = w.Get("publicly_accessible").Bool(d.Addressed)
		d.Guards = e.guards(w.Get("security_group_ids"), w.At)
		own.ActivityLog = configured(w, "enable_user_activity_logging", own.ActivityLog)
		own.EnhancedRouting = w.Get("enhanced_vpc_routing").Bool(own.EnhancedRouting)
		own.Port = w.Get("port").Int(own.Port)
	}
	a.Settings = probity.SettingsOf(own)
}

// configured is a switch among the parameters of a workgroup.
func configured(w *resource.Resource, name string, def probity.Fact[bool]) probity.Fact[bool] {
	params, rest := w.Get("config_parameter").Blocks()
	for _, b := range params {
		switch key := b.Get("parameter_key"); {
		case key.String() == name:
			return parameterValue(b.Get("parameter_value"), spelled("true", "1", "on"))
		case key.Gap() != nil:
			rest = key.Gap()
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, w.At)
	}
	return def
}
