package kinds

import probity "github.com/probity-scan/probity"

// TerraformState is where a root's state is kept. It counts as a secret: a state holds every attribute in the clear,
// passwords too. What its bucket is by itself, the bucket tells.
const TerraformState probity.Kind = "terraform.state"

// State is what only a state has.
type State struct {
	Backend probity.Fact[string] `json:"backend,omitzero"` // s3, local, gcs …
	Locked  probity.Fact[bool]   `json:"locked,omitzero"`  // two runs cannot write at once
	Asked   probity.Fact[bool]   `json:"encrypt,omitzero"` // the backend asks for encryption, whatever the bucket does by itself
}

// StateOff is a switch of the backend that is off unless told.
func StateOff(what string) probity.Fact[bool] {
	return byDefault(false, "the backend s3 has no "+what+" unless told (Terraform, Backend Type: s3)")
}
