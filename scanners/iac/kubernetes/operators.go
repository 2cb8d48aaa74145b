package kubernetes

import (
	"maps"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// isStore knows objects by which operators make stores: they hold data, and nothing here reads how they are kept.
func isStore(kind string) bool {
	group, name, _ := strings.Cut(kind, "/")
	names, ok := map[string]string{
		"postgresql.cnpg.io":                 "Cluster Backup ScheduledBackup",
		"acid.zalan.do":                      "postgresql",
		"postgres-operator.crunchydata.com":  "PostgresCluster",
		"pgv2.percona.com":                   "PerconaPGCluster",
		"kubegres.reactive-tech.io":          "Kubegres",
		"stackgres.io":                       "SGCluster",
		"kafka.strimzi.io":                   "Kafka KafkaTopic",
		"elasticsearch.k8s.elastic.co":       "Elasticsearch",
		"opensearch.opster.io":               "OpenSearchCluster",
		"mongodbcommunity.mongodb.com":       "MongoDBCommunity",
		"mongodb.com":                        "MongoDB",
		"psmdb.percona.com":                  "PerconaServerMongoDB",
		"pxc.percona.com":                    "PerconaXtraDBCluster",
		"mysql.oracle.com":                   "InnoDBCluster",
		"k8s.mariadb.com":                    "MariaDB",
		"redis.redis.opstreelabs.in":         "Redis RedisCluster RedisReplication",
		"databases.spotahome.com":            "RedisFailover",
		"app.redislabs.com":                  "RedisEnterpriseCluster RedisEnterpriseDatabase",
		"rabbitmq.com":                       "RabbitmqCluster",
		"cassandra.datastax.com":             "CassandraDatacenter",
		"k8ssandra.io":                       "K8ssandraCluster",
		"scylla.scylladb.com":                "ScyllaCluster",
		"clickhouse.altinity.com":            "ClickHouseInstallation",
		"crdb.cockroachlabs.com":             "CrdbCluster",
		"minio.min.io":                       "Tenant",
		"couchbase.com":                      "CouchbaseCluster",
		"ceph.rook.io":                       "CephCluster CephObjectStore CephFilesystem CephBlockPool",
		"snapshot.storage.k8s.io":            "VolumeSnapshot VolumeSnapshotContent",
		"velero.io":                          "Backup Schedule BackupStorageLocation",
		"rds.services.k8s.aws":               "DBInstance DBCluster",
		"s3.services.k8s.aws":                "Bucket",
		"dynamodb.services.k8s.aws":          "Table",
		"elasticache.services.k8s.aws":       "ReplicationGroup CacheCluster",
		"opensearchservice.services.k8s.aws": "Domain",
		"kafka.services.k8s.aws":             "Cluster",
		"rds.aws.upbound.io":                 "Instance Cluster",
		"s3.aws.upbound.io":                  "Bucket",
		"dynamodb.aws.upbound.io":            "Table",
		"elasticache.aws.upbound.io":         "ReplicationGroup",
		"database.aws.crossplane.io":         "RDSInstance DBCluster",
		"rds.aws.crossplane.io":              "DBInstance DBCluster",
		"s3.aws.crossplane.io":               "Bucket",
		"sql.gcp.upbound.io":                 "DatabaseInstance",
		"storage.gcp.upbound.io":             "Bucket",
		"sql.cnrm.cloud.google.com":          "SQLInstance",
		"storage.cnrm.cloud.google.com":      "StorageBucket",
		"dbforpostgresql.azure.com":          "FlexibleServer",
		"storage.azure.com":                  "StorageAccount",
	}[group]
	return ok && slices.Contains(strings.Fields(names), name)
}

// untold is the coverage of what holds data and is not read: one, however many there are. It bears no class, for no rule
// would have judged it.
func (s *source) untold() []probity.Coverage {
	if len(s.unread) == 0 {
		return nil
	}
	const most = 5
	all := slices.Sorted(maps.Keys(s.unread))
	n := 0
	for _, of := range s.unread {
		n += of
	}
	named := strings.Join(all[:min(len(all), most)], ", ")
	if len(all) > most {
		named += ", …"
	}
	gap := probity.Gap{Reason: probity.NotCollected, Because: "kinds of operators not read: " + named}
	return []probity.Coverage{{Supply: probity.Supply{On: probity.Ref{Root: s.root, ID: "."}}, Gap: &gap, Count: n}}
}

// isRead tells the kinds that are read, by group where others use the same name.
func isRead(h header) bool {
	group, ok := map[string]string{
		"Pod": "core", "ReplicationController": "core", "Deployment": "apps", "StatefulSet": "apps", "DaemonSet": "apps", "ReplicaSet": "apps",
		"Job": "batch", "CronJob": "batch", "DeploymentConfig": "apps.openshift.io",
		"Service": "core", "Ingress": "networking.k8s.io", "Gateway": "gateway.networking.k8s.io", "HTTPRoute": "gateway.networking.k8s.io",
		"Route": "route.openshift.io", "NetworkPolicy": "networking.k8s.io", "CiliumNetworkPolicy": "cilium.io",
		"Secret": "core", "SealedSecret": "bitnami.com", "ExternalSecret": "external-secrets.io", "ConfigMap": "core",
		"CiliumClusterwideNetworkPolicy": "cilium.io", "AdminNetworkPolicy": "policy.networking.k8s.io", "BaselineAdminNetworkPolicy": "policy.networking.k8s.io",
		"PersistentVolumeClaim": "core", "PersistentVolume": "core", "StorageClass": "storage.k8s.io",
		"Role": "rbac.authorization.k8s.io", "ClusterRole": "rbac.authorization.k8s.io", "RoleBinding": "rbac.authorization.k8s.io", "ClusterRoleBinding": "rbac.authorization.k8s.io",
		"EncryptionConfiguration": "apiserver.config.k8s.io", "Policy": "audit.k8s.io", "ClusterConfiguration": "kubeadm.k8s.io",
	}[h.kind]
	if h.group == "projectcalico.org" || h.group == "crd.projectcalico.org" {
		return h.kind == "NetworkPolicy" || h.kind == "GlobalNetworkPolicy"
	}
	return ok && (group == h.group || h.kind == "Ingress" && h.group == "extensions" || h.kind != "Ingress" && h.group == "extensions" && group == "apps")
}
