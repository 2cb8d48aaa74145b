package aws

import (
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/memorydb"
	"github.com/aws/aws-sdk-go-v2/service/memorydb/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func memoryDB() service {
	return service{name: "memorydb", id: "MemoryDB", lists: []string{"aws_memorydb_cluster", "aws_memorydb_snapshot", "aws_memorydb_acl"},
		calls: append(calls("DescribeClusters", "DescribeACLs", "DescribeSnapshots", "DescribeMultiRegionClusters"), apiece(calls("ListTags")...)...),
		read: func(r *reader) {
			m := memoryReader{r, memorydb.NewFromConfig(r.cfg)}
			found, wide := m.clusters()
			m.snapshots()
			if found {
				m.lists()
			}
			if wide {
				m.elsewhere()
			}
		}}
}

type memoryReader struct {
	*reader
	api *memorydb.Client
}

// clusters reports whether there are any, and whether one of them is in several regions.
func (m memoryReader) clusters() (found, wide bool) {
	var some, several atomic.Bool
	many(m.reader, list(m.reader, m.api.DescribeClusters, &memorydb.DescribeClustersInput{},
		func(p *memorydb.DescribeClustersOutput) []types.Cluster { return p.Clusters }, "aws_memorydb_cluster"),
		func(c types.Cluster, at *probity.Origin) {
			some.Store(true)
			if value(c.MultiRegionClusterName) != "" {
				several.Store(true)
			}
			t := Thing{Type: "aws_memorydb_cluster", ARN: value(c.ARN), ID: value(c.Name), At: at, Attrs: attrs{
				"name":                       c.Name,
				"engine":                     c.Engine,
				"engine_version":             c.EngineVersion,
				"multi_region_cluster_name":  nil,
				"kms_key_arn":                keyOf(c.KmsKeyId),
				"tls_enabled":                c.TLSEnabled,
				"acl_name":                   c.ACLName,
				"security_group_ids":         each(c.SecurityGroups, func(g types.SecurityGroupMembership) any { return to("aws_security_group", g.SecurityGroupId) }),
				"snapshot_retention_limit":   c.SnapshotRetentionLimit,
				"auto_minor_version_upgrade": c.AutoMinorVersionUpgrade,
				"availability_mode":          word(c.AvailabilityMode),
				"snapshot_name":              nil, // nobody remembers what it was made from
				"port":                       nil,
				"tags":                       m.tagged(c.ARN),
			}}
			if e := c.ClusterEndpoint; e != nil {
				t.Names, t.Attrs["port"] = served(value(e.Address), e.Port), port(e.Port)
			}
			m.add(t)
		})
	return some.Load(), several.Load()
}

func (m memoryReader) lists() {
	for l, at := range list(m.reader, m.api.DescribeACLs, &memorydb.DescribeACLsInput{},
		func(p *memorydb.DescribeACLsOutput) []types.ACL { return p.ACLs }, "aws_memorydb_acl") {
		m.add(Thing{Type: "aws_memorydb_acl", ARN: value(l.ARN), ID: value(l.Name), At: at, Attrs: attrs{"name": l.Name, "user_names": l.UserNames}})
	}
}

func (m memoryReader) snapshots() {
	yes := true
	many(m.reader, list(m.reader, m.api.DescribeSnapshots, &memorydb.DescribeSnapshotsInput{ShowDetail: &yes},
		func(p *memorydb.DescribeSnapshotsOutput) []types.Snapshot { return p.Snapshots }, "aws_memorydb_snapshot"),
		func(s types.Snapshot, at *probity.Origin) {
			t := Thing{Type: "aws_memorydb_snapshot", ARN: value(s.ARN), ID: value(s.Name), At: at,
				Attrs: attrs{"name": s.Name, "cluster_name": nil, "kms_key_arn": keyOf(s.KmsKeyId), "tags": m.tagged(s.ARN)}}
			if c := s.ClusterConfiguration; c != nil {
				t.Attrs["cluster_name"] = m.arn("memorydb", "cluster/"+value(c.Name))
				for _, shard := range c.Shards {
					t.Created = shard.SnapshotCreationTime
				}
			}
			m.add(t)
		})
}

// elsewhere tells of the clusters in other regions that hold the same.
func (m memoryReader) elsewhere() {
	yes := true
	at := m.at("memorydb:DescribeMultiRegionClusters")
	for page, err := range pages(m.ctx, m.api.DescribeMultiRegionClusters, &memorydb.DescribeMultiRegionClustersInput{ShowClusterDetails: &yes}) {
		if err != nil {
			gap := m.permits.gap(err)
			m.untold(&gap, at)
			return
		}
		for _, c := range page.MultiRegionClusters {
			for _, here := range c.Clusters {
				if value(here.Region) != m.region {
					continue
				}
				for _, other := range c.Clusters {
					m.replica(kinds.MemoryDBCluster, value(other.ARN), value(other.ClusterName), value(other.Region), value(here.ARN), at)
				}
			}
		}
	}
}

func (m memoryReader) tagged(arn *string) any {
	return ask(m.reader, m.api.ListTags, &memorydb.ListTagsInput{ResourceArn: arn}).get(func(o *memorydb.ListTagsOutput) any {
		return tags(o.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
}
