package estate

import (
	"cmp"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const activityStream = "aws_rds_cluster_activity_stream"

// acceptedTLS tells from the parameter group which versions of TLS and which ciphers connections may have.
func (e *estate) acceptedTLS(r *resource.Resource, typ, attr string) (oldest probity.Fact[string], weak probity.List[string]) {
	engine, group := r.Get("engine"), r.Get(attr)
	name, known := engine.Data.(string)
	if !known {
		gap := probity.Gap{Reason: probity.Unresolved, Because: "the engine is not known"}
		return probity.Missing[string](gap, r.At), probity.Open[string](gap, r.At)
	}
	version, ciphers := "tls_version", "ssl_cipher"
	if strings.Contains(name, "postgres") {
		version, ciphers = "ssl_min_protocol_version", "ssl_ciphers"
	}
	oldest = parameterOf(e, typ, group, []string{version}, kinds.OldestTLS, func(string) probity.Fact[string] {
		return kinds.RDSOldestTLS(name, r.Get("engine_version").String())
	})
	said := parameterOf(e, typ, group, []string{ciphers}, func(s string) string { return s }, func(string) probity.Fact[string] { return kinds.RDSCiphers() })
	list, ok := said.Get()
	if !ok {
		_, gap := said.Value()
		return oldest, probity.Open[string](*gap, said.From())
	}
	return oldest, probity.Whole(said.From(), kinds.WeakCiphers(list)...)
}

// defaultAdmin: a copy has the administrator of what it is made from. Nobody is named where a provider says so.
func defaultAdmin(r *resource.Resource, from *resource.Value) probity.Fact[bool] {
	attr := map[string]string{rdsInstance: "username", serverlessNamespace: "admin_username"}[r.Type]
	if v := r.Get(cmp.Or(attr, "master_username")); v.Set() {
		return resource.Map(v.Text(probity.Fact[string]{}), kinds.DefaultAdmin)
	}
	if from != nil {
		return probity.Missing[bool](fromSource(), from.At)
	}
	return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "the name of the administrator is not told"}, r.At)
}

// statementsKey: what copies statements of a database, be it Performance Insights of it or of its instances, or a stream of its activity,
// encrypts them with a key of the customer's.
func (e *estate) statementsKey(r *resource.Resource) probity.Fact[bool] {
	out := probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "nothing copies its statements"}, r.At)
	copies := func(on probity.Fact[bool], key resource.Value, at *probity.Origin) {
		switch is, known := on.Get(); {
		case !known:
			if _, g := on.Value(); g != nil && !out.Is(func(own bool) bool { return !own }) {
				out = probity.Missing[bool](*g, on.From())
			}
		case is:
			if own := e.keyIsOwn(key, at); out.Is(func(bool) bool { return true }) {
				out = both(out, own)
			} else if _, g := out.Value(); g.Reason == probity.NotApplicable || own.Is(func(own bool) bool { return !own }) {
				out = own
			}
		}
	}
	copies(r.Get("performance_insights_enabled").Bool(kinds.RDSOff("Performance Insights")), r.Get("performance_insights_kms_key_id"), r.At)
	if r.Type == rdsCluster {
		if m := e.members()[r.Addr]; m != nil && !e.place.listed() {
			for _, i := range m.instances {
				copies(i.Get("performance_insights_enabled").Bool(kinds.RDSOff("Performance Insights")), i.Get("performance_insights_kms_key_id"), i.At)
			}
		}
		for _, s := range e.byType[activityStream] {
			if ref, ok := s.Get("resource_arn").Data.(resource.Ref); ok && ref.Addr == r.Addr {
				copies(probity.Known(true, s.At), s.Get("kms_key_id"), s.At)
			}
		}
	}
	if v := r.Get("activity_stream_status"); slices.Contains([]string{"started", "starting"}, v.String()) {
		copies(probity.Known(true, v.At), r.Get("activity_stream_kms_key_id"), v.At)
	}
	return out
}

// keyIsOwn reports whether a key is one that the customer manages. Without one AWS' own is taken.
func (e *estate) keyIsOwn(key resource.Value, at *probity.Origin) probity.Fact[bool] {
	var a probity.Asset
	e.key(&a, key, probity.ProviderManaged, at)
	return resource.Map(a.Encryption.Manager, func(m probity.KeyManager) bool { return m == probity.CustomerManaged })
}
