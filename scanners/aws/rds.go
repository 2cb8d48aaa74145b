package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

func rdsService() service {
	return service{name: "rds", id: "RDS",
		lists: []string{"aws_db_instance"},
		calls: calls("DescribeDBInstances", "DescribeDBParameters", "DescribeDBSubnetGroups"),
		read: func(r *reader) {
			api := rds.NewFromConfig(r.cfg)
			for db, at := range list(r, rds.NewDescribeDBInstancesPaginator(api, &rds.DescribeDBInstancesInput{}),
				func(p *rds.DescribeDBInstancesOutput) []types.DBInstance { return p.DBInstances }, "aws_db_instance") {
				r.add(rdsInstance(db, at))
			}
		}}
}

func rdsInstance(db types.DBInstance, at *probity.Origin) Thing {
	return Thing{Type: "aws_db_instance", ARN: value(db.DBInstanceArn), ID: value(db.DBInstanceIdentifier), Created: db.InstanceCreateTime, At: at,
		Attrs: attrs{
			"identifier":              db.DBInstanceIdentifier,
			"engine":                  db.Engine,
			"engine_version":          db.EngineVersion,
			"storage_encrypted":       db.StorageEncrypted,
			"kms_key_id":              keyOf(db.KmsKeyId),
			"backup_retention_period": db.BackupRetentionPeriod,
			"multi_az":                db.MultiAZ,
			"publicly_accessible":     db.PubliclyAccessible,
			"deletion_protection":     db.DeletionProtection,
			"vpc_security_group_ids":  each(db.VpcSecurityGroups, func(g types.VpcSecurityGroupMembership) any { return g.VpcSecurityGroupId }),
			"tags":                    tags(db.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value }),
		}}
}
