package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	searchDomain  = "aws_opensearch_domain"
	searchPolicy  = "aws_opensearch_domain_policy"
	elasticDomain = "aws_elasticsearch_domain"
	elasticPolicy = "aws_elasticsearch_domain_policy"
)

func openSearch() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.OpenSearchDomain: {searchDomain, elasticDomain}},
		types: []string{searchDomain, searchPolicy, elasticDomain, elasticPolicy}, read: (*estate).searchDomains}
}

func (e *estate) searchDomains() []probity.Asset {
	fresh := kinds.NewOpenSearch()
	var out []probity.Asset
	for _, t := range []struct{ domain, policy string }{{searchDomain, searchPolicy}, {elasticDomain, elasticPolicy}} {
		splits, rest := e.beside(t.domain, "domain_name", []string{"domain_name"}, t.policy)
		out = append(out, e.each(t.domain, func(r *resource.Resource) probity.Asset { return e.searchDomain(r, splits[r.Addr], t.policy, fresh) })...)
		out = append(out, e.ruledElsewhere(rest, kinds.OpenSearchDomain, t.policy, "access_policies", kinds.OpenSearch{})...)
	}
	return out
}

func (e *estate) searchDomain(r *resource.Resource, s *split, policy string, fresh kinds.Fresh[kinds.OpenSearch]) probity.Asset {
	a := e.fresh(r, kinds.OpenSearchDomain, r.Get("domain_name").String(), &fresh.Asset)
	engine := r.Get("engine_version")
	if r.Type == elasticDomain {
		engine = r.Get("elasticsearch_version")
	}
	a.Lifecycle.Version = engine.Text(a.Lifecycle.Version)
	a.Encryption.AtRest = r.Get("encrypt_at_rest", "enabled").Bool(a.Encryption.AtRest)
	e.storageKey(&a, r.Get("encrypt_at_rest", "kms_key_id"), nil, probity.ProviderManaged)
	endpoint := r.Get("domain_endpoint_options")
	a.Encryption.InTransit = r.Get("domain_endpoint_options", "enforce_https").Bool(
		present(endpoint, probity.Known(true, endpoint.At), a.Encryption.InTransit)) // the provider's default inside of the block
	e.searchNetwork(r, &a)
	a.Exposure.Declared.Policy = ruled(s, policy, "access_policies", optional(r.Get("access_policies"), a.Exposure.Declared.Policy))
	a.Resilience.MultiZone = r.Get("cluster_config", "zone_awareness_enabled").Bool(a.Resilience.MultiZone)
	a.Audit.Exports = published(r, a.Audit.Exports)
	a.Audit.Access = exported(a.Audit.Exports, "AUDIT_LOGS")
	own := fresh.Own
	own.NodeToNode = r.Get("node_to_node_encryption", "enabled").Bool(own.NodeToNode)
	own.TLSPolicy = r.Get("domain_endpoint_options", "tls_security_policy").Text(own.TLSPolicy)
	own.FineGrained = r.Get("advanced_security_options", "enabled").Bool(own.FineGrained)
	own.Unauthenticated = r.Get("advanced_security_options", "anonymous_auth_enabled").Bool(own.Unauthenticated)
	own.PasswordInCode = literal(r, "advanced_security_options.master_user_options.master_user_password")
	a.Settings = probity.SettingsOf(own)
	return a
}

// searchNetwork: outside of a VPC nothing but the policy stands around a domain.
func (e *estate) searchNetwork(r *resource.Resource, a *probity.Asset) {
	vpc := r.Get("vpc_options")
	d := &a.Exposure.Declared
	d.Addressed = present(vpc, kinds.OpenSearchInside(), d.Addressed)
	switch inside, known := d.Addressed.Get(); {
	case known && !inside:
		d.Guards = e.guards(r.Get("vpc_options", "security_group_ids"), vpc.At)
	case known:
		a.Exposure.Networks = probity.Open[probity.Opening](probity.Gap{Reason: probity.NotApplicable,
			Because: "no network stands around a domain outside of a VPC"}, r.At)
	}
}

// published are the kinds of log that leave the domain.
func published(r *resource.Resource, def probity.List[string]) probity.List[string] {
	v := r.Get("log_publishing_options")
	blocks, rest := v.Blocks()
	if len(blocks) == 0 && rest == nil {
		return def
	}
	at := v.At
	var out []string
	for _, b := range blocks {
		on := b.Get("enabled").Bool(probity.Known(true, b.At))
		kind := b.Get("log_type")
		switch is, known := on.Get(); {
		case !known:
			_, rest = on.Value()
		case is && kind.String() != "":
			out, at = append(out, kind.String()), b.At
		case is:
			rest = first(kind.Gap(), rest)
		}
	}
	if rest != nil {
		return probity.Open(*rest, at, out...)
	}
	return probity.Whole(at, out...)
}
