package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/lightsail"
	"github.com/aws/aws-sdk-go-v2/service/lightsail/types"

	probity "github.com/probity-scan/probity"
)

func lightsailService() service {
	return service{name: "lightsail", id: "Lightsail",
		lists: []string{"aws_lightsail_database", "aws_lightsail_bucket", "aws_lightsail_disk", "aws_lightsail_database_snapshot", "aws_lightsail_disk_snapshot"},
		calls: calls("GetRelationalDatabases", "GetRelationalDatabaseSnapshots", "GetBuckets", "GetDisks", "GetDiskSnapshots"),
		read: func(r *reader) {
			api := lightsail.NewFromConfig(r.cfg)
			for db, at := range list(r, api.GetRelationalDatabases, &lightsail.GetRelationalDatabasesInput{}, func(p *lightsail.GetRelationalDatabasesOutput) []types.RelationalDatabase {
				return p.RelationalDatabases
			}, "aws_lightsail_database") {
				r.add(lightsailDatabase(db, at))
			}
			lightsailSnapshots(r, api)
			lightsailBuckets(r, api)
			lightsailDisks(r, api)
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

func lightsailTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
