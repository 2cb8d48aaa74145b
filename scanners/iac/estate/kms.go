package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	kmsKey    = "aws_kms_key"
	kmsAlias  = "aws_kms_alias"
	kmsPolicy = "aws_kms_key_policy"
	kmsGrant  = "aws_kms_grant"
)

func kmsReplicas() []string {
	return []string{"aws_kms_replica_key", "aws_kms_replica_external_key"}
}

// kmsImported are keys of which the customer holds the material.
const kmsImported = "aws_kms_external_key"

func kms() service {
	return service{kinds: map[probity.Kind][]string{kinds.KMSKey: append(kmsReplicas(), kmsKey, kmsImported)},
		types: append(kmsReplicas(), kmsKey, kmsImported, kmsAlias, kmsPolicy, kmsGrant), read: (*estate).keys}
}

func (e *estate) keys() []probity.Asset {
	owners := slices.Concat(e.byType[kmsKey], e.byType[kmsImported])
	for _, typ := range kmsReplicas() {
		owners = append(owners, e.byType[typ]...)
	}
	named := func(r *resource.Resource) ([]string, bool) { return []string{r.Get("key_id").String()}, true }
	splits, rest := e.join(joint{owners: owners, attr: "key_id", types: []string{kmsPolicy, kmsGrant}, names: named})
	aliases, _ := e.join(joint{owners: owners, attr: "target_key_id", types: []string{kmsAlias}, names: named})
	out := make([]probity.Asset, 0, len(owners))
	for _, r := range owners {
		out = append(out, e.kmsKey(r, splits[r.Addr], aliases[r.Addr]))
	}
	for _, s := range rest.sorted() {
		a := e.stray(s, kinds.KMSKey, "")
		a.Exposure.Declared.ACL = handed(s, probity.List[probity.Grant]{})
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
			if a.Name = name; !e.place.listed() { // a region has one of each name, and so has the next
				a.Aliases = append(a.Aliases, name)
			}
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
	a.Exposure.Declared.ACL = handed(s, kinds.KMSGrants())
	rotation := r.Get("enable_key_rotation").Bool(kinds.KMSRotation())
	spec := r.Get("customer_master_key_spec")
	if s := spec.String(); s != "" && s != "SYMMETRIC_DEFAULT" {
		rotation = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "only symmetric keys rotate by themselves"}, spec.At)
	}
	if store := r.Get("custom_key_store_id"); store.Set() && store.Data != "" {
		rotation = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "keys of a custom key store do not rotate by themselves"}, store.At)
		if u, ok := store.Data.(resource.Unknown); ok {
			rotation = probity.Missing[bool](u.Gap, store.At)
		}
	}
	several := r.Get("multi_region").Bool(kinds.KMSMultiRegion())
	if r.Type == kmsImported {
		rotation = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "imported key material does not rotate by itself"}, r.At)
	} else if r.Type != kmsKey {
		e.link(&a, probity.ReplicaOf, r.Get("primary_key_arn"))
		several = probity.Known(true, r.At)
		rotation = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "a replica rotates with its primary key"}, r.At)
	}
	a.Settings = probity.SettingsOf(kinds.KMS{
		Rotation:     rotation,
		RotationDays: r.Get("rotation_period_in_days").Int(kinds.KMSRotationDays()),
		DeletionDays: r.Get("deletion_window_in_days").Int(kinds.KMSDeletionDays()),
		Dying:        r.Get("pending_deletion").Bool(kinds.KMSNotDying()), // of accounts alone
		Enabled:      firstSet(r, "is_enabled", "enabled").Bool(kinds.KMSEnabled()),
		MultiRegion:  several,
		Spec:         spec.Text(kinds.KMSSpec()),
		Ends:         optional(r.Get("valid_to"), kinds.KMSEndless()),
		Both:         administerAndUse(own),
	})
	return a
}

// administerAndUse are who may decide over the key and use it too, by its policy.
func administerAndUse(f probity.Fact[probity.Optional[string]]) probity.List[string] {
	if text, known := f.Get(); known && !text.Set {
		return probity.Whole[string](f.From())
	}
	return principals(f, func(p access.Policy) ([]string, *probity.Gap) {
		return p.Both([]string{"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"}, []string{"kms:Decrypt", "kms:GenerateDataKey"})
	})
}

// handed are the grants of a key, which let in beside its policy.
func handed(s *split, def probity.List[probity.Grant]) probity.List[probity.Grant] {
	gap, at := s.doubt[kmsGrant], s.owner.At
	if len(s.parts[kmsGrant]) == 0 && gap == nil {
		return def
	}
	out := []probity.Grant{}
	for _, g := range s.parts[kmsGrant] {
		at = g.At
		who := g.Get("grantee_principal")
		actions, rest := texts(g.Get("operations"), probity.Whole[string](at)).Value()
		gap = first(gap, rest)
		var name string
		switch d := who.Data.(type) {
		case resource.Ref: // made here, and so of this account
			continue
		case string:
			name = d
		case resource.Template:
			name = d.Text
		default:
			why := who.Why()
			gap = &why
			continue
		}
		for i, a := range actions.([]string) {
			actions.([]string)[i] = "kms:" + a
		}
		out = append(out, grant(name, actions.([]string)))
	}
	if gap != nil {
		return probity.Open(*gap, at, out...)
	}
	return probity.Whole(at, out...)
}

// firstSet is the first attribute of several names that says something.
func firstSet(r *resource.Resource, names ...string) resource.Value {
	for _, n := range names {
		if v := r.Get(n); v.Set() {
			return v
		}
	}
	return resource.Value{At: r.At}
}
