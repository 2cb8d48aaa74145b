package aws_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

const rdsAt = "arn:aws:rds:eu-west-1:" + awstest.Account

// rdsRecorded answers operations of the query protocol with the shapes that AWS documents, and refuses all others.
func rdsRecorded(t *testing.T, answers map[string]string) string {
	t.Helper()
	awstest.Environment(t)
	answers["GetCallerIdentity"] = "<Account>" + awstest.Account + "</Account>"
	answers["DescribeRegions"] = "<regionInfo><item><regionName>eu-west-1</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo>"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		action := req.FormValue("Action")
		body, known := answers[action]
		switch {
		case !known && action == "":
			w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{}`)
		case !known:
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
		case action == "DescribeRegions":
			fmt.Fprint(w, "<DescribeRegionsResponse>"+body+"</DescribeRegionsResponse>")
		default:
			fmt.Fprint(w, "<"+action+"Response><"+action+"Result>"+body+"</"+action+"Result></"+action+"Response>")
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// Recorded shapes: what the emulator has not or fails of RDS.
func TestRDSAsRecorded(t *testing.T) {
	endpoint := rdsRecorded(t, map[string]string{
		"DescribeDBInstances": `<DBInstances>
			<DBInstance><DBInstanceIdentifier>clinic</DBInstanceIdentifier><DBInstanceArn>` + rdsAt + `:db:clinic</DBInstanceArn><DbiResourceId>db-NEW</DbiResourceId>
			<Engine>postgres</Engine><EngineVersion>12.9</EngineVersion><StorageEncrypted>false</StorageEncrypted>
			<CACertificateIdentifier>rds-ca-2019</CACertificateIdentifier><CertificateDetails><CAIdentifier>rds-ca-2019</CAIdentifier><ValidTill>2026-12-01T00:00:00Z</ValidTill></CertificateDetails>
			<MasterUserSecret><SecretArn>arn:aws:secretsmanager:eu-west-1:1:secret:rds!db-1</SecretArn></MasterUserSecret>
			<Endpoint><Address>Clinic.abc.eu-west-1.rds.amazonaws.com</Address><Port>5432</Port></Endpoint>
			<DBParameterGroups><DBParameterGroup><DBParameterGroupName>default.postgres12</DBParameterGroupName></DBParameterGroup></DBParameterGroups></DBInstance>
			<DBInstance><DBInstanceIdentifier>ward-1</DBInstanceIdentifier><DBInstanceArn>` + rdsAt + `:db:ward-1</DBInstanceArn><DBClusterIdentifier>ward</DBClusterIdentifier>
			<Engine>aurora-postgresql</Engine><EngineVersion>16.4</EngineVersion><PubliclyAccessible>true</PubliclyAccessible>
			<Endpoint><Address>ward-1.abc.eu-west-1.rds.amazonaws.com</Address><Port>5432</Port></Endpoint></DBInstance></DBInstances>`,
		"DescribeDBClusters": `<DBClusters><DBCluster><DBClusterIdentifier>ward</DBClusterIdentifier><DBClusterArn>` + rdsAt + `:cluster:ward</DBClusterArn>
			<Engine>aurora-postgresql</Engine><EngineVersion>16.4</EngineVersion><Port>5432</Port><StorageEncrypted>false</StorageEncrypted><StorageEncryptionType>sse-rds</StorageEncryptionType>
			<ReaderEndpoint>ward.cluster-ro-abc.eu-west-1.rds.amazonaws.com</ReaderEndpoint></DBCluster>
			<DBCluster><DBClusterIdentifier>files</DBClusterIdentifier><DBClusterArn>` + rdsAt + `:cluster:files</DBClusterArn><Engine>docdb</Engine>
			<DBClusterParameterGroup>files</DBClusterParameterGroup><StorageEncrypted>true</StorageEncrypted></DBCluster></DBClusters>`,
		"DescribeDBParameters":        `<Parameters><Parameter><ParameterName>rds.force_ssl</ParameterName><ParameterValue>1</ParameterValue><Source>system</Source></Parameter></Parameters>`,
		"DescribeDBClusterParameters": `<Parameters><Parameter><ParameterName>tls</ParameterName><ParameterValue>disabled</ParameterValue></Parameter></Parameters>`,
		"DescribeGlobalClusters": `<GlobalClusters><GlobalClusterMember><GlobalClusterIdentifier>world</GlobalClusterIdentifier><GlobalClusterArn>arn:aws:rds::1:global-cluster:world</GlobalClusterArn>
			<GlobalClusterMembers><GlobalClusterMember><DBClusterArn>arn:aws:rds:us-east-1:1:cluster:main</DBClusterArn><IsWriter>true</IsWriter></GlobalClusterMember>
			<GlobalClusterMember><DBClusterArn>` + rdsAt + `:cluster:ward</DBClusterArn><IsWriter>false</IsWriter></GlobalClusterMember></GlobalClusterMembers></GlobalClusterMember></GlobalClusters>`,
		"DescribeDBProxies": `<DBProxies><member><DBProxyName>front</DBProxyName><DBProxyArn>` + rdsAt + `:db-proxy:prx-1</DBProxyArn><EngineFamily>POSTGRESQL</EngineFamily><RequireTLS>false</RequireTLS>
			<Endpoint>front.proxy-abc.eu-west-1.rds.amazonaws.com</Endpoint><Auth><member><IAMAuth>REQUIRED</IAMAuth></member></Auth></member></DBProxies>`,
		"DescribeDBProxyTargets": `<Targets><member><RdsResourceId>clinic</RdsResourceId><Type>RDS_INSTANCE</Type></member></Targets>`,
		"DescribeDBSnapshots": `<DBSnapshots><DBSnapshot><DBSnapshotIdentifier>old</DBSnapshotIdentifier><DBSnapshotArn>` + rdsAt + `:snapshot:old</DBSnapshotArn><DBInstanceIdentifier>clinic</DBInstanceIdentifier>
			<DbiResourceId>db-OLD</DbiResourceId><SnapshotType>manual</SnapshotType><Encrypted>true</Encrypted></DBSnapshot>
			<DBSnapshot><DBSnapshotIdentifier>far</DBSnapshotIdentifier><DBSnapshotArn>` + rdsAt + `:snapshot:far</DBSnapshotArn><DBInstanceIdentifier>main</DBInstanceIdentifier>
			<SourceDBSnapshotIdentifier>arn:aws:rds:us-east-1:999999999999:snapshot:near</SourceDBSnapshotIdentifier><SnapshotType>manual</SnapshotType><Encrypted>false</Encrypted></DBSnapshot></DBSnapshots>`,
		"DescribeDBSnapshotAttributes": `<DBSnapshotAttributesResult><DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName>
			<AttributeValues><AttributeValue>all</AttributeValue></AttributeValues></DBSnapshotAttribute></DBSnapshotAttributes></DBSnapshotAttributesResult>`,
		"DescribeDBInstanceAutomatedBackups": `<DBInstanceAutomatedBackups><DBInstanceAutomatedBackup><DBInstanceArn>` + rdsAt + `:db:gone</DBInstanceArn><Status>retained</Status>
			<DBInstanceAutomatedBackupsArn>` + rdsAt + `:auto-backup:ab-1</DBInstanceAutomatedBackupsArn><Encrypted>false</Encrypted><BackupRetentionPeriod>3</BackupRetentionPeriod></DBInstanceAutomatedBackup></DBInstanceAutomatedBackups>`,
		"DescribeExportTasks": `<ExportTasks><ExportTask><ExportTaskIdentifier>out</ExportTaskIdentifier><S3Bucket>lake</S3Bucket><S3Prefix>rds</S3Prefix><Status>COMPLETE</Status>
			<SourceArn>` + rdsAt + `:snapshot:old</SourceArn><KmsKeyId>arn:aws:kms:eu-west-1:1:key/k</KmsKeyId></ExportTask></ExportTasks>`,
		"DescribeDBMajorEngineVersions": `<DBMajorEngineVersions><DBMajorEngineVersion><Engine>postgres</Engine><MajorEngineVersion>12</MajorEngineVersion><SupportedEngineLifecycles>
			<SupportedEngineLifecycle><LifecycleSupportName>open-source-rds-standard-support</LifecycleSupportName><LifecycleSupportEndDate>2025-02-28T23:59:59Z</LifecycleSupportEndDate></SupportedEngineLifecycle>
			</SupportedEngineLifecycles></DBMajorEngineVersion></DBMajorEngineVersions>`,
		"DescribeDBEngineVersions": `<DBEngineVersions><DBEngineVersion><EngineVersion>12.9</EngineVersion><Status>available</Status></DBEngineVersion><DBEngineVersion><EngineVersion>16.4</EngineVersion><Status>available</Status></DBEngineVersion></DBEngineVersions>`,
	})
	got := awstest.Scan(t, "aws:region=eu-west-1,services=rds,endpoint="+endpoint, probity.Asks{})

	clinic := got.Asset(t, rdsAt+":db:clinic")
	rdsSetting(t, clinic, "certificate_authority", "rds-ca-2019")
	rdsSetting(t, clinic, "certificate_until", time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	rdsSetting(t, clinic, "version_supported", false)
	rdsSetting(t, clinic, "managed_password", true)
	rdsHolds(t, clinic, "refuses clear connections", clinic.Encryption.InTransit, true)
	rdsLinked(t, clinic, probity.ReadsFrom, "arn:aws:secretsmanager:eu-west-1:1:secret:rds!db-1")
	rdsNamed(t, clinic, "clinic.abc.eu-west-1.rds.amazonaws.com:5432", "front.proxy-abc.eu-west-1.rds.amazonaws.com:5432")

	ward := got.Asset(t, rdsAt+":cluster:ward")
	rdsHolds(t, ward, "encrypted", ward.Encryption.AtRest, true)
	if m, _ := ward.Encryption.Manager.Get(); m != probity.ProviderOwned {
		t.Errorf("got key manager %q, want RDS' own", m)
	}
	rdsHolds(t, ward, "addressed", ward.Exposure.Declared.Addressed, true)
	rdsSetting(t, ward, "version_supported", true)
	rdsLinked(t, ward, probity.ReplicaOf, "arn:aws:rds:us-east-1:1:cluster:main")
	rdsNamed(t, ward, "ward-1.abc.eu-west-1.rds.amazonaws.com:5432", "ward.cluster-ro-abc.eu-west-1.rds.amazonaws.com:5432")

	files := got.Asset(t, rdsAt+":cluster:files")
	rdsHolds(t, files, "refuses clear connections", files.Encryption.InTransit, false)
	front := got.Asset(t, rdsAt+":db-proxy:prx-1")
	rdsLinked(t, front, probity.ReadsFrom, rdsAt+":db:clinic")
	if _, g := front.Tags.Value(); g == nil || g.Needs != "rds:ListTagsForResource" {
		t.Errorf("got %v, want the permission that was missing", g)
	}

	old, far := got.Asset(t, rdsAt+":snapshot:old"), got.Asset(t, rdsAt+":snapshot:far")
	rdsSetting(t, old, "source_gone", true)
	rdsSetting(t, old, "automatic", false)
	rdsHolds(t, old, "encrypted", old.Encryption.AtRest, true)
	if acl := old.Exposure.Declared.ACL.Items; len(acl) != 1 || acl[0].Principal != "*" {
		t.Errorf("got %v, want everyone", acl)
	}
	if slices.ContainsFunc(old.Links.Items, func(l probity.Link) bool { return l.Kind == probity.SnapshotOf }) {
		t.Error("it was linked to another database of the name")
	}
	rdsLinked(t, far, probity.CopyOf, "arn:aws:rds:us-east-1:999999999999:snapshot:near")
	rdsLinked(t, far, probity.SnapshotOf, "arn:aws:rds:us-east-1:999999999999:db:main")
	rdsHolds(t, far, "encrypted", far.Encryption.AtRest, false)

	kept := got.Asset(t, rdsAt+":auto-backup:ab-1")
	rdsHolds(t, kept, "encrypted", kept.Encryption.AtRest, false)
	export := got.Asset(t, "arn:aws:s3:::lake/rds/out")
	rdsLinked(t, export, probity.CopyOf, rdsAt+":snapshot:old")
	rdsLinked(t, export, probity.ContainedIn, "lake")
	if !slices.ContainsFunc(got.Coverage, func(c probity.Coverage) bool {
		return c.Kind == "aws.docdb.snapshot" && c.Gap != nil && c.Gap.Needs == "rds:DescribeDBClusterSnapshots"
	}) {
		t.Error("a listing that was refused is not told")
	}
}

// Where the instances are refused, nothing of what they tell of clusters is known.
func TestRDSInstancesRefused(t *testing.T) {
	endpoint := rdsRecorded(t, map[string]string{"DescribeDBClusters": `<DBClusters><DBCluster><DBClusterIdentifier>ward</DBClusterIdentifier><DBClusterArn>` + rdsAt + `:cluster:ward</DBClusterArn>
		<Engine>aurora-postgresql</Engine><EngineVersion>16.4</EngineVersion><DBClusterParameterGroup>own</DBClusterParameterGroup></DBCluster></DBClusters>`})
	ward := awstest.Scan(t, "aws:region=eu-west-1,services=rds,endpoint="+endpoint, probity.Asks{}).Asset(t, rdsAt+":cluster:ward")
	for name, f := range map[string]probity.Fact[bool]{"addressed": ward.Exposure.Declared.Addressed, "multi_zone": ward.Resilience.MultiZone, "in_transit": ward.Encryption.InTransit} {
		if _, g := f.Value(); g == nil || g.Reason != probity.Denied || !strings.HasPrefix(g.Needs, "rds:Describe") {
			t.Errorf("%s: got %v, want the permission that was missing", name, g)
		}
	}
	if _, g := ward.Settings["certificate_authority"].Value(); g == nil || g.Reason != probity.Denied {
		t.Errorf("certificate_authority: got %v, want a denial", g)
	}
}

func rdsSetting(t *testing.T, a probity.Asset, name string, want any) {
	t.Helper()
	if got, g := a.Settings[name].Value(); g != nil || got != want {
		t.Errorf("%s %s: got %v %v, want %v", a.Name, name, got, g, want)
	}
}

func rdsHolds(t *testing.T, a probity.Asset, what string, f probity.Fact[bool], want bool) {
	t.Helper()
	if got, known := f.Get(); !known || got != want {
		t.Errorf("%s %s: got %v %v, want %v", a.Name, what, got, known, want)
	}
}

func rdsLinked(t *testing.T, a probity.Asset, kind probity.LinkKind, to string) {
	t.Helper()
	if !slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == kind && l.To.ID == to }) {
		t.Errorf("%s: got links %v, want %s %s", a.Name, a.Links.Items, kind, to)
	}
}

func rdsNamed(t *testing.T, a probity.Asset, names ...string) {
	t.Helper()
	for _, n := range names {
		if !slices.Contains(a.Aliases, n) {
			t.Errorf("%s: got names %v, want %s among them", a.Name, a.Aliases, n)
		}
	}
}
