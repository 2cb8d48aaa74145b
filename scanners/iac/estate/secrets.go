package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	secret         = "aws_secretsmanager_secret"
	secretPolicy   = "aws_secretsmanager_secret_policy"
	secretRotation = "aws_secretsmanager_secret_rotation"
	secretVersion  = "aws_secretsmanager_secret_version"
)

func secrets() service {
	return service{kinds: map[probity.Kind][]string{kinds.Secret: {secret}},
		types: []string{secret, secretPolicy, secretRotation, secretVersion}, read: (*estate).secretStores}
}

func (e *estate) secretStores() []probity.Asset {
	named := []string{"name"}
	rules, rest := e.beside(secret, "secret_arn", named, secretPolicy)
	parts, _ := e.beside(secret, "secret_id", named, secretRotation, secretVersion)
	out := e.each(secret, func(r *resource.Resource) probity.Asset { return e.secretStore(r, rules[r.Addr], parts[r.Addr]) })
	return append(out, e.ruledElsewhere(rest, kinds.Secret, secretPolicy, "policy", kinds.SecretSettings{})...)
}

func (e *estate) secretStore(r *resource.Resource, rules, parts *split) probity.Asset {
	a := e.asset(r, kinds.Secret, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_key_id"), kinds.SecretAtRest(), probity.ProviderManaged)
	a.Exposure.Declared.Policy = ruled(rules, secretPolicy, "policy", optional(r.Get("policy"), kinds.NoPolicy("secret")))
	settings := kinds.SecretSettings{Rotates: kinds.SecretRotation(), Recovery: r.Get("recovery_window_in_days").Int(kinds.SecretRecovery()), InCode: valueInCode(parts), Replicas: replicaRegions(r.Get("replica"))}
	settings.Rotated = resource.Map(r.Get("last_rotated").Text(kinds.SecretNotRotated()), func(day string) probity.Optional[string] {
		return probity.Optional[string]{Set: day != "", Value: day}
	})
	e.link(&a, probity.ReplicaOf, r.Get("replica_of"))
	policy, _ := rules.part(secretPolicy)
	settings.BlocksPublic = kinds.SecretNotBlocked()
	if policy != nil {
		settings.BlocksPublic = policy.Get("block_public_policy").Bool(kinds.SecretNotBlocked())
	}
	switch rotation, gap := parts.part(secretRotation); {
	case gap != nil:
		settings.Rotates = probity.Missing[bool](*gap, r.At)
		settings.RotationDays = probity.Missing[int](*gap, r.At)
	case rotation != nil:
		settings.Rotates = probity.Known(true, rotation.At)
		settings.RotationDays = rotation.Get("rotation_rules", "automatically_after_days").Int(byExpression(rotation))
	default:
		settings.RotationDays = probity.Missing[int](probity.Gap{Reason: probity.NotApplicable, Because: "it does not rotate"}, r.At)
	}
	a.Settings = probity.SettingsOf(settings)
	return a
}

func replicaRegions(v resource.Value) probity.List[string] {
	if !v.Set() {
		return listedNone(v, kinds.SecretReplicas())
	}
	blocks, rest := v.Blocks()
	var out []string
	for _, b := range blocks {
		if in := b.Get("region"); in.String() != "" {
			out = append(out, in.String())
		} else {
			g := in.Why()
			rest = first(rest, &g)
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// byExpression: a schedule may be a rate or a time of the calendar, which is no number of days.
func byExpression(rotation *resource.Resource) probity.Fact[int] {
	v := rotation.Get("rotation_rules", "schedule_expression")
	return probity.Missing[int](probity.Gap{Reason: probity.Unresolved, Because: "the schedule is an expression"}, v.At)
}

// valueInCode is whether any version of the secret is written in the code.
func valueInCode(s *split) probity.Fact[bool] {
	out := probity.Known(false, s.owner.At)
	if g := s.doubt[secretVersion]; g != nil {
		out = probity.Missing[bool](*g, s.owner.At)
	}
	for _, r := range s.parts[secretVersion] {
		f := literal(r, "secret_string", "secret_binary", "secret_string_wo")
		if f.Is(func(is bool) bool { return is }) {
			return f
		}
		if _, ok := f.Get(); !ok {
			out = f
		}
	}
	return out
}
