package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// fresh is an asset with all that its kind has where nobody says otherwise; what the code says is laid over it.
func (e *estate) fresh(r *resource.Resource, kind probity.Kind, name string, of *probity.Asset) probity.Asset {
	a := e.asset(r, kind, name)
	a.Lifecycle, a.Encryption, a.Exposure = of.Lifecycle, of.Encryption, of.Exposure
	a.Resilience, a.Retention, a.Audit = of.Resilience, of.Retention, of.Audit
	return a
}

// ownKey replaces the key of a store that is encrypted in any case by the one that it names.
func (e *estate) ownKey(a *probity.Asset, key resource.Value) {
	switch key.Data {
	case "", "AWS_OWNED_KMS_KEY", "AWS_OWNED_KEY": // the default of some services, spelled out
		return
	}
	if key.Set() {
		e.key(a, key, probity.ProviderManaged, key.At)
	}
}

// storageKey: the key only says something while storage is encrypted. Without a name, def holds it.
func (e *estate) storageKey(a *probity.Asset, key resource.Value, from *resource.Value, def probity.KeyManager) {
	at := a.Encryption.AtRest.From()
	on, known := a.Encryption.AtRest.Get()
	switch {
	case key.Set():
		e.key(a, key, def, key.At)
	case !known:
		_, g := a.Encryption.AtRest.Value()
		a.Encryption.Key = probity.Missing[probity.Optional[string]](*g, at)
		a.Encryption.Manager = probity.Missing[probity.KeyManager](*g, at)
	case !on:
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, at)
		a.Encryption.Manager = probity.Known(probity.NoKey, at)
	default:
		a.Encryption.Key = unless(from, probity.Known(probity.Optional[string]{}, at))
		a.Encryption.Manager = unless(from, probity.Known(def, at))
	}
}

// versioned is engine and version as one text: "redis 7.1".
func versioned(engine probity.Fact[string], version resource.Value) probity.Fact[string] {
	return resource.Map(engine, func(s string) string {
		if v := version.String(); v != "" {
			return s + " " + v
		}
		return s
	})
}
