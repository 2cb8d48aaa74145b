package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// stateElsewhere fills what the block of a backend other than s3 tells, and what its service does in any case.
func (e *estate) stateElsewhere(a *probity.Asset, own *kinds.State, r *resource.Resource) {
	depends := func(on string) probity.Fact[bool] {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "it depends on " + on}, r.At)
	}
	own.Asked = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "the backend " + r.Name + " has no such switch"}, r.At)
	var key resource.Value
	switch r.Name {
	case "gcs":
		a.Encryption.AtRest, a.Encryption.InTransit = kinds.Always("Cloud Storage always encrypts"), kinds.Always("the backend gcs uses HTTPS")
		own.Locked = kinds.Always("the backend gcs always locks")
		key = r.Get("kms_encryption_key")
		e.link(a, probity.ContainedIn, r.Get("bucket"))
	case "azurerm":
		a.Encryption.AtRest, a.Encryption.InTransit = kinds.Always("Azure Storage always encrypts"), kinds.Always("the backend azurerm uses HTTPS")
		own.Locked = kinds.Always("the backend azurerm always takes a lease, which locks")
	case "local":
		a.Encryption.AtRest = depends("the disk")
		a.Encryption.InTransit = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it lies beside the code"}, r.At)
		own.Locked = kinds.Always("the backend local always locks")
	case "pg", "kubernetes":
		a.Encryption.AtRest, a.Encryption.InTransit = depends("the server"), depends("the connection")
		own.Locked = kinds.Always("the backend " + r.Name + " always locks")
	case "http":
		a.Encryption.AtRest, a.Encryption.InTransit = depends("the server"), depends("the address")
		if to := r.Get("address"); to.String() != "" {
			a.Encryption.InTransit = probity.Known(strings.HasPrefix(strings.ToLower(to.String()), "https://"), to.At)
		}
		own.Locked = present(r.Get("lock_address"), probity.Known(true, r.Get("lock_address").At), depends("terraform init, which may give an address to lock"))
	default:
		elsewhere := depends("the backend " + r.Name + ", which is not read")
		a.Encryption.AtRest, a.Encryption.InTransit, own.Locked, own.Asked = elsewhere, elsewhere, elsewhere, elsewhere
	}
	if key.Set() {
		e.key(a, key, probity.ProviderOwned, key.At)
		return
	}
	g := probity.Gap{Reason: probity.NotCollected, Because: "the code of the state's backend does not tell whose key it is"}
	a.Encryption.Key, a.Encryption.Manager = probity.Missing[probity.Optional[string]](g, r.At), probity.Missing[probity.KeyManager](g, r.At)
}
