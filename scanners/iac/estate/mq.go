package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const mqBroker = "aws_mq_broker"

func mq() service {
	return service{kinds: map[probity.Kind][]string{kinds.MQBroker: {mqBroker}}, types: []string{mqBroker}, read: (*estate).mqBrokers}
}

func (e *estate) mqBrokers() []probity.Asset {
	fresh := kinds.NewMQ()
	return e.each(mqBroker, func(r *resource.Resource) probity.Asset { return e.mqBroker(r, fresh) })
}

func (e *estate) mqBroker(r *resource.Resource, fresh kinds.Fresh[kinds.MQ]) probity.Asset {
	a := e.fresh(r, kinds.MQBroker, r.Get("broker_name").String(), &fresh.Asset)
	a.Lifecycle.Version = versioned(r.Get("engine_type").Text(probity.Fact[string]{}), r.Get("engine_version"))
	if key := r.Get("encryption_options", "kms_key_id"); key.Set() {
		e.ownKey(&a, key)
	} else if own := r.Get("encryption_options", "use_aws_owned_key"); own.Set() {
		a.Encryption.Manager = resource.Map(own.Bool(probity.Fact[bool]{}), func(is bool) probity.KeyManager {
			if is {
				return probity.ProviderOwned
			}
			return probity.ProviderManaged
		})
	}
	a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(a.Exposure.Declared.Addressed)
	a.Exposure.Declared.Guards = e.guards(r.Get("security_groups"), r.At)
	e.inland(&a, r.Get("subnet_ids"))
	if mode := r.Get("deployment_mode"); mode.Set() {
		a.Resilience.MultiZone = resource.Map(mode.Text(probity.Fact[string]{}), func(s string) bool { return strings.Contains(s, "MULTI_AZ") })
	}
	a.Audit.Exports = mqLogs(r, a.Audit.Exports)
	own := fresh.Own
	own.PasswordInCode = mqPassword(r)
	own.MinorUpgrades = r.Get("auto_minor_version_upgrade").Bool(own.MinorUpgrades)
	a.Settings = probity.SettingsOf(own)
	return a
}

func mqLogs(r *resource.Resource, def probity.List[string]) probity.List[string] {
	v := r.Get("logs")
	if !v.Set() {
		return def
	}
	var out []string
	var gap *probity.Gap
	for _, kind := range []string{"audit", "general"} {
		switch on := r.Get("logs", kind).Bool(probity.Known(false, v.At)); {
		case on.Is(func(on bool) bool { return on }):
			out = append(out, kind)
		case !on.Is(func(bool) bool { return true }):
			_, gap = on.Value()
		}
	}
	if gap != nil {
		return probity.Open(*gap, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// mqPassword: each user is a block with a password of its own.
func mqPassword(r *resource.Resource) probity.Fact[bool] {
	blocks, rest := r.Get("user").Blocks()
	out := probity.Known(false, r.At)
	for _, b := range blocks {
		f := literal(&resource.Resource{Block: *b}, "password")
		if f.Is(func(is bool) bool { return is }) {
			return f
		}
		if !f.Is(func(bool) bool { return true }) {
			out = f
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, r.At)
	}
	return out
}
