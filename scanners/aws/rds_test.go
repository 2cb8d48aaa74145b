package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

func TestRDSInstance(t *testing.T) {
	endpoint := awstest.Emulator(t)
	yes, no, name, engine, class, user, size, days := true, false, "clinic", "postgres", "db.t3.micro", "app", int32(20), int32(7)
	password := "p" + user + user + user
	_, err := rds.NewFromConfig(awstest.Config(t, endpoint, awstest.Region)).CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{
		DBInstanceIdentifier: &name, Engine: &engine, DBInstanceClass: &class, MasterUsername: &user, MasterUserPassword: &password,
		AllocatedStorage: &size, PubliclyAccessible: &yes, StorageEncrypted: &no, BackupRetentionPeriod: &days, MultiAZ: &no, DeletionProtection: &no})
	if err != nil {
		t.Fatal(err)
	}
	a := awstest.Scan(t, "aws:region=eu-west-1,endpoint="+endpoint, probity.Asks{}).Asset(t, "arn:aws:rds:eu-west-1:"+awstest.Account+":db:clinic")
	if !a.Exposure.Declared.Addressed.Is(func(on bool) bool { return on }) {
		t.Errorf("got %v, want an address", a.Exposure.Declared.Addressed)
	}
	if !a.Encryption.AtRest.Is(func(on bool) bool { return !on }) {
		t.Errorf("got %v, want no encryption", a.Encryption.AtRest)
	}
}
