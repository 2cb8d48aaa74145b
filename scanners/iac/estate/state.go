package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const stateBackend = "terraform_backend"

func states() service { return alone(kinds.TerraformState, stateBackend, (*estate).state) }

// state: what a backend block leaves out may be handed over when Terraform is set up, as the bucket often is. The S3 backend
// without encrypt leaves the key to the bucket.
func (e *estate) state(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.TerraformState, r.Get("key").String())
	own := kinds.State{Backend: probity.Known(r.Name, r.At)}
	partial := probity.Gap{Reason: probity.Unresolved, Because: "the rest of the backend is given to terraform init"}
	switch {
	case r.Name != "s3":
		e.stateElsewhere(&a, &own, r)
	case !r.Get("bucket").Set():
		r.Rest = first(r.Rest, &partial)
		fallthrough
	default:
		a.Encryption.AtRest, a.Encryption.InTransit = kinds.S3AtRest(), kinds.Always("the backend s3 uses HTTPS")
		own.Asked = r.Get("encrypt").Bool(kinds.StateOff("encryption of its own"))
		own.Locked = either(r.Get("use_lockfile").Bool(kinds.StateOff("lock")), given(r.Get("dynamodb_table")))
		e.stateKey(&a, r, own.Asked)
		e.link(&a, probity.ContainedIn, r.Get("bucket"))
	}
	a.Settings = probity.SettingsOf(own)
	return a
}

func (e *estate) stateKey(a *probity.Asset, r *resource.Resource, asked probity.Fact[bool]) {
	key := r.Get("kms_key_id")
	on, known := asked.Get()
	switch {
	case key.Set():
		e.key(a, key, probity.ProviderOwned, key.At)
	case on:
		keyless(a, asked, probity.ProviderOwned)
	case known:
		g := probity.Gap{Reason: probity.Unresolved, Because: "the bucket of the state encrypts it as it encrypts all"}
		a.Encryption.Key, a.Encryption.Manager = probity.Missing[probity.Optional[string]](g, r.At), probity.Missing[probity.KeyManager](g, r.At)
	default:
		keyless(a, asked, probity.ProviderOwned)
	}
}
