package aws

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/redshift/types"

	probity "github.com/probity-scan/probity"
)

// snapshots are the account's own; those that others share with it are theirs.
func (r *redshiftReader) snapshots() {
	for s, at := range list(r.reader, r.api.DescribeClusterSnapshots, &redshift.DescribeClusterSnapshotsInput{},
		func(p *redshift.DescribeClusterSnapshotsOutput) []types.Snapshot { return p.Snapshots }, "aws_redshift_cluster_snapshot") {
		if owner := value(s.OwnerAccount); owner != "" && owner != r.account {
			continue
		}
		id := value(s.ClusterIdentifier) + "/" + value(s.SnapshotIdentifier)
		t := Thing{Type: "aws_redshift_cluster_snapshot", ARN: value(s.SnapshotArn), ID: id, Created: s.SnapshotCreateTime, At: at}
		if t.ARN == "" {
			t.ARN = r.arn("snapshot:" + id)
		}
		source, gone := r.madeOf(s)
		t.Attrs = attrs{
			"snapshot_identifier":              s.SnapshotIdentifier,
			"cluster_identifier":               source,
			"source_gone":                      gone,
			"snapshot_type":                    s.SnapshotType,
			"manual_snapshot_retention_period": s.ManualSnapshotRetentionPeriod, // -1: for ever
			"storage_encrypted":                s.Encrypted,
			"kms_key_id":                       keyOf(s.KmsKeyId),
			"shared_accounts":                  each(s.AccountsWithRestoreAccess, func(a types.AccountWithRestoreAccess) any { return a.AccountId }),
			"tags":                             redshiftTags(s.Tags),
		}
		r.add(t)
	}
}

// madeOf is the ARN of the cluster that a snapshot was made of, and whether that is no more.
func (r *redshiftReader) madeOf(s types.Snapshot) (arn, gone any) {
	name := "cluster:" + value(s.ClusterIdentifier)
	if from := value(s.SourceRegion); from != "" && from != r.region {
		return strings.Replace(r.arn(name), ":"+r.region+":", ":"+from+":", 1),
			unread{probity.Gap{Reason: probity.Unresolved, Because: "it was made in another region"}}
	}
	i := slices.IndexFunc(r.clusters, func(c types.Cluster) bool { return value(c.ClusterIdentifier) == value(s.ClusterIdentifier) })
	if i < 0 {
		if gap := r.lost("aws_redshift_cluster"); gap != nil {
			return r.arn(name), unread{*gap}
		}
		return r.arn(name), true
	}
	if made, was := r.clusters[i].ClusterCreateTime, s.ClusterCreateTime; made != nil && was != nil && made.After(*was) {
		return nil, true // another cluster of its name
	}
	return r.arn(name), false
}

// copies are told by the clusters whose snapshots go to another region.
func (r *redshiftReader) copies() {
	for _, c := range r.clusters {
		to := c.ClusterSnapshotCopyStatus
		if to == nil || value(to.DestinationRegion) == "" {
			continue
		}
		r.add(Thing{Type: "aws_redshift_snapshot_copy", ARN: r.arn("cluster:"+value(c.ClusterIdentifier)) + "/snapshot-copy", At: r.at, Attrs: attrs{
			"cluster_identifier":       ref{"aws_redshift_cluster", value(c.ClusterIdentifier)},
			"destination_region":       to.DestinationRegion,
			"snapshot_copy_grant_name": to.SnapshotCopyGrantName,
			"tags":                     redshiftTags(c.Tags),
		}})
	}
}

// grantees are the accounts that may make an endpoint to a cluster in networks of their own.
func (r *redshiftReader) grantees() {
	for e, at := range list(r.reader, r.api.DescribeEndpointAuthorization, &redshift.DescribeEndpointAuthorizationInput{},
		func(p *redshift.DescribeEndpointAuthorizationOutput) []types.EndpointAuthorization {
			return p.EndpointAuthorizationList
		}, "aws_redshift_endpoint_authorization") {
		r.add(Thing{Type: "aws_redshift_endpoint_authorization", ARN: r.arn("endpointauthorization:" + value(e.Grantee) + "/" + value(e.ClusterIdentifier)), At: at,
			Attrs: attrs{"cluster_identifier": to("aws_redshift_cluster", e.ClusterIdentifier), "account": e.Grantee}})
	}
}

// shares are what warehouses of the account, with nodes of their own or without, let others read.
func (r *redshiftReader) shares() {
	for s, at := range list(r.reader, r.api.DescribeDataShares, &redshift.DescribeDataSharesInput{},
		func(p *redshift.DescribeDataSharesOutput) []types.DataShare { return p.DataShares }, "aws_redshift_data_share_authorization") {
		arn := value(s.DataShareArn)
		if where := strings.Split(arn, ":"); len(where) < 7 || where[4] != r.account {
			continue // of a warehouse of another's, which this account reads
		}
		consumers := []string{}
		for _, c := range s.DataShareAssociations {
			switch c.Status {
			case types.DataShareStatusDeauthorized, types.DataShareStatusRejected, types.DataShareStatusPendingAuthorization:
			default:
				consumers = append(consumers, value(c.ConsumerIdentifier))
			}
		}
		r.add(Thing{Type: "aws_redshift_data_share_authorization", ARN: arn, ID: arn[strings.LastIndex(arn, "/")+1:], At: at, Attrs: attrs{
			"data_share_arn":      nil,
			"producer_arn":        s.ProducerArn,
			"consumer_identifier": consumers,
			"public_consumers":    s.AllowPubliclyAccessibleConsumers,
			"tags":                unread{probity.Gap{Reason: probity.NotApplicable, Because: "a data share has no tags"}},
		}})
	}
}
