package aws

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/docdbelastic"
	"github.com/aws/aws-sdk-go-v2/service/docdbelastic/types"

	probity "github.com/probity-scan/probity"
)

// docDBElastic are elastic clusters of DocumentDB, which have an API of their own.
func docDBElastic() service {
	return service{name: "docdb-elastic", id: "DocDB Elastic", lists: []string{"aws_docdbelastic_cluster", "aws_docdb_cluster_snapshot"},
		calls: append(calls("ListClusters", "ListClusterSnapshots"),
			apiece(calls("GetCluster", "GetClusterSnapshot", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := docdbelastic.NewFromConfig(r.cfg)
			many(r, list(r, api.ListClusters, &docdbelastic.ListClustersInput{},
				func(p *docdbelastic.ListClustersOutput) []types.ClusterInList { return p.Clusters }, "aws_docdbelastic_cluster"),
				func(c types.ClusterInList, at *probity.Origin) { r.elasticCluster(api, c, at) })
			many(r, list(r, api.ListClusterSnapshots, &docdbelastic.ListClusterSnapshotsInput{},
				func(p *docdbelastic.ListClusterSnapshotsOutput) []types.ClusterSnapshotInList { return p.Snapshots }, "aws_docdb_cluster_snapshot"),
				func(s types.ClusterSnapshotInList, at *probity.Origin) { r.elasticSnapshot(api, s, at) })
		}}
}

func (r *reader) elasticCluster(api *docdbelastic.Client, c types.ClusterInList, at *probity.Origin) {
	a := ask(r, api.GetCluster, &docdbelastic.GetClusterInput{ClusterArn: c.ClusterArn}, "ResourceNotFoundException")
	if a.out == nil && a.gap == nil {
		return // gone since it was listed
	}
	cluster := func(piece func(*types.Cluster) any) any {
		return a.get(func(o *docdbelastic.GetClusterOutput) any { c := value(o.Cluster); return piece(&c) })
	}
	t := Thing{Type: "aws_docdbelastic_cluster", ARN: value(c.ClusterArn), ID: value(c.ClusterName), At: at, Attrs: attrs{
		"name":                    c.ClusterName,
		"kms_key_id":              cluster(func(c *types.Cluster) any { return elasticKey(c.KmsKeyId) }),
		"backup_retention_period": cluster(func(c *types.Cluster) any { return c.BackupRetentionPeriod }),
		"vpc_security_group_ids": cluster(func(c *types.Cluster) any {
			return each(c.VpcSecurityGroupIds, func(id string) any { return to("aws_security_group", &id) })
		}),
		"managed_password": cluster(func(c *types.Cluster) any { return c.AuthType == types.AuthSecretArn }),
		"tags":             r.elasticTags(api, c.ClusterArn),
	}}
	onlyInCode(t.Attrs)
	if a.out != nil && a.out.Cluster != nil {
		t.Created, t.Names = elasticTime(a.out.Cluster.CreateTime), elasticEndpoint(a.out.Cluster.ClusterEndpoint)
	}
	r.add(t)
}

// elasticKey leaves out the key that DocumentDB holds itself.
func elasticKey(id *string) any {
	if strings.HasPrefix(value(id), "AWS_OWNED") {
		return nil
	}
	return keyOf(id)
}

func elasticTime(s *string) *time.Time {
	if t, err := time.Parse(time.RFC3339, value(s)); err == nil {
		return &t
	}
	return nil
}

// elasticEndpoint is a URL or a host.
func elasticEndpoint(s *string) []string {
	const usual = 27017
	if u, err := url.Parse(value(s)); err == nil && u.Hostname() != "" {
		host, port := u.Hostname(), usual
		if p, err := strconv.Atoi(u.Port()); err == nil {
			port = p
		}
		return endpoint(&host, int32(port)) //nolint:gosec // a port
	}
	return endpoint(s, usual)
}

func (r *reader) elasticTags(api *docdbelastic.Client, arn *string) any {
	a := ask(r, api.ListTagsForResource, &docdbelastic.ListTagsForResourceInput{ResourceArn: arn}, "ResourceNotFoundException")
	return a.get(func(o *docdbelastic.ListTagsForResourceOutput) any { return o.Tags })
}

// elasticSnapshot: DocumentDB encrypts all of elastic clusters, and no account can be given a snapshot.
func (r *reader) elasticSnapshot(api *docdbelastic.Client, s types.ClusterSnapshotInList, at *probity.Origin) {
	a := ask(r, api.GetClusterSnapshot, &docdbelastic.GetClusterSnapshotInput{SnapshotArn: s.SnapshotArn}, "ResourceNotFoundException")
	if a.out == nil && a.gap == nil {
		return
	}
	snapshot := func(piece func(*types.ClusterSnapshot) any) any {
		return a.get(func(o *docdbelastic.GetClusterSnapshotOutput) any { s := value(o.Snapshot); return piece(&s) })
	}
	gone := any(!r.has("aws_docdbelastic_cluster", value(s.ClusterArn)))
	if gap := r.lost("aws_docdbelastic_cluster"); gap != nil {
		gone = unread{*gap}
	}
	r.add(Thing{Type: "aws_docdb_cluster_snapshot", ARN: value(s.SnapshotArn), ID: value(s.SnapshotName), Created: elasticTime(s.SnapshotCreationTime), At: at, Attrs: attrs{
		"db_cluster_snapshot_identifier": s.SnapshotName,
		"db_cluster_identifier":          s.ClusterArn,
		"copied_from":                    nil,
		"source_gone":                    gone,
		"snapshot_type":                  snapshot(func(s *types.ClusterSnapshot) any { return strings.ToLower(string(s.SnapshotType)) }),
		"storage_encrypted":              true,
		"storage_encryption_type": snapshot(func(s *types.ClusterSnapshot) any {
			if elasticKey(s.KmsKeyId) == nil {
				return "sse-rds"
			}
			return "sse-kms"
		}),
		"kms_key_id":      snapshot(func(s *types.ClusterSnapshot) any { return elasticKey(s.KmsKeyId) }),
		"shared_accounts": []string{},
		"tags":            r.elasticTags(api, s.SnapshotArn),
	}})
}
