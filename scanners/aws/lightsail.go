package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/lightsail"
	"github.com/aws/aws-sdk-go-v2/service/lightsail/types"

	probity "github.com/probity-scan/probity"
)

// lightsailService maps databases. Of buckets and disks it tells that they are there, which no rule judges yet.
func lightsailService() service {
	return service{name: "lightsail", id: "Lightsail", lists: []string{"aws_lightsail_database"},
		calls: calls("GetRelationalDatabases", "GetRelationalDatabaseSnapshots", "GetBuckets", "GetDisks"),
		read: func(r *reader) {
			api := lightsail.NewFromConfig(r.cfg)
			for db, at := range list(r, api.GetRelationalDatabases, &lightsail.GetRelationalDatabasesInput{}, func(p *lightsail.GetRelationalDatabasesOutput) []types.RelationalDatabase {
				return p.RelationalDatabases
			}, "aws_lightsail_database") {
				r.add(lightsailDatabase(db, at))
			}
			lightsailSnapshots(r, api)
			lightsailRest(r, api)
		}}
}

func lightsailDatabase(db types.RelationalDatabase, at *probity.Origin) Thing {
	t := Thing{Type: "aws_lightsail_database", ARN: value(db.Arn), ID: value(db.Name), Created: db.CreatedAt, At: at, Attrs: attrs{
		"relational_database_name": db.Name,
		"publicly_accessible":      db.PubliclyAccessible,
		"backup_retention_enabled": db.BackupRetentionEnabled,
		"engine":                   db.Engine,
		"engine_version":           db.EngineVersion,
		"tags":                     lightsailTags(db.Tags),
	}}
	onlyInCode(t.Attrs)
	if e := db.MasterEndpoint; e != nil {
		t.Names = served(value(e.Address), value(e.Port))
	}
	return t
}

func lightsailSnapshots(r *reader, api *lightsail.Client) {
	for s, at := range list(r, api.GetRelationalDatabaseSnapshots, &lightsail.GetRelationalDatabaseSnapshotsInput{}, func(p *lightsail.GetRelationalDatabaseSnapshotsOutput) []types.RelationalDatabaseSnapshot {
		return p.RelationalDatabaseSnapshots
	}, "aws_lightsail_database_snapshot") {
		r.add(Thing{Type: "aws_lightsail_database_snapshot", ARN: value(s.Arn), ID: value(s.Name), Created: s.CreatedAt, At: at,
			Attrs: attrs{"name": s.Name, "source_arn": s.FromRelationalDatabaseArn, "tags": lightsailTags(s.Tags)}})
	}
}

func lightsailRest(r *reader, api *lightsail.Client) {
	for b, at := range list(r, api.GetBuckets, &lightsail.GetBucketsInput{}, func(p *lightsail.GetBucketsOutput) []types.Bucket { return p.Buckets }, "aws_lightsail_bucket") {
		r.add(Thing{Type: "aws_lightsail_bucket", ARN: value(b.Arn), ID: value(b.Name), At: at})
	}
	for d, at := range list(r, api.GetDisks, &lightsail.GetDisksInput{}, func(p *lightsail.GetDisksOutput) []types.Disk { return p.Disks }, "aws_lightsail_disk") {
		r.add(Thing{Type: "aws_lightsail_disk", ARN: value(d.Arn), ID: value(d.Name), At: at})
	}
	for _, typ := range []string{"aws_lightsail_bucket", "aws_lightsail_disk"} {
		if gap := r.lost(typ); gap != nil {
			r.untold(gap, r.at("lightsail:"+map[string]string{"aws_lightsail_bucket": "GetBuckets", "aws_lightsail_disk": "GetDisks"}[typ]))
		}
	}
}

func lightsailTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
