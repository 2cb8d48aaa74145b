package kinds

import probity "github.com/probity-scan/probity"

// What runs code: whoever may look at its configuration sees what the configuration holds. A cluster keeps Secrets.
const (
	LambdaFunction probity.Kind = "aws.lambda.function"
	ECSTask        probity.Kind = "aws.ecs.task_definition"
	EC2Instance    probity.Kind = "aws.ec2.instance" // and launch templates and configurations
	EKSCluster     probity.Kind = "aws.eks.cluster"
	StateMachine   probity.Kind = "aws.stepfunctions.state_machine"
	LambdaLayer    probity.Kind = "aws.lambda.layer"
)

// Function is what only a function, a task or a machine of states has.
type Function struct {
	Secrets probity.List[string] `json:"credentials,omitzero"` // names of variables, and of fields of a definition, that hold a secret in the clear
}

// Instance is what only an instance has.
type Instance struct {
	UserData probity.Fact[bool] `json:"secret_in_user_data,omitzero"` // what it runs first holds what looks like a secret
}

// ControlPlane is what only a cluster of EKS has.
type ControlPlane struct {
	Public    probity.Fact[bool]   `json:"public_endpoint,omitzero"` // its API has a public address
	Ranges    probity.List[string] `json:"public_ranges,omitzero"`   // let in to that
	Enveloped probity.Fact[bool]   `json:"secrets_kms,omitzero"`     // Secrets are encrypted with a key of KMS in the account
}

// LambdaAtRest is encryption of variables that cannot be turned off.
func LambdaAtRest() probity.Fact[bool] {
	return byDefault(true, "Lambda always encrypts variables at rest, with a key of AWS unless told")
}

// LambdaGrants are none.
func LambdaGrants() probity.List[probity.Grant] {
	return probity.Whole[probity.Grant](said("a new function lets in its own account only"))
}

// EKSAtRest is encryption of what etcd holds.
func EKSAtRest() probity.Fact[bool] {
	return byDefault(true, "EKS encrypts the volumes of etcd in any case, and from Kubernetes 1.28 on all that its API keeps (EKS User Guide, Default envelope encryption)")
}

// EKSPublic is that of a new cluster.
func EKSPublic() probity.Fact[bool] {
	return byDefault(true, "EKS gives a cluster's API a public address unless told")
}

// EKSRanges are all.
func EKSRanges() probity.List[string] {
	return probity.Whole(said("EKS lets everybody in to a public address unless told"), "0.0.0.0/0")
}

// EKSLogs are none.
func EKSLogs() probity.List[string] {
	return probity.Whole[string](said("EKS exports no logs unless told"))
}

// EKSEnveloped is that of a new cluster.
func EKSEnveloped() probity.Fact[bool] {
	return byDefault(false, "EKS uses no key of the account for Secrets unless told, but one of its own from Kubernetes 1.28 on")
}
