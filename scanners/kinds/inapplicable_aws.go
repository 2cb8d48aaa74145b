package kinds

import probity "github.com/probity-scan/probity"

// inapplicableAWS is [Inapplicable] for stores of AWS that have neither a network nor a policy of their own.
func inapplicableAWS(a *probity.Asset) bool {
	switch a.Kind {
	case KinesisStream:
		unnetworked(a)
	case KinesisVideoStream, FirehoseStream, DynamoDBBackup, CacheSnapshot, MemoryDBSnapshot:
		unnetworked(a)
		unruled(a, "it has no policy of its own")
	case SSMParameter:
		unruled(a, "a parameter has no policy of its own")
	case GlacierVault, ECRRepository, EventBus, GlueCatalog:
		unnetworked(a)
		unbacked(a, "the service makes no backups of it")
	case RedshiftCluster, RedshiftNamespace:
		a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant]("it has no policy of its own"))
	case ECRRegistry, RedshiftShare:
		unnetworked(a)
		partOf(a, "what it gives away lies in other stores")
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("what it gives away lies in other stores"))
	case TerraformState:
		unnetworked(a)
		unruled(a, "its bucket tells")
	case EventStore:
		unnetworked(a)
		unruled(a, "it has no policy of its own")
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("CloudTrail has HTTPS endpoints only"))
	case EventArchive:
		unruled(a, "its event bus tells")
	case S3AccessPoint:
		pointOf(a)
	case S3DirectoryBucket:
		a.Resilience.Versioning = a.Resilience.Versioning.Or(never[bool]("a directory bucket keeps no versions"))
		a.Resilience.MultiZone = a.Resilience.MultiZone.Or(never[bool]("a directory bucket lies in one zone"))
		a.Audit.Access = a.Audit.Access.Or(never[bool]("a directory bucket has no access log"))
		a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("a directory bucket has no lock"))
	case AthenaWorkgroup, AthenaDatabase:
		unnetworked(a)
		unbacked(a, "its bucket tells")
		unruled(a, "its bucket tells")
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("Athena has HTTPS endpoints only"))
	case GlueDatabase, AthenaCatalog:
		elsewhere(a, "its tables lie in other stores")
	case FSxVolume:
		elsewhere(a, "its file system tells")
	case KnowledgeBase:
		elsewhere(a, "the store of its index tells")
	case MSKConnector:
		const why = "what passes through stays elsewhere"
		unnetworked(a)
		unruled(a, why)
		unstored(a, why)
	case LightsailBucket, LightsailDisk:
		unnetworked(a)
		if a.Kind == LightsailDisk {
			unruled(a, "it has no policy of its own")
		}
	case SyncTask, SyncLocation:
		elsewhere(a, "what it copies lies in other stores")
	case CustomModel:
		unbacked(a, "the service makes no backups of it")
		unnetworked(a)
		unruled(a, "it has no policy of its own")
		unkept(a)
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("Bedrock has HTTPS endpoints only"))
	case Studio:
		unruled(a, "it has no policy of its own")
		unkept(a)
	case GlueConnection, GlueJob:
		unnetworked(a)
		unbacked(a, "what it reads and writes lies in other stores")
		unruled(a, "it has no policy of its own")
		const why = "what it reads and writes lies in other stores"
		a.Encryption.AtRest = a.Encryption.AtRest.Or(never[bool](why))
		a.Encryption.Manager = a.Encryption.Manager.Or(never[probity.KeyManager](why))
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
	case EMRCluster:
		unbacked(a, "its disks last as long as it does")
		unruled(a, "it has no policy of its own")
		unnetworked(a)
	case DMSInstance:
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("its endpoints tell"))
		a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant]("it has no policy of its own"))
	case DMSEndpoint:
		unnetworked(a)
		unruled(a, "it has no policy of its own")
		unstored(a, "what passes through stays elsewhere")
	case Notebook, FeatureGroup:
		unruled(a, "it has no policy of its own")
		unkept(a)
	case BedrockLogging:
		const why = "its bucket and its log group tell"
		unruled(a, why)
		unstored(a, why)
		a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry](why))
	case TransferServer:
		unbacked(a, "its files lie in other stores")
		unruled(a, "its users log in")
		unstored(a, "its files lie in other stores")
		a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening]("its users log in"))
	case LambdaFunction:
		unnetworked(a)
	case LambdaLayer:
		unbacked(a, "Lambda keeps the code")
		unnetworked(a)
		unstored(a, "Lambda keeps the code")
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool]("Lambda has HTTPS endpoints only"))
	case ECSTask, StateMachine, EC2Instance, EKSCluster:
		unruled(a, "it has no policy of its own")
		if a.Kind != EKSCluster && a.Kind != StateMachine {
			unstored(a, "its volumes tell")
		}
	case LogGroup:
		unruled(a, "the policies of its region tell")
	case LogDestination:
		const why = "the stream behind it tells"
		unnetworked(a)
		unstored(a, why)
		a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry](why))
	case LogPolicy:
		unstored(a, "its log groups tell")
		a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry]("its log groups tell"))
	case BackupPlan:
		unruled(a, "its vaults tell")
		unstored(a, "its vaults tell")
		a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("its vaults tell"))
	case RecoveryPoint:
		unnetworked(a)
		unruled(a, "its vault tells")
		a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("its vault tells"))
	case CloudTrail:
		unruled(a, "its bucket tells")
		a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry]("its bucket keeps the files"))
	default:
		return inapplicableStores(a)
	}
	return true
}

