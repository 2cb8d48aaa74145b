package kinds_test

import (
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func TestAll(t *testing.T) {
	t.Parallel()
	seen := map[probity.Kind]bool{}
	for _, k := range kinds.All() {
		if seen[k.Kind] {
			t.Errorf("%s: listed twice", k.Kind)
		}
		seen[k.Kind] = true
		if k.Class == "" || kinds.ClassOf(k.Kind) != k.Class || !strings.Contains(string(k.Kind), ".") {
			t.Errorf("got %+v, want a dotted name and its class", k)
		}
		if k.Settings == nil {
			continue
		}
		for name, f := range probity.SettingsOf(k.Settings) {
			if name != strings.ToLower(name) || name == "" {
				t.Errorf("%s: got setting %q, want snake case", k.Kind, name)
			}
			if _, g := f.Value(); g == nil || g.Reason != probity.NotCollected {
				t.Errorf("%s: setting %s of the zero value has gap %v, want not-collected", k.Kind, name, g)
			}
		}
	}
	if kinds.ClassOf("no.such.kind") != "" {
		t.Error("got a class for a kind that is not listed")
	}
}

// Each default is known, and its origin says so.
func TestDefaultsTellThemselves(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]probity.Leaf{
		"s3 at rest": kinds.S3AtRest(), "s3 manager": kinds.S3Manager(), "s3 key": kinds.S3Key(), "s3 blocks": kinds.S3Blocks(),
		"s3 ownership": kinds.S3Ownership(), "s3 acl": kinds.S3ACL(), "s3 policy": kinds.S3Policy(), "s3 versioning": kinds.S3Versioning(),
		"s3 mfa": kinds.S3MFADelete(), "s3 website": kinds.S3Website(), "s3 bucket key": kinds.S3BucketKey(), "s3 logging": kinds.S3Logging(),
		"s3 expiry": kinds.S3Expiry(), "s3 lock": kinds.S3Lock(), "s3 cors": kinds.S3CORS(), "s3 replicated": kinds.S3Replicated(),
		"rds at rest": kinds.RDSAtRest(), "rds public": kinds.RDSPublic(),
		"rds backup": kinds.RDSBackupDays(), "rds cluster backup": kinds.RDSClusterBackupDays(), "rds off": kinds.RDSOff("x"),
		"rds on": kinds.RDSOn("x"), "rds exports": kinds.RDSExports(), "rds port": kinds.RDSPort("mysql"), "shared": kinds.SnapshotShared(),
		"dynamodb at rest": kinds.DynamoDBAtRest(), "dynamodb manager": kinds.DynamoDBManager(), "dynamodb key": kinds.DynamoDBKey(),
		"dynamodb off": kinds.DynamoDBOff("x"), "dynamodb ttl": kinds.DynamoDBTTL(), "ebs": kinds.EBSAtRest(),
		"kms rotation": kinds.KMSRotation(), "kms days": kinds.KMSRotationDays(), "kms deletion": kinds.KMSDeletionDays(),
		"kms enabled": kinds.KMSEnabled(), "kms regions": kinds.KMSMultiRegion(), "kms spec": kinds.KMSSpec(), "kms policy": kinds.KMSPolicy(),
		"queue at rest": kinds.SQSAtRest(), "queue keeps": kinds.SQSKeptSeconds(), "topic": kinds.SNSAtRest(), "stream": kinds.KinesisAtRest(),
		"stream keeps": kinds.KinesisHours(), "video": kinds.VideoAtRest(), "delivery": kinds.FirehoseAtRest(), "kafka": kinds.MSKAtRest(),
		"kafka clients": kinds.MSKClients(), "kafka, anybody": kinds.MSKUnauthenticated(), "secret": kinds.SecretAtRest(), "rotation": kinds.SecretRotation(),
		"logs": kinds.LogsAtRest(), "logs keep": kinds.LogsDays(), "logs in transit": kinds.LogsTLS(), "vault": kinds.VaultAtRest(), "vault lock": kinds.VaultLock(), "plan": kinds.PlanKeeps(),
		"glacier": kinds.GlacierAtRest(), "events": kinds.EventsAtRest(), "event grants": kinds.EventGrants(), "archive": kinds.ArchiveDays(),
		"images": kinds.ECREncryption(), "access point": kinds.S3PointsBlock(), "customer keys": kinds.S3BlocksCustomerKeys(), "policy": kinds.NoPolicy("x"),
		"lambda": kinds.LambdaAtRest(), "lambda grants": kinds.LambdaGrants(), "eks": kinds.EKSAtRest(), "eks ranges": kinds.EKSRanges(),
		"dms": kinds.DMSAtRest(), "dms mode": kinds.DMSMode(), "transfer": kinds.TransferProtocols(), "listener": kinds.ListenerPolicy(), "endpoint": kinds.EndpointPolicy(), "way": kinds.EndpointType(), "inside": kinds.EndpointInside(),
		"trail off": kinds.TrailOff("x"), "trail on": kinds.TrailOn("x"), "trail data": kinds.TrailDataEvents(),
	} {
		if _, g := l.Value(); g != nil || l.From() == nil || l.From().Default == "" {
			t.Errorf("%s: got gap %v and origin %v, want a value and the default's text", name, g, l.From())
		}
	}
}

func TestRDSForcesTLS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		engine, version string
		want, known     bool
	}{
		{"postgres", "14.9", false, true}, {"postgres", "15", true, true}, {"postgres", "", false, false},
		{"aurora-postgresql", "16.1", false, true}, {"aurora-postgresql", "17.2", true, true}, {"aurora-postgresql", "", false, false},
		{"mysql", "8.0", false, true}, {"aurora-mysql", "", false, true}, {"mariadb", "11.4", false, true}, {"mariadb", "11.8.2", true, true},
		{"mariadb", "12", true, true}, {"mariadb", "", false, false}, {"oracle-ee", "19", false, true},
	} {
		got, known := kinds.RDSForcesTLS(c.engine, c.version).Get()
		if got != c.want || known != c.known {
			t.Errorf("%s %s: got %v %v, want %v %v", c.engine, c.version, got, known, c.want, c.known)
		}
	}
}

func TestRDSPort(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]int{"postgres": 5432, "aurora-postgresql": 5432, "aurora-mysql": 3306, "aurora": 3306, "mariadb": 3306, "sqlserver-ee": 1433, "oracle-se2": 1521, "db2-se": 50000, "": 0, "new": 0} {
		if got, known := kinds.RDSPort(engine).Get(); got != want || known != (want != 0) {
			t.Errorf("%q: got %d %v, want %d", engine, got, known, want)
		}
	}
}

func TestAWSManagedAlias(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"alias/aws/s3": true, "arn:aws:kms:eu-west-1:111122223333:alias/aws/rds": true, "alias/corp": false, "": false} {
		if got := kinds.AWSManagedAlias(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
