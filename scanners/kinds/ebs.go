package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon EBS.
const (
	EBSVolume   probity.Kind = "aws.ebs.volume"
	EBSSnapshot probity.Kind = "aws.ebs.snapshot"
	EC2Image    probity.Kind = "aws.ec2.image" // snapshots that machines start from
)

// Volume is what only a volume of EBS has.
type Volume struct {
	Attached probity.Fact[bool] `json:"attached,omitzero"` // to a machine; code does not tell
}

// EBSAtRest is that of a volume in an account whose default nobody knows: the provider's own.
func EBSAtRest() probity.Fact[bool] {
	return byDefault(false, "EBS does not encrypt unless the volume or its account says so (2019-05-23)")
}
