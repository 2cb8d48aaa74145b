package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// sharedAccounts are those with whom a listed snapshot or image is shared: shared_accounts, an attribute of its own that no
// resource of Terraform's has for them.
func sharedAccounts(r *resource.Resource) probity.List[string] {
	v := r.Get("shared_accounts")
	return texts(v, probity.Whole[string](v.At))
}

// toldEncryption fills how a store is encrypted of which a provider told: neither what it is made of nor the account's
// default says anything more.
func (e *estate) toldEncryption(a *probity.Asset, r *resource.Resource) {
	a.Encryption.AtRest = r.Get("encrypted").Bool(probity.Fact[bool]{})
	e.rdsKey(r, a, nil)
}
