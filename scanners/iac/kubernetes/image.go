package kubernetes

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// server is a program that keeps data, known by the name of its image.
type server struct {
	name   string
	kind   probity.Kind
	port   int
	memory bool // nothing of its data is on a disk
}

// serverOf knows servers by the last part of an image's name: "docker.io/bitnami/postgresql:16" is a PostgreSQL.
func serverOf(image string) (server, bool) {
	s, ok := servers()[imageName(image)]
	return s, ok
}

// imageName is the last part of an image's name, without tag and digest.
func imageName(image string) string {
	image, _, _ = strings.Cut(image, "@")
	image = image[strings.LastIndex(image, "/")+1:]
	image, _, _ = strings.Cut(image, ":")
	return strings.ToLower(image)
}

// plainImage reports whether the image is one that its makers publish, whose defaults are known.
func plainImage(image string) bool {
	image, _, _ = strings.Cut(image, "@")
	for _, registry := range []string{"docker.io/", "registry-1.docker.io/", "index.docker.io/", "quay.io/", "ghcr.io/", "mcr.microsoft.com/", "public.ecr.aws/docker/", "public.ecr.aws/"} {
		if rest, ok := strings.CutPrefix(image, registry); ok {
			image = rest
			break
		}
	}
	org, _, nested := strings.Cut(image, "/")
	if !nested {
		return true
	}
	switch org {
	case "library", "bitnami", "bitnamilegacy", "bitnamisecure", "redis", "valkey", "minio", "clickhouse", "elastic", "elasticsearch", "opensearchproject", "confluentinc",
		"apache", "timescale", "postgis", "pgvector", "mongodb", "percona", "mssql", "coreos", "etcd-development":
		return true
	}
	return false
}

func servers() map[string]server {
	out := map[string]server{}
	for _, s := range []struct {
		server
		images string
	}{
		{server{"postgres", kinds.K8sDatabase, 5432, false}, "postgres postgresql postgresql-repmgr postgis timescaledb timescaledb-ha pgvector spilo alloydbomni"},
		{server{"mysql", kinds.K8sDatabase, 3306, false}, "mysql mysql-server percona-server percona percona-xtradb-cluster"},
		{server{"mysql", kinds.K8sDatabase, 3306, false}, "mariadb mariadb-galera"},
		{server{"mongo", kinds.K8sDatabase, 27017, false}, "mongo mongodb mongodb-sharded mongodb-community-server mongodb-enterprise-server percona-server-mongodb"},
		{server{"cassandra", kinds.K8sDatabase, 9042, false}, "cassandra scylla dse-server"},
		{server{"clickhouse", kinds.K8sDatabase, 8123, false}, "clickhouse clickhouse-server"},
		{server{"cockroach", kinds.K8sDatabase, 26257, false}, "cockroach"},
		{server{"neo4j", kinds.K8sDatabase, 7687, false}, "neo4j"},
		{server{"influxdb", kinds.K8sDatabase, 8086, false}, "influxdb"},
		{server{"couchdb", kinds.K8sDatabase, 5984, false}, "couchdb couchbase arangodb"},
		{server{"etcd", kinds.K8sDatabase, 2379, false}, "etcd"},
		{server{"mssql", kinds.K8sDatabase, 1433, false}, "mssql-server azure-sql-edge"},
		{server{"oracle", kinds.K8sDatabase, 1521, false}, "oracle-xe oracle-free database-express oracle-database"},
		{server{"redis", kinds.K8sCache, 6379, false}, "redis redis-cluster redis-stack redis-stack-server keydb dragonfly"},
		{server{"redis", kinds.K8sCache, 6379, false}, "valkey valkey-cluster"},
		{server{"memcached", kinds.K8sCache, 11211, true}, "memcached"},
		{server{"elasticsearch", kinds.K8sSearch, 9200, false}, "elasticsearch elasticsearch-oss"},
		{server{"opensearch", kinds.K8sSearch, 9200, false}, "opensearch"},
		{server{"solr", kinds.K8sSearch, 8983, false}, "solr meilisearch typesense"},
		{server{"kafka", kinds.K8sStream, 9092, false}, "kafka cp-kafka redpanda pulsar"},
		{server{"rabbitmq", kinds.K8sQueue, 5672, false}, "rabbitmq activemq artemis"},
		{server{"nats", kinds.K8sQueue, 4222, false}, "nats"},
		{server{"minio", kinds.K8sObjects, 9000, false}, "minio seaweedfs"},
	} {
		for _, i := range strings.Fields(s.images) {
			out[i] = s.server
		}
	}
	return out
}
