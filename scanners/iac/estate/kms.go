package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	kmsKey    = "aws_kms_key"
	kmsAlias  = "aws_kms_alias"
	kmsPolicy = "aws_kms_key_policy"
)

func kms() service {
	return service{kinds: map[probity.Kind][]string{kinds.KMSKey: {kmsKey}}, types: []string{kmsKey, kmsAlias, kmsPolicy}, read: (*estate).keys}
}

func (e *estate) keys() []probity.Asset {
	owners := e.byType[kmsKey]
	named := func(r *resource.Resource) ([]string, bool) { return []string{r.Get("key_id").String()}, true }
	splits, rest := e.join(joint{owners: owners, attr: "key_id", types: []string{kmsPolicy}, names: named})
	aliases, _ := e.join(joint{owners: owners, attr: "target_key_id", types: []string{kmsAlias}, names: named})
	var out []probity.Asset
	for _, r := range owners {
		out = append(out, e.kmsKey(r, splits[r.Addr], aliases[r.Addr]))
	}
	for _, s := range rest.sorted() {
		a := e.stray(s, kinds.KMSKey, "")
		a.Exposure.Declared.Policy = s.said(kmsPolicy, "policy")
		a.Settings = probity.SettingsOf(kinds.KMS{})
		out = append(out, a)
	}
	return out
}

func (e *estate) kmsKey(r *resource.Resource, s, aliases *split) probity.Asset {
	a := e.asset(r, kinds.KMSKey, "")
	for _, alias := range aliases.parts[kmsAlias] {
		if name := alias.Get("name").String(); name != "" {
			a.Name = name
			a.Aliases = append(a.Aliases, name)
		}
		a.Aliases = append(a.Aliases, alias.Addr)
	}
	policy, gap := s.part(kmsPolicy)
	own := optional(r.Get("policy"), kinds.KMSPolicy())
	switch {
	case gap != nil:
		own = probity.Missing[probity.Optional[string]](*gap, r.At)
	case policy != nil:
		own = optional(policy.Get("policy"), own)
	}
	a.Exposure.Declared.Policy = own
	rotation := r.Get("enable_key_rotation").Bool(kinds.KMSRotation())
	spec := r.Get("customer_master_key_spec")
	if s := spec.String(); s != "" && s != "SYMMETRIC_DEFAULT" {
		rotation = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "only symmetric keys rotate by themselves"}, spec.At)
	}
	a.Settings = probity.SettingsOf(kinds.KMS{
		Rotation:     rotation,
		RotationDays: r.Get("rotation_period_in_days").Int(kinds.KMSRotationDays()),
		DeletionDays: r.Get("deletion_window_in_days").Int(kinds.KMSDeletionDays()),
		Enabled:      r.Get("is_enabled").Bool(kinds.KMSEnabled()),
		MultiRegion:  r.Get("multi_region").Bool(kinds.KMSMultiRegion()),
		Spec:         spec.Text(kinds.KMSSpec()),
	})
	return a
}
