package bench

import (
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	root "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/scanners/kinds"
)

// BenchmarkRecorded judges recordings of organisations of more and more accounts, in 17 regions each with 30 stores: what results
// cost in memory, and how that grows, without anybody who answers. The aim is less than 1 GB for 200 accounts, and linear time.
func BenchmarkRecorded(b *testing.B) {
	program := probity(b)
	sizes := []int{50, 100, 200}
	if out := numbers(b, "PROBITY_BENCH_ACCOUNTS"); out != nil {
		sizes = out
	}
	for _, accounts := range sizes {
		b.Run(fmt.Sprintf("accounts=%d", accounts), func(b *testing.B) {
			dir := b.TempDir()
			rec := state.Recording{Tool: "probity test", Started: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Targets: []string{"aws:org"}}
			if err := state.Record(filepath.Join(dir, "recording"), rec, organisation(accounts)); err != nil {
				b.Fatal(err)
			}
			var runs []run
			for b.Loop() {
				runs = append(runs, measure(b, dir, program, "scan", "-q", "--fail-on", "none", "-o", "json=scan.json", "-o", "html=scan.html", "recording"))
			}
			r := report(b, runs)
			stores := accounts * 17 * 30
			b.ReportMetric(float64(stores), "stores")
			b.ReportMetric(float64(r.cpu.Microseconds())/float64(stores), "cpu-µs/store")
		})
	}
}

// organisation yields what units of regions tell: facts of one call share its origin, a third is set well, some is not known.
func organisation(accounts int) iter.Seq[state.Result] {
	regions := []string{"eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "us-east-1", "us-east-2", "us-west-1",
		"us-west-2", "ca-central-1", "ap-south-1", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "sa-east-1"}
	return func(yield func(state.Result) bool) {
		for a := range accounts {
			for _, region := range regions {
				if !yield(regionOf(fmt.Sprintf("%012d", 100000000000+a), region)) {
					return
				}
			}
		}
	}
}

func regionOf(account, region string) state.Result {
	on := root.Ref{ID: "aws://" + account + "/" + region}
	scope := root.Scope{Provider: "aws", Account: account, Region: region}
	r := state.Result{Calls: []root.Calls{{Account: account, Region: region, Service: "RDS", Operation: "DescribeDBInstances", Made: 1}}}
	for _, k := range []root.Kind{kinds.S3Bucket, kinds.RDSInstance, kinds.DynamoDBTable} {
		r.Coverage = append(r.Coverage, root.Coverage{Supply: root.Supply{Kind: k, Class: kinds.ClassOf(k), Scope: scope, On: on}})
	}
	for i := range 10 {
		for _, a := range []root.Asset{bucket(scope, on, i), instance(scope, on, i), table(scope, on, i)} {
			r.Assets = append(r.Assets, &a)
		}
	}
	return r
}

func called(operation string) *root.Origin {
	return &root.Origin{Call: operation, At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}
}

func base(kind root.Kind, scope root.Scope, on root.Ref, arn, name string, at *root.Origin) root.Asset {
	a := root.Asset{Ref: root.Ref{ID: arn}, Aliases: []string{name}, Name: name, Kind: kind, Class: kinds.ClassOf(kind), Scope: scope, Origin: at}
	a.Tags = root.Known(map[string]string{"team": "care", "stage": "prod", "cost-centre": "4711"}, at)
	a.Location.Region = root.Known(scope.Region, at)
	a.Lifecycle.Created = root.Known(at.At.AddDate(-1, 0, 0), at)
	a.Exposure.Declared.Guards = root.Whole(at, on)
	a.Labels = root.Open[root.Label](root.Gap{Reason: root.NotCollected, Because: "content was not asked for", Needs: "--content"}, at)
	return a
}

func bucket(scope root.Scope, on root.Ref, i int) root.Asset {
	name := fmt.Sprintf("clinic-%s-%s-%d", scope.Account, scope.Region, i)
	a := base(kinds.S3Bucket, scope, on, "arn:aws:s3:::"+name, name, called("s3:ListBuckets"))
	at := called("s3:GetBucketPolicy")
	a.Encryption.AtRest = root.Known(true, called("s3:GetBucketEncryption"))
	a.Encryption.Manager = root.Known(root.ProviderOwned, called("s3:GetBucketEncryption"))
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":"own","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:role/app"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}`, scope.Account, name)
	if i%3 == 0 {
		policy = fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":"web","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}`, name)
	}
	a.Exposure.Declared.Policy = root.Known(root.Some(policy), at)
	a.Exposure.Declared.ACL = root.Whole(called("s3:GetBucketAcl"), root.Grant{Principal: scope.Account, Actions: []string{"FULL_CONTROL"}})
	a.Exposure.Declared.Blocks = root.Known(root.Blocks{RestrictPublic: i%2 == 0}, called("s3:GetPublicAccessBlock"))
	a.Resilience.Versioning = root.Known(i%2 == 0, called("s3:GetBucketVersioning"))
	a.Retention.Rules = root.Whole(called("s3:GetBucketLifecycleConfiguration"), root.Expiry{Days: 365})
	a.Retention.Lock = root.Missing[root.Optional[int]](root.Gap{Reason: root.Denied, Because: "AccessDenied", Needs: "s3:GetBucketObjectLockConfiguration"}, called("s3:GetObjectLockConfiguration"))
	a.Audit.Access = root.Known(i%3 == 0, called("s3:GetBucketLogging"))
	a.Settings = root.SettingsOf(kinds.S3{})
	return a
}

func instance(scope root.Scope, on root.Ref, i int) root.Asset {
	at, name := called("rds:DescribeDBInstances"), fmt.Sprintf("records-%d", i)
	a := base(kinds.RDSInstance, scope, on, "arn:aws:rds:"+scope.Region+":"+scope.Account+":db:"+name, name, at)
	a.Lifecycle.Version = root.Known("postgres 15.4", at)
	a.Encryption.AtRest = root.Known(i%3 > 0, at)
	a.Exposure.Declared.Addressed = root.Known(i%2 == 0, at)
	a.Resilience.BackupDays, a.Resilience.MultiZone, a.Resilience.DeletionProtection = root.Known(i, at), root.Known(i%2 == 0, at), root.Known(i%3 == 0, at)
	a.Settings = root.SettingsOf(kinds.RDS{Port: root.Known(5432, at), IAMAuth: root.Known(i%2 == 0, at)})
	return a
}

func table(scope root.Scope, on root.Ref, i int) root.Asset {
	at, name := called("dynamodb:DescribeTable"), fmt.Sprintf("visits-%d", i)
	a := base(kinds.DynamoDBTable, scope, on, "arn:aws:dynamodb:"+scope.Region+":"+scope.Account+":table/"+name, name, at)
	a.Encryption.AtRest = root.Known(true, at)
	a.Encryption.Manager = root.Known(root.ProviderOwned, at)
	a.Resilience.PointInTime = root.Missing[bool](root.Gap{Reason: root.Throttled, Because: "dynamodb:DescribeContinuousBackups: ThrottlingException", Needs: "a scan when less else calls the API"}, called("dynamodb:DescribeContinuousBackups"))
	a.Settings = root.SettingsOf(kinds.DynamoDB{})
	return a
}
