package aws

import (
	"strings"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func elastiCache() service {
	return service{name: "elasticache", id: "ElastiCache",
		lists: []string{"aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_elasticache_serverless_cache", "aws_elasticache_user",
			"aws_elasticache_user_group", "aws_elasticache_snapshot", "aws_elasticache_serverless_cache_snapshot"},
		calls: append(calls("DescribeReplicationGroups", "DescribeCacheClusters", "DescribeServerlessCaches", "DescribeUserGroups", "DescribeUsers",
			"DescribeSnapshots", "DescribeServerlessCacheSnapshots", "DescribeGlobalReplicationGroups"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			c := cacheReader{r, elasticache.NewFromConfig(r.cfg)}
			nodes := c.clusters()
			grouped := c.groups(nodes)
			restricted := c.serverless()
			c.snapshots()
			if grouped.users || restricted {
				c.users()
			}
			if grouped.global {
				c.global()
			}
		}}
}

type cacheReader struct {
	*reader
	api *elasticache.Client
}

// cacheNodes are the clusters of replication groups: only they tell of version and security groups.
type cacheNodes struct {
	of  map[string]types.CacheCluster // by the group's ID
	gap *probity.Gap
	at  *probity.Origin
}

// clusters adds those of no group.
func (c cacheReader) clusters() cacheNodes {
	yes := true
	out := cacheNodes{of: map[string]types.CacheCluster{}, at: c.at("elasticache:DescribeCacheClusters")}
	many(c.reader, func(yield func(types.CacheCluster, *probity.Origin) bool) {
		for n, at := range list(c.reader, c.api.DescribeCacheClusters, &elasticache.DescribeCacheClustersInput{ShowCacheNodeInfo: &yes},
			func(p *elasticache.DescribeCacheClustersOutput) []types.CacheCluster { return p.CacheClusters }, "aws_elasticache_cluster") {
			if id := value(n.ReplicationGroupId); id != "" {
				out.of[id] = n
			} else if !yield(n, at) {
				return
			}
		}
	}, func(n types.CacheCluster, at *probity.Origin) { c.add(c.cluster(n, at)) })
	out.gap = c.lost("aws_elasticache_cluster")
	return out
}

func (c cacheReader) cluster(n types.CacheCluster, at *probity.Origin) Thing {
	mode := "single-az"
	if value(n.PreferredAvailabilityZone) == "Multiple" {
		mode = "cross-az"
	}
	t := Thing{Type: "aws_elasticache_cluster", ARN: value(n.ARN), ID: value(n.CacheClusterId), Created: n.CacheClusterCreateTime, At: at, Attrs: attrs{
		"cluster_id":                 n.CacheClusterId,
		"replication_group_id":       nil,
		"engine":                     n.Engine,
		"engine_version":             n.EngineVersion,
		"at_rest_encryption_enabled": n.AtRestEncryptionEnabled,
		"transit_encryption_enabled": n.TransitEncryptionEnabled,
		"auth_token_enabled":         n.AuthTokenEnabled,
		"auth_token":                 onlyCode{},
		"user_group_ids":             nil,
		"user_group_id":              nil,
		"security_group_ids":         each(n.SecurityGroups, cacheGuard),
		"az_mode":                    mode,
		"snapshot_retention_limit":   n.SnapshotRetentionLimit,
		"auto_minor_version_upgrade": n.AutoMinorVersionUpgrade,
		"log_delivery_configuration": each(n.LogDeliveryConfigurations, cacheLog),
		"port":                       nil,
		"tags":                       c.tagged(n.ARN),
	}}
	ends := []*types.Endpoint{n.ConfigurationEndpoint}
	for _, one := range n.CacheNodes {
		ends = append(ends, one.Endpoint)
	}
	cacheEnds(&t, ends...)
	return t
}

// grouping tells what else has to be asked for.
type grouping struct{ users, global bool }

func (c cacheReader) groups(nodes cacheNodes) grouping {
	var out grouping
	many(c.reader, func(yield func(types.ReplicationGroup, *probity.Origin) bool) {
		for g, at := range list(c.reader, c.api.DescribeReplicationGroups, &elasticache.DescribeReplicationGroupsInput{},
			func(p *elasticache.DescribeReplicationGroupsOutput) []types.ReplicationGroup {
				return p.ReplicationGroups
			}, "aws_elasticache_replication_group") {
			out.users = out.users || len(g.UserGroupIds) > 0
			out.global = out.global || g.GlobalReplicationGroupInfo != nil && value(g.GlobalReplicationGroupInfo.GlobalReplicationGroupId) != ""
			if !yield(g, at) {
				return
			}
		}
	}, func(g types.ReplicationGroup, at *probity.Origin) { c.add(c.group(g, nodes, at)) })
	return out
}

func (c cacheReader) group(g types.ReplicationGroup, nodes cacheNodes, at *probity.Origin) Thing {
	t := Thing{Type: "aws_elasticache_replication_group", ARN: value(g.ARN), ID: value(g.ReplicationGroupId), Created: g.ReplicationGroupCreateTime, At: at, Attrs: attrs{
		"replication_group_id":        g.ReplicationGroupId,
		"global_replication_group_id": nil,
		"engine":                      g.Engine,
		"at_rest_encryption_enabled":  g.AtRestEncryptionEnabled,
		"kms_key_id":                  keyOf(g.KmsKeyId),
		"transit_encryption_enabled":  g.TransitEncryptionEnabled,
		"transit_encryption_mode":     word(g.TransitEncryptionMode),
		"auth_token_enabled":          g.AuthTokenEnabled,
		"auth_token":                  onlyCode{},
		"user_group_ids":              each(g.UserGroupIds, func(id string) any { return to("aws_elasticache_user_group", &id) }),
		"user_group_id":               nil,
		"multi_az_enabled":            g.MultiAZ == types.MultiAZStatusEnabled,
		"snapshot_retention_limit":    g.SnapshotRetentionLimit,
		"auto_minor_version_upgrade":  g.AutoMinorVersionUpgrade,
		"log_delivery_configuration":  each(g.LogDeliveryConfigurations, cacheLog),
		"port":                        nil,
		"tags":                        c.tagged(g.ARN),
	}}
	switch n, ok := nodes.of[value(g.ReplicationGroupId)]; {
	case ok:
		if g.Engine == nil {
			t.Attrs["engine"] = from{n.Engine, nodes.at}
		}
		t.Attrs["engine_version"] = from{n.EngineVersion, nodes.at}
		t.Attrs["security_group_ids"] = from{each(n.SecurityGroups, cacheGuard), nodes.at}
	case nodes.gap != nil:
		t.Attrs["engine_version"], t.Attrs["security_group_ids"] = unread{*nodes.gap}, unread{*nodes.gap}
	default:
		t.Attrs["engine_version"], t.Attrs["security_group_ids"] = nil, nil
	}
	ends := []*types.Endpoint{g.ConfigurationEndpoint}
	for _, n := range g.NodeGroups {
		ends = append(ends, n.PrimaryEndpoint, n.ReaderEndpoint)
	}
	cacheEnds(&t, ends...)
	return t
}

// cacheEnds notes where a cache answers; the first endpoint tells the port.
func cacheEnds(t *Thing, ends ...*types.Endpoint) {
	for _, e := range ends {
		if e == nil {
			continue
		}
		t.Names = append(t.Names, served(value(e.Address), value(e.Port))...)
		if t.Attrs["port"] == nil {
			t.Attrs["port"] = port(value(e.Port))
		}
	}
}

// serverless reports whether one of them has a group of users.
func (c cacheReader) serverless() bool {
	var users atomic.Bool
	many(c.reader, list(c.reader, c.api.DescribeServerlessCaches, &elasticache.DescribeServerlessCachesInput{},
		func(p *elasticache.DescribeServerlessCachesOutput) []types.ServerlessCache { return p.ServerlessCaches }, "aws_elasticache_serverless_cache"),
		func(s types.ServerlessCache, at *probity.Origin) {
			if value(s.UserGroupId) != "" {
				users.Store(true)
			}
			t := Thing{Type: "aws_elasticache_serverless_cache", ARN: value(s.ARN), ID: value(s.ServerlessCacheName), Created: s.CreateTime, At: at, Attrs: attrs{
				"name":                       s.ServerlessCacheName,
				"engine":                     s.Engine,
				"major_engine_version":       s.MajorEngineVersion,
				"kms_key_id":                 keyOf(s.KmsKeyId),
				"auth_token_enabled":         nil,
				"auth_token":                 nil,
				"user_group_ids":             nil,
				"user_group_id":              to("aws_elasticache_user_group", s.UserGroupId),
				"security_group_ids":         each(s.SecurityGroupIds, func(id string) any { return to("aws_security_group", &id) }),
				"snapshot_retention_limit":   s.SnapshotRetentionLimit,
				"auto_minor_version_upgrade": nil, // there is no other way
				"log_delivery_configuration": nil, // there is none
				"port":                       nil,
				"tags":                       c.tagged(s.ARN),
			}}
			cacheEnds(&t, s.Endpoint, s.ReaderEndpoint)
			c.add(t)
		})
	return users.Load()
}

func (c cacheReader) users() {
	for g, at := range list(c.reader, c.api.DescribeUserGroups, &elasticache.DescribeUserGroupsInput{},
		func(p *elasticache.DescribeUserGroupsOutput) []types.UserGroup { return p.UserGroups }, "aws_elasticache_user_group") {
		c.add(Thing{Type: "aws_elasticache_user_group", ARN: value(g.ARN), ID: value(g.UserGroupId), At: at, Attrs: attrs{"user_group_id": g.UserGroupId,
			"user_ids": each(g.UserIds, func(id string) any { return to("aws_elasticache_user", &id) })}})
	}
	for u, at := range list(c.reader, c.api.DescribeUsers, &elasticache.DescribeUsersInput{},
		func(p *elasticache.DescribeUsersOutput) []types.User { return p.Users }, "aws_elasticache_user") {
		kind := any(nil)
		if u.Authentication != nil {
			kind = strings.Replace(string(u.Authentication.Type), string(types.AuthenticationTypeNoPassword), string(types.InputAuthenticationTypeNoPassword), 1)
		}
		c.add(Thing{Type: "aws_elasticache_user", ARN: value(u.ARN), ID: value(u.UserId), At: at, Attrs: attrs{"user_id": u.UserId, "user_name": u.UserName,
			"access_string": u.AccessString, "passwords": onlyCode{}, "no_password_required": nil, "authentication_mode": attrs{"type": kind}}})
	}
}

// snapshots: one of a cache that is gone is there nonetheless.
func (c cacheReader) snapshots() {
	many(c.reader, list(c.reader, c.api.DescribeSnapshots, &elasticache.DescribeSnapshotsInput{},
		func(p *elasticache.DescribeSnapshotsOutput) []types.Snapshot { return p.Snapshots }, "aws_elasticache_snapshot"),
		func(s types.Snapshot, at *probity.Origin) {
			of := c.arn("elasticache", "cluster:"+value(s.CacheClusterId))
			if id := value(s.ReplicationGroupId); id != "" {
				of = c.arn("elasticache", "replicationgroup:"+id)
			}
			t := Thing{Type: "aws_elasticache_snapshot", ARN: value(s.ARN), ID: value(s.SnapshotName), At: at,
				Attrs: attrs{"name": s.SnapshotName, "kms_key_id": keyOf(s.KmsKeyId), "source_arn": of, "tags": c.tagged(s.ARN)}}
			if len(s.NodeSnapshots) > 0 {
				t.Created = s.NodeSnapshots[0].SnapshotCreateTime
			}
			c.add(t)
		})
	many(c.reader, list(c.reader, c.api.DescribeServerlessCacheSnapshots, &elasticache.DescribeServerlessCacheSnapshotsInput{},
		func(p *elasticache.DescribeServerlessCacheSnapshotsOutput) []types.ServerlessCacheSnapshot {
			return p.ServerlessCacheSnapshots
		}, "aws_elasticache_serverless_cache_snapshot"),
		func(s types.ServerlessCacheSnapshot, at *probity.Origin) {
			t := Thing{Type: "aws_elasticache_serverless_cache_snapshot", ARN: value(s.ARN), ID: value(s.ServerlessCacheSnapshotName), Created: s.CreateTime, At: at,
				Attrs: attrs{"name": s.ServerlessCacheSnapshotName, "kms_key_id": keyOf(s.KmsKeyId), "source_arn": nil, "tags": c.tagged(s.ARN)}}
			if of := s.ServerlessCacheConfiguration; of != nil && value(of.ServerlessCacheName) != "" {
				t.Attrs["source_arn"] = c.arn("elasticache", "serverlesscache:"+*of.ServerlessCacheName)
			}
			c.add(t)
		})
}

// global tells of the groups in other regions that hold the same.
func (c cacheReader) global() {
	yes := true
	at := c.at("elasticache:DescribeGlobalReplicationGroups")
	for page, err := range pages(c.ctx, c.api.DescribeGlobalReplicationGroups, &elasticache.DescribeGlobalReplicationGroupsInput{ShowMemberInfo: &yes}) {
		if err != nil {
			gap := c.permits.gap(err)
			c.untold(&gap, at)
			return
		}
		for _, g := range page.GlobalReplicationGroups {
			for _, here := range g.Members {
				if value(here.ReplicationGroupRegion) != c.region {
					continue
				}
				for _, m := range g.Members {
					id, region := value(m.ReplicationGroupId), value(m.ReplicationGroupRegion)
					c.replica(kinds.CacheGroup, arnIn("elasticache", region, c.account, "replicationgroup:"+id), id, region,
						c.arn("elasticache", "replicationgroup:"+value(here.ReplicationGroupId)), at)
				}
			}
		}
	}
}

func (c cacheReader) tagged(arn *string) any {
	return ask(c.reader, c.api.ListTagsForResource, &elasticache.ListTagsForResourceInput{ResourceName: arn}).get(func(o *elasticache.ListTagsForResourceOutput) any {
		return tags(o.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
}

func cacheGuard(g types.SecurityGroupMembership) any {
	return to("aws_security_group", g.SecurityGroupId)
}

// cacheLog: what does not arrive is not delivered.
func cacheLog(l types.LogDeliveryConfiguration) any {
	if l.Status == types.LogDeliveryConfigurationStatusError || l.Status == types.LogDeliveryConfigurationStatusDisabling {
		return attrs{"log_type": nil}
	}
	return attrs{"log_type": word(l.LogType)}
}
