package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	ecrRepository = "aws_ecr_repository"
	ecrPolicy     = "aws_ecr_repository_policy"
	ecrRegistry   = "aws_ecr_registry_policy"
)

func ecr() service {
	return service{kinds: map[probity.Kind][]string{kinds.ECRRepository: {ecrRepository}, kinds.ECRRegistry: {ecrRegistry}},
		types: []string{ecrRepository, ecrPolicy, ecrRegistry, ecrReplication}, read: (*estate).repositories}
}

func (e *estate) repositories() []probity.Asset {
	splits, rest := e.beside(ecrRepository, "repository", []string{"name"}, ecrPolicy)
	out := e.each(ecrRepository, func(r *resource.Resource) probity.Asset { return e.repository(r, splits[r.Addr]) })
	out = append(out, e.ruledElsewhere(rest, kinds.ECRRepository, ecrPolicy, "policy", kinds.Images{})...)
	out = append(out, e.imageCopies()...)
	return append(out, e.each(ecrRegistry, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.ECRRegistry, "")
		a.Exposure.Declared.Policy = optional(r.Get("policy"), kinds.NoPolicy("registry"))
		return a
	})...)
}

func (e *estate) repository(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.ECRRepository, r.Get("name").String())
	how := r.Get("encryption_configuration", "encryption_type").Text(kinds.ECREncryption())
	a.Encryption.AtRest = probity.Known(true, how.From())
	switch way, known := how.Get(); {
	case !known:
		_, g := how.Value()
		e.key(&a, resource.Value{Data: resource.Unknown{Gap: *g}, At: how.From()}, probity.ProviderManaged, how.From())
	case way == "AES256":
		keyless(&a, a.Encryption.AtRest, probity.ProviderOwned)
	default:
		e.key(&a, r.Get("encryption_configuration", "kms_key"), probity.ProviderManaged, how.From())
	}
	a.Encryption.InTransit = kinds.ECRTLS()
	a.Exposure.Declared.Policy = ruled(s, ecrPolicy, "policy", kinds.NoPolicy("repository"))
	a.Settings = probity.SettingsOf(kinds.Images{
		Immutable: resource.Map(r.Get("image_tag_mutability").Text(kinds.ECRMutability()), func(m string) bool { return m == "IMMUTABLE" }),
		Scanned:   r.Get("image_scanning_configuration", "scan_on_push").Bool(kinds.ECRScan()),
	})
	return a
}
