package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Kubernetes. A workload that runs a known server of data is the store itself.
const (
	K8sDatabase     probity.Kind = "k8s.database"
	K8sCache        probity.Kind = "k8s.cache"
	K8sSearch       probity.Kind = "k8s.search"
	K8sStream       probity.Kind = "k8s.stream"
	K8sQueue        probity.Kind = "k8s.queue"
	K8sObjects      probity.Kind = "k8s.objects" // a server of objects, such as MinIO
	K8sWorkload     probity.Kind = "k8s.workload"
	K8sVolume       probity.Kind = "k8s.volume" // a claim, or a volume made by hand
	K8sStorageClass probity.Kind = "k8s.storageclass"
	K8sSecret       probity.Kind = "k8s.secret"
	K8sConfigMap    probity.Kind = "k8s.configmap"
	K8sEntrance     probity.Kind = "k8s.entrance" // an Ingress, a Gateway, a Route
	K8sRole         probity.Kind = "k8s.role"
	K8sControlPlane probity.Kind = "k8s.controlplane" // the API server, or a file that it is configured with
)

// Kubernetes lists the kinds of Kubernetes.
func Kubernetes() []Kind {
	return []Kind{
		{K8sDatabase, probity.Database, K8sStore{}},
		{K8sCache, probity.Cache, K8sStore{}},
		{K8sSearch, probity.Search, K8sStore{}},
		{K8sStream, probity.Stream, K8sStore{}},
		{K8sQueue, probity.Queue, K8sStore{}},
		{K8sObjects, probity.Bucket, K8sStore{}},
		{K8sWorkload, probity.Compute, K8sWork{}},
		{K8sVolume, probity.Volume, nil},
		{K8sStorageClass, probity.Volume, nil},
		{K8sSecret, probity.Secret, K8sManifest{}},
		{K8sConfigMap, probity.Secret, K8sConfiguration{}},
		{K8sEntrance, probity.Network, K8sDoor{}},
		{K8sRole, probity.Identity, K8sRights{}},
		{K8sControlPlane, probity.Account, K8sPlane{}},
	}
}

// K8sStore holds the settings of a workload that is a store.
type K8sStore struct {
	Port          probity.Fact[int]    `json:"port"`           // where it listens
	Published     probity.List[string] `json:"published"`      // what opens it beyond the cluster: "LoadBalancer db"
	NetworkPolicy probity.Fact[bool]   `json:"network_policy"` // a policy says who inside the cluster may connect

	Credentials      probity.List[string] `json:"credentials"`       // as in [K8sConfiguration]
	ClearConnections probity.List[string] `json:"clear_connections"` // as in [K8sConfiguration]
	SecretVariables  probity.List[string] `json:"secret_variables"`  // as in [K8sWork]

	NodePaths    probity.List[string] `json:"node_paths"`          // folders of the node that it keeps data in
	Certificates probity.Fact[bool]   `json:"client_certificates"` // of etcd: only clients with a certificate of a known authority come in
}

// K8sConfiguration is what a ConfigMap holds. Only names of variables and keys are kept.
type K8sConfiguration struct {
	Credentials      probity.List[string] `json:"credentials"`       // whose value is a credential, written out
	ClearConnections probity.List[string] `json:"clear_connections"` // whose connection may be made without verified TLS
}

// K8sWork is what a workload holds that is no store.
type K8sWork struct {
	Credentials      probity.List[string] `json:"credentials"`       // as in [K8sConfiguration]
	ClearConnections probity.List[string] `json:"clear_connections"` // as in [K8sConfiguration]
	SecretVariables  probity.List[string] `json:"secret_variables"`  // variables that get the value of a Secret, and Secrets that all variables come from
}

// K8sManifest holds the settings of a [K8sSecret].
type K8sManifest struct {
	Literal probity.Fact[bool] `json:"literal"` // its value stands in the manifest
}

// K8sDoor holds the settings of a [K8sEntrance].
type K8sDoor struct {
	ClearHosts probity.List[string] `json:"clear_hosts"` // served over plain HTTP; "*" is every host
}

// K8sRights holds the settings of a [K8sRole].
type K8sRights struct {
	ReadsSecrets probity.Fact[bool]   `json:"reads_secrets"` // any Secret, not only named ones
	Subjects     probity.List[string] `json:"subjects"`      // who is bound to it, beside the cluster's own
}

// K8sPlane holds the settings of a [K8sControlPlane].
type K8sPlane struct {
	SecretsEncrypted probity.Fact[bool] `json:"secrets_encrypted"` // before etcd stores them
	AuditLog         probity.Fact[bool] `json:"audit_log"`         // requests are recorded
	AuditDays        probity.Fact[int]  `json:"audit_days"`        // how long the records are kept; 0: for ever
}

// K8sNoProvider is an API server that is given no configuration of encryption.
func K8sNoProvider() probity.Fact[bool] {
	return byDefault(false, "an API server stores Secrets as they are unless --encryption-provider-config says otherwise")
}

// K8sNoAudit is an API server without an audit log.
func K8sNoAudit() probity.Fact[bool] {
	return byDefault(false, "an API server records no requests unless --audit-log-path or a webhook is given")
}

// K8sAuditKept is how long an API server keeps audit logs.
func K8sAuditKept() probity.Fact[int] {
	return byDefault(0, "an API server deletes no audit logs by age unless --audit-log-maxage is given")
}

// K8sAlways is encryption that a provider does not let switch off.
func K8sAlways(says string) probity.Fact[bool] { return byDefault(true, says) }

// K8sOff is what a server leaves off unless it is told otherwise.
func K8sOff(says string) probity.Fact[bool] { return byDefault(false, says) }

// inCluster fills what an object of Kubernetes cannot have; it reports whether the kind is one.
func inCluster(a *probity.Asset) bool {
	switch a.Kind {
	case K8sDatabase, K8sCache, K8sSearch, K8sStream, K8sQueue, K8sObjects:
		unkept(a)
		policyless(a, "a workload has no policy of a cloud")
	case K8sVolume, K8sStorageClass:
		unkept(a)
		policyless(a, "a volume has no policy")
		const why = "a volume is attached, not connected to"
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
		a.Exposure.Public = a.Exposure.Public.Or(never[bool](why))
		a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening](why))
	case K8sSecret, K8sConfigMap:
		unkept(a)
		policyless(a, "who reads it is said by roles")
		partOf(a, "its cluster tells")
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("its cluster tells"))
		a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening]("its cluster tells"))
		a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("it has no lock"))
	case K8sWorkload, K8sEntrance, K8sRole, K8sControlPlane:
	default:
		return false
	}
	return true
}

func policyless(a *probity.Asset, why string) {
	d := &a.Exposure.Declared
	d.Policy = d.Policy.Or(never[probity.Optional[string]](why))
	d.ACL = d.ACL.Or(neverAny[probity.Grant](why))
	d.Blocks = d.Blocks.Or(never[probity.Blocks](why))
	d.Guards = d.Guards.Or(neverAny[probity.Ref](why))
	a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant](why))
}
