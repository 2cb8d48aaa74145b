package aws

import (
	"cmp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

// rdsSnapshot is what snapshots of instances and of clusters tell alike.
type rdsSnapshot struct {
	typ       string  // of Terraform
	of        string  // what it was made of, as in ARNs: "db", "cluster"
	arn, id   *string // its own
	source    *string // the database's name
	resource  *string // the database's ID, which no other of that name bears
	copied    *string // the ARN of the snapshot that it is a copy of
	made      *string // "manual", "automated", "awsbackup"
	encrypted *bool
	how       types.StorageEncryptionType
	key       *string
	created   *time.Time
	tags      []types.Tag
	shared    func() any // with whom, for those that can be shared
}

// snapshots are all of the account's, automatic ones too.
func (r *rdsReader) snapshots() {
	many(r.reader, list(r.reader, r.api.DescribeDBSnapshots, &rds.DescribeDBSnapshotsInput{},
		func(p *rds.DescribeDBSnapshotsOutput) []types.DBSnapshot { return p.DBSnapshots }, "aws_db_snapshot"), func(s types.DBSnapshot, at *probity.Origin) {
		r.snapshot(rdsSnapshot{typ: "aws_db_snapshot", of: "db", arn: s.DBSnapshotArn, id: s.DBSnapshotIdentifier, source: s.DBInstanceIdentifier,
			resource: s.DbiResourceId, copied: s.SourceDBSnapshotIdentifier, made: s.SnapshotType, encrypted: s.Encrypted, how: s.StorageEncryptionType,
			key: s.KmsKeyId, created: cmp.Or(s.OriginalSnapshotCreateTime, s.SnapshotCreateTime), tags: s.TagList, shared: func() any {
				a := ask(r.reader, r.api.DescribeDBSnapshotAttributes, &rds.DescribeDBSnapshotAttributesInput{DBSnapshotIdentifier: s.DBSnapshotIdentifier}, "DBSnapshotNotFound")
				return a.get(func(o *rds.DescribeDBSnapshotAttributesOutput) any {
					out := []string{}
					for _, at := range value(o.DBSnapshotAttributesResult).DBSnapshotAttributes {
						out = append(out, rdsRestorers(at.AttributeName, at.AttributeValues)...)
					}
					return out
				})
			}}, at)
	})
}

// clusterSnapshots are those of Aurora, DocumentDB and Neptune.
func (r *rdsReader) clusterSnapshots() {
	many(r.reader, list(r.reader, r.api.DescribeDBClusterSnapshots, &rds.DescribeDBClusterSnapshotsInput{},
		func(p *rds.DescribeDBClusterSnapshotsOutput) []types.DBClusterSnapshot { return p.DBClusterSnapshots },
		"aws_db_cluster_snapshot", "aws_docdb_cluster_snapshot", "aws_neptune_cluster_snapshot"), func(s types.DBClusterSnapshot, at *probity.Origin) {
		typ := "aws_db_cluster_snapshot"
		if family := rdsFamily(s.Engine); family != "aws_rds_cluster" {
			typ = family + "_snapshot"
		}
		r.snapshot(rdsSnapshot{typ: typ, of: "cluster", arn: s.DBClusterSnapshotArn, id: s.DBClusterSnapshotIdentifier, source: s.DBClusterIdentifier,
			resource: s.DbClusterResourceId, copied: s.SourceDBClusterSnapshotArn, made: s.SnapshotType, encrypted: s.StorageEncrypted, how: s.StorageEncryptionType,
			key: s.KmsKeyId, created: s.SnapshotCreateTime, tags: s.TagList, shared: func() any {
				a := ask(r.reader, r.api.DescribeDBClusterSnapshotAttributes, &rds.DescribeDBClusterSnapshotAttributesInput{DBClusterSnapshotIdentifier: s.DBClusterSnapshotIdentifier}, "DBClusterSnapshotNotFoundFault")
				return a.get(func(o *rds.DescribeDBClusterSnapshotAttributesOutput) any {
					out := []string{}
					for _, at := range value(o.DBClusterSnapshotAttributesResult).DBClusterSnapshotAttributes {
						out = append(out, rdsRestorers(at.AttributeName, at.AttributeValues)...)
					}
					return out
				})
			}}, at)
	})
}

// rdsRestorers are the accounts that may restore, or "all".
func rdsRestorers(attribute *string, values []string) []string {
	if value(attribute) != "restore" {
		return nil
	}
	return values
}

// snapshot adds one. Only those that people made can be shared.
func (r *rdsReader) snapshot(s rdsSnapshot, at *probity.Origin) {
	name := map[string]string{"db": "db_snapshot_identifier", "cluster": "db_cluster_snapshot_identifier"}[s.of]
	of := map[string]string{"db": "db_instance_identifier", "cluster": "db_cluster_identifier"}[s.of]
	source, gone := r.madeOf(s)
	t := Thing{Type: s.typ, ARN: value(s.arn), ID: value(s.id), Created: s.created, At: at, Attrs: attrs{
		name:                      s.id,
		of:                        source,
		"copied_from":             s.copied,
		"source_gone":             gone,
		"snapshot_type":           s.made,
		"storage_encrypted":       s.encrypted,
		"storage_encryption_type": string(s.how),
		"kms_key_id":              keyOf(s.key),
		"shared_accounts":         []string{},
		"tags":                    rdsTags(s.tags),
	}}
	if made := value(s.made); made != "automated" && made != "awsbackup" {
		delete(t.Attrs, "shared_accounts")
		if r.wants("exposure", "settings.shared_with") {
			t.Attrs["shared_accounts"] = s.shared()
		}
	}
	r.add(t)
}

// madeOf is the ARN of the database that a snapshot was made of, and whether that is no more. Another database of its name is
// not it.
func (r *rdsReader) madeOf(s rdsSnapshot) (arn, gone any) {
	where := strings.Split(value(s.copied), ":")
	if len(where) > 5 && (where[3] != r.region || where[4] != r.account) {
		return strings.Join(append(where[:5:5], s.of, value(s.source)), ":"),
			unread{probity.Gap{Reason: probity.Unresolved, Because: "it was made in another account or region"}}
	}
	id, found := r.known[s.of+" "+value(s.source)]
	arn = r.arnOf(s.of, s.source)
	if found && (id == "" || s.resource == nil || id == *s.resource) {
		return arn, false
	}
	if gap := r.lost(map[string]string{"db": "aws_db_instance", "cluster": "aws_rds_cluster"}[s.of]); gap != nil {
		return arn, unread{*gap}
	}
	if found {
		return nil, true
	}
	return arn, true
}