// pointOf is what an access point shares with its bucket, where it is judged once.
func pointOf(a *probity.Asset) {
	const why = "its bucket tells"
	partOf(a, why)
	a.Exposure.Declared.ACL = a.Exposure.Declared.ACL.Or(neverAny[probity.Grant]("an access point has no grants"))
	a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
	a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry](why))
	a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]](why))
	a.Audit.Access = a.Audit.Access.Or(never[bool](why))
	a.Audit.DataEvents = a.Audit.DataEvents.Or(never[bool](why))
}

// elsewhere: it holds no data, so nothing that guards data is its own.
func elsewhere(a *probity.Asset, why string) {
	unnetworked(a)
	unruled(a, why)
	unstored(a, why)
	unkept(a)
	a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
	a.Resilience.BackupDays = a.Resilience.BackupDays.Or(never[int](why))
	a.Resilience.Versioning = a.Resilience.Versioning.Or(never[bool](why))
	a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry](why))
	a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]](why))
}

// unstored: what it works on lies in other stores.
func unstored(a *probity.Asset, why string) {
	a.Encryption.AtRest = a.Encryption.AtRest.Or(never[bool](why))
	a.Encryption.Manager = a.Encryption.Manager.Or(never[probity.KeyManager](why))
	a.Encryption.Key = a.Encryption.Key.Or(never[probity.Optional[string]](why))
}

// unnetworked: it is reached through the provider's own addresses alone.
func unnetworked(a *probity.Asset) {
	const why = "it is in no network of the customer's"
	a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening](why))
	a.Exposure.Declared.Addressed = a.Exposure.Declared.Addressed.Or(never[bool](why))
	a.Exposure.Declared.Guards = a.Exposure.Declared.Guards.Or(neverAny[probity.Ref](why))
}

// unbacked: no backups are made of it.
func unbacked(a *probity.Asset, why string) {
	a.Resilience.BackupDays = a.Resilience.BackupDays.Or(never[int](why))
}

// unruled: no policy lets others in to this one alone.
func unruled(a *probity.Asset, why string) {
	a.Exposure.Public = a.Exposure.Public.Or(never[bool](why))
	a.Exposure.Outside = a.Exposure.Outside.Or(probity.Whole[probity.Grant](said(why)))
}
