// Package kinds says what each kind of store is: its name, class, settings and the provider's dated defaults. All scanners
// share it, so that a default and the name of a setting are written once.
package kinds

import (
	"slices"
	"sync"
	"sync/atomic"

	probity "github.com/probity-scan/probity"
)

// Kind is one kind of asset. Settings is the zero value of its settings struct, for schemas; nil when it has none.
type Kind struct {
	Kind     probity.Kind
	Class    probity.Class
	Settings any
}

// All lists the kinds.
func All() []Kind {
	return slices.Concat([]Kind{
		{S3Bucket, probity.Bucket, S3{}},
		{RDSInstance, probity.Database, RDS{}},
		{RDSCluster, probity.Database, RDS{}},
		{RDSSnapshot, probity.Snapshot, Shared{}},
		{DynamoDBTable, probity.Table, DynamoDB{}},
		{DynamoDBBackup, probity.Backup, nil},
		{EBSVolume, probity.Volume, Volume{}},
		{EBSSnapshot, probity.Snapshot, Shared{}},
		{EC2Image, probity.Snapshot, Shared{}},
		{RDSProxy, probity.Database, Proxy{}},
		{RDSGlobalCluster, probity.Database, nil},
		{RDSBackup, probity.Backup, nil},
		{DSQLCluster, probity.Database, nil},
		{LightsailDatabase, probity.Database, Lightsail{}},
		{LightsailBucket, probity.Bucket, nil},
		{LightsailDisk, probity.Volume, nil},
		{LightsailSnapshot, probity.Snapshot, nil},
		{KeyspacesTable, probity.Table, nil},
		{TimestreamTable, probity.Table, nil},
		{InfluxDBInstance, probity.Database, Influx{}},
		{MQBroker, probity.Queue, MQ{}},
		{DAXCluster, probity.Cache, DAX{}},
		{MemoryDBCluster, probity.Cache, Cache{}},
		{RedisDatabase, probity.Cache, Redis{}},
		{SearchCluster, probity.Search, Search{}},
		{SearchIndex, probity.Table, Rows{}},
		{MemoryDBSnapshot, probity.Snapshot, nil},
		{FSxFileSystem, probity.Filesystem, FSx{}},
		{FSxVolume, probity.Filesystem, nil},
		{FSxBackup, probity.Backup, nil},
		{EFSFileSystem, probity.Filesystem, EFS{}},
		{RedshiftCluster, probity.Warehouse, Redshift{}},
		{RedshiftNamespace, probity.Warehouse, Redshift{}},
		{RedshiftSnapshot, probity.Snapshot, Shared{}},
		{RedshiftShare, probity.Warehouse, DataShare{}},
		{OpenSearchDomain, probity.Search, OpenSearch{}},
		{OpenSearchCollection, probity.Search, Collection{}},
		{CacheGroup, probity.Cache, Cache{}},
		{CacheCluster, probity.Cache, Cache{}},
		{CacheServerless, probity.Cache, Cache{}},
		{CacheSnapshot, probity.Snapshot, nil},
		{DocDBCluster, probity.Database, Cluster{}},
		{DocDBElastic, probity.Database, Cluster{}},
		{DocDBSnapshot, probity.Snapshot, Shared{}},
		{NeptuneCluster, probity.Database, Cluster{}},
		{NeptuneSnapshot, probity.Snapshot, Shared{}},
		{NeptuneGraph, probity.Database, Cluster{}},
		{KMSKey, probity.Key, KMS{}},
		{AWSAccount, probity.Account, Account{}},
		{SecurityGroup, probity.Network, nil},
		{CloudTrail, probity.Log, Trail{}},
		{EventStore, probity.Log, Trail{}},
		{SQSQueue, probity.Queue, Queue{}},
		{SNSTopic, probity.Topic, Topic{}},
		{KinesisStream, probity.Stream, Stream{}},
		{KinesisVideoStream, probity.Stream, Stream{}},
		{FirehoseStream, probity.Stream, Firehose{}},
		{MSKCluster, probity.Stream, MSK{}},
		{MSKServerless, probity.Stream, nil},
		{MSKConnector, probity.Stream, Connector{}},
		{Secret, probity.Secret, SecretSettings{}},
		{SSMParameter, probity.Secret, Parameter{}},
		{LogGroup, probity.Log, Logs{}},
		{LogPolicy, probity.Log, nil},
		{LogDestination, probity.Stream, nil},
		{BackupPlan, probity.Backup, Plan{}},
		{BackupVault, probity.Backup, Vault{}},
		{RecoveryPoint, probity.Backup, nil},
		{GlacierVault, probity.Backup, nil},
		{EventBus, probity.Topic, Bus{}},
		{EventArchive, probity.Log, nil},
		{ECRRepository, probity.Filesystem, Images{}},
		{ECRRegistry, probity.Filesystem, nil},
		{S3AccessPoint, probity.Bucket, nil},
		{S3DirectoryBucket, probity.Bucket, nil},
		{AthenaWorkgroup, probity.Warehouse, Workgroup{}},
		{AthenaDatabase, probity.Warehouse, nil},
		{AthenaCatalog, probity.Warehouse, nil},
		{GlueCatalog, probity.Warehouse, Catalog{}},
		{GlueConnection, probity.Secret, Connection{}},
		{GlueJob, probity.Warehouse, Job{}},
		{GlueDatabase, probity.Warehouse, nil},
		{EMRCluster, probity.Warehouse, MapReduce{}},
		{DMSInstance, probity.Stream, nil},
		{DMSEndpoint, probity.Stream, Migration{}},
		{Notebook, probity.Volume, Workbench{}},
		{FeatureGroup, probity.Table, nil},
		{BedrockLogging, probity.Log, nil},
		{TransferServer, probity.Filesystem, Transfer{}},
		{SyncTask, probity.Stream, nil},
		{SyncLocation, probity.Stream, nil},
		{CustomModel, probity.Filesystem, nil},
		{KnowledgeBase, probity.Search, Knowledge{}},
		{Studio, probity.Volume, Domain{}},
		{LambdaFunction, probity.Compute, Function{}},
		{LambdaLayer, probity.Filesystem, nil},
		{ECSTask, probity.Compute, Function{}},
		{StateMachine, probity.Compute, Function{}},
		{EC2Instance, probity.Compute, Instance{}},
		{EKSCluster, probity.Secret, ControlPlane{}},
		{IAMPolicy, probity.Identity, Permissions{}},
		{IAMRole, probity.Identity, Role{}},
		{IAMUser, probity.Identity, User{}},
		{IAMGroup, probity.Identity, Permissions{}},
		{RAMShare, probity.Identity, RAM{}},
		{OrganisationPolicy, probity.Account, Guardrail{}},
		{GuardDuty, probity.Account, Watch{}},
		{Macie, probity.Account, Watch{}},
		{AccessAnalyzer, probity.Account, Watch{}},
		{ConfigRecorder, probity.Account, Watch{}},
		{VPCEndpoint, probity.Network, Endpoint{}},
		{Listener, probity.Network, Entry{}},
		{APIDomain, probity.Network, Entry{}},
		{Distribution, probity.Network, Entry{}},
		{TerraformState, probity.Secret, State{}},
		{SQLiteDatabase, probity.Database, File{}},
		{SQLiteTable, probity.Table, Listed{}},
		{PostgresServer, probity.Database, PostgresEngine{}},
		{PostgresDatabase, probity.Database, Inside{}},
		{PostgresTable, probity.Table, Guarded{}},
		{MySQLServer, probity.Database, MySQLEngine{}},
		{MySQLDatabase, probity.Database, Holding{}},
		{MySQLTable, probity.Table, Kept{}},
		{RedshiftServer, probity.Database, nil},
		{RedshiftDatabase, probity.Database, Holding{}},
		{RedshiftTable, probity.Table, Listed{}},
		{FilesFolder, probity.Bucket, Folder{}},
	}, Kubernetes())
}

// ClassOf gives a kind's class; empty for a kind that is not listed.
func ClassOf(k probity.Kind) probity.Class { return classes()[k] }

var classes = sync.OnceValue(func() map[probity.Kind]probity.Class { //nolint:gochecknoglobals // a constant in all but type
	out := map[probity.Kind]probity.Class{}
	for _, k := range All() {
		out[k.Kind] = k.Class
	}
	return out
})

// byDefault is the provider's value where nobody said otherwise.
func byDefault[T any](v T, says string) probity.Fact[T] {
	return probity.Known(v, said(says))
}

var (
	origins sync.Map     //nolint:gochecknoglobals // a memory of constants: the origin of each default, by its words
	worded  atomic.Int32 //nolint:gochecknoglobals // how many they are
)

// said is the origin of a default; thousands of stores share one. Words that code makes up, of an engine's name say, are not
// kept without end.
func said(words string) *probity.Origin {
	if o, ok := origins.Load(words); ok {
		return o.(*probity.Origin)
	}
	o := &probity.Origin{Default: words}
	if worded.Add(1) < 4096 {
		origins.Store(words, o)
	}
	return o
}

func none[T any](says string) probity.Fact[probity.Optional[T]] {
	return byDefault(probity.Optional[T]{}, says)
}
