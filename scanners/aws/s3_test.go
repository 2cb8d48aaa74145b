package aws_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/glacier"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	control "github.com/aws/aws-sdk-go-v2/service/s3control/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

const ownKey = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"

// try fails the test where filling the emulator does.
func try[In, Out, O any](t *testing.T, op func(context.Context, *In, ...func(*O)) (*Out, error), in *In) {
	t.Helper()
	if _, err := op(t.Context(), in); err != nil {
		t.Fatalf("filling: %v", err)
	}
}

// fillS3 makes a bucket with all that can be set for one, one with nothing, one elsewhere, and ways into them.
func fillS3(t *testing.T, endpoint string) {
	t.Helper()
	path := func(o *s3.Options) { o.UsePathStyle = true }
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), path)
	far := s3.NewFromConfig(awstest.Config(t, endpoint, "us-east-1"), path)
	here := &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}
	full, yes := aws.String("full"), aws.Bool(true)
	try(t, far.CreateBucket, &s3.CreateBucketInput{Bucket: aws.String("far")})
	try(t, far.PutBucketVersioning, &s3.PutBucketVersioningInput{Bucket: aws.String("far"), VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
	try(t, api.CreateBucket, &s3.CreateBucketInput{Bucket: aws.String("bare"), CreateBucketConfiguration: here})
	try(t, api.PutBucketAcl, &s3.PutBucketAclInput{Bucket: aws.String("bare"), ACL: types.BucketCannedACLPublicRead})
	try(t, api.CreateBucket, &s3.CreateBucketInput{Bucket: full, CreateBucketConfiguration: here, ObjectLockEnabledForBucket: yes})
	try(t, api.PutPublicAccessBlock, &s3.PutPublicAccessBlockInput{Bucket: full, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
		BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes}})
	try(t, api.PutBucketEncryption, &s3.PutBucketEncryptionInput{Bucket: full, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{
		{BucketKeyEnabled: yes, ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String(ownKey)}}}}})
	try(t, api.PutBucketOwnershipControls, &s3.PutBucketOwnershipControlsInput{Bucket: full, OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipBucketOwnerEnforced}}}})
	try(t, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: full, Policy: aws.String(`{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::full","arn:aws:s3:::full/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}}`)})
	try(t, api.PutBucketLifecycleConfiguration, &s3.PutBucketLifecycleConfigurationInput{Bucket: full, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: []types.LifecycleRule{
		{ID: aws.String("a"), Status: types.ExpirationStatusEnabled, Filter: &types.LifecycleRuleFilter{Prefix: aws.String("in/")}, Expiration: &types.LifecycleExpiration{Days: aws.Int32(30)}},
		{ID: aws.String("b"), Status: types.ExpirationStatusEnabled, Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")}, NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(7)}},
		{ID: aws.String("c"), Status: types.ExpirationStatusEnabled, Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{Key: aws.String("k"), Value: aws.String("v")}}, Expiration: &types.LifecycleExpiration{Days: aws.Int32(1)}},
		{ID: aws.String("d"), Status: types.ExpirationStatusDisabled, Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")}, Expiration: &types.LifecycleExpiration{Days: aws.Int32(2)}}}}})
	try(t, api.PutObjectLockConfiguration, &s3.PutObjectLockConfigurationInput{Bucket: full, ObjectLockConfiguration: &types.ObjectLockConfiguration{ObjectLockEnabled: types.ObjectLockEnabledEnabled,
		Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: types.ObjectLockRetentionModeCompliance, Days: aws.Int32(14)}}}})
	try(t, api.PutBucketReplication, &s3.PutBucketReplicationInput{Bucket: full, ReplicationConfiguration: &types.ReplicationConfiguration{Role: aws.String("arn:aws:iam::123456789012:role/copy"), Rules: []types.ReplicationRule{
		{ID: aws.String("r"), Status: types.ReplicationRuleStatusEnabled, Priority: aws.Int32(1), Filter: &types.ReplicationRuleFilter{Prefix: aws.String("")}, DeleteMarkerReplication: &types.DeleteMarkerReplication{Status: types.DeleteMarkerReplicationStatusDisabled},
			Destination: &types.Destination{Bucket: aws.String("arn:aws:s3:::far"), Account: aws.String("210987654321")}}}}})
	try(t, api.PutBucketWebsite, &s3.PutBucketWebsiteInput{Bucket: full, WebsiteConfiguration: &types.WebsiteConfiguration{IndexDocument: &types.IndexDocument{Suffix: aws.String("i.html")}}})
	try(t, api.PutBucketCors, &s3.PutBucketCorsInput{Bucket: full, CORSConfiguration: &types.CORSConfiguration{CORSRules: []types.CORSRule{{AllowedMethods: []string{"GET"}, AllowedOrigins: []string{"*"}}}}})
	try(t, api.PutBucketTagging, &s3.PutBucketTaggingInput{Bucket: full, Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("team"), Value: aws.String("a")}}}})
	try(t, api.PutBucketInventoryConfiguration, &s3.PutBucketInventoryConfigurationInput{Bucket: full, Id: aws.String("i"), InventoryConfiguration: &types.InventoryConfiguration{Id: aws.String("i"), IsEnabled: yes,
		IncludedObjectVersions: types.InventoryIncludedObjectVersionsCurrent, Schedule: &types.InventorySchedule{Frequency: types.InventoryFrequencyDaily},
		Destination: &types.InventoryDestination{S3BucketDestination: &types.InventoryS3BucketDestination{Bucket: aws.String("arn:aws:s3:::lists"), Format: types.InventoryFormatCsv}}}})
	try(t, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: aws.String("bare"), Policy: aws.String(`{"Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":["s3:PutObject"],"Resource":"arn:aws:s3:::bare/*"}]}`)})
	try(t, api.PutBucketLogging, &s3.PutBucketLoggingInput{Bucket: full, BucketLoggingStatus: &types.BucketLoggingStatus{LoggingEnabled: &types.LoggingEnabled{TargetBucket: aws.String("bare"), TargetPrefix: aws.String("l/")}}})
	try(t, api.DeleteBucketPolicy, &s3.DeleteBucketPolicyInput{Bucket: aws.String("bare")})

	points, account := s3control.NewFromConfig(awstest.Config(t, endpoint, awstest.Region)), aws.String(awstest.Account)
	try(t, points.CreateAccessPoint, &s3control.CreateAccessPointInput{AccountId: account, Name: aws.String("door"), Bucket: full, VpcConfiguration: &control.VpcConfiguration{VpcId: aws.String("vpc-1")},
		PublicAccessBlockConfiguration: &control.PublicAccessBlockConfiguration{BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: aws.Bool(false)}})
	try(t, points.PutPublicAccessBlock, &s3control.PutPublicAccessBlockInput{AccountId: account, PublicAccessBlockConfiguration: &control.PublicAccessBlockConfiguration{
		BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: aws.Bool(false)}})
	try(t, points.CreateMultiRegionAccessPoint, &s3control.CreateMultiRegionAccessPointInput{AccountId: account, ClientToken: aws.String("t"), Details: &control.CreateMultiRegionAccessPointInput{
		Name: aws.String("wide"), Regions: []control.Region{{Bucket: full}, {Bucket: aws.String("far")}},
		PublicAccessBlock: &control.PublicAccessBlockConfiguration{BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes}}})
	try(t, glacier.NewFromConfig(awstest.Config(t, endpoint, awstest.Region)).CreateVault, &glacier.CreateVaultInput{AccountId: account, VaultName: aws.String("old")})
}

// directories are recorded shapes: the emulator has no buckets of one zone.
func directories(r awstest.Request, w http.ResponseWriter) bool {
	const name = "fast--euw1-az1--x-s3"
	switch op := r.Operation; {
	case r.Service == "s3express" && !strings.Contains(op, name):
		_, _ = io.WriteString(w, `<ListAllMyDirectoryBucketsResult><Buckets><Bucket><Name>`+name+`</Name></Bucket></Buckets></ListAllMyDirectoryBucketsResult>`)
	case strings.Contains(op, name+"?encryption"):
		_, _ = io.WriteString(w, `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>`+ownKey+`</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`)
	case strings.Contains(op, name+"?lifecycle"):
		_, _ = io.WriteString(w, `<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>`)
	case strings.Contains(op, name+"?policy"):
		return awstest.Deny(awstest.All)(r, w)
	default:
		return false
	}
	return true
}

// vaults are recorded shapes: the emulator has no GetVaultAccessPolicy, GetVaultLock and ListTagsForVault.
func vaults(r awstest.Request, w http.ResponseWriter) bool {
	switch {
	case strings.HasSuffix(r.Operation, "/vaults/old/access-policy"):
		_, _ = io.WriteString(w, `{"Policy":"{\"Statement\":[]}"}`)
	case strings.HasSuffix(r.Operation, "/vaults/old/lock-policy"):
		w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"code":"ResourceNotFoundException","message":"No vault lock policy","type":"Client"}`)
	case strings.HasSuffix(r.Operation, "/vaults/old/tags"):
		_, _ = io.WriteString(w, `{"Tags":{"keep":"long"}}`)
	default:
		return false
	}
	return true
}

func TestS3(t *testing.T) {
	endpoint := awstest.Emulator(t)
	fillS3(t, endpoint)
	proxy := awstest.NewProxy(t, endpoint)
	regions := "eu-west-1;us-east-1"
	scan := func(faults ...awstest.Fault) awstest.Scanned {
		proxy.Set(append(faults, vaults, directories)...)
		return awstest.Scan(t, "aws:region="+regions+",services=s3;glacier,endpoint="+proxy.URL, probity.Asks{})
	}
	const full, bare, door, vault = "arn:aws:s3:::full", "arn:aws:s3:::bare", "arn:aws:s3:us-east-1:123456789012:accesspoint/door", "arn:aws:glacier:eu-west-1:123456789012:vaults/old"
	all := scan() // the emulator keeps access points in one region
	regions = "eu-west-1"
	t.Run("facts", func(t *testing.T) {
		wants(t, all.Asset(t, full), map[probity.Path]string{
			"tags": `{"team":"a"}`, "location.region": `"eu-west-1"`, "encryption.at_rest": "true", "encryption.key_manager": `"customer-managed"`,
			"exposure.declared.blocks": `{"block_acls":true,"ignore_acls":true,"block_policies":true,"restrict_public":true}`, "exposure.declared.acl": "null",
			"resilience.versioning": "true", "retention.lock_days": `{"set":true,"value":14}`, "audit.access": "true",
			"retention.rules":  `[{"on":["in/"],"days":30,"by":"","noncurrent":false},{"on":[],"days":7,"by":"","noncurrent":true}]`,
			"settings.website": "true", "settings.ownership": `"BucketOwnerEnforced"`, "settings.bucket_key": "true", "settings.cors_origins": `["*"]`, "settings.mfa_delete": "false",
			"settings.replicated": "true", "settings.replica_accounts": `["210987654321"]`, "settings.inventory_buckets": `["arn:aws:s3:::lists"]`, "settings.customer_keys_blocked": "false"})
		wants(t, all.Asset(t, bare), map[probity.Path]string{
			"tags": "{}", "encryption.key_manager": `"provider-owned"`, "exposure.declared.policy": `{"set":false,"value":""}`,
			"exposure.declared.blocks": `{"block_acls":false,"ignore_acls":false,"block_policies":false,"restrict_public":false}`,
			"exposure.declared.acl":    `[{"principal":"http://acs.amazonaws.com/groups/global/AllUsers","actions":["s3:ListBucket","s3:ListBucketVersions"],"on":[]}]`,
			"resilience.versioning":    "false", "retention.lock_days": `{"set":false,"value":0}`, "audit.access": "false", "retention.rules": "null",
			"settings.website": "false", "settings.ownership": `"ObjectWriter"`, "settings.bucket_key": "false", "settings.cors_origins": "[]", "settings.replicated": "false",
			"settings.replica_accounts": "[]", "settings.inventory_buckets": "[]", "settings.customer_keys_blocked": "false"})
		wants(t, all.Asset(t, door), map[probity.Path]string{"exposure.declared.addressed": "false", "exposure.declared.policy": `{"set":false,"value":""}`,
			"exposure.declared.blocks": `{"block_acls":true,"ignore_acls":true,"block_policies":true,"restrict_public":false}`})
		wants(t, all.Asset(t, "aws://"+awstest.Account), map[probity.Path]string{
			"exposure.declared.blocks": `{"block_acls":true,"ignore_acls":true,"block_policies":true,"restrict_public":false}`})
		wants(t, all.Asset(t, vault), map[probity.Path]string{"exposure.declared.policy": `{"set":true,"value":"{\"Statement\":[]}"}`,
			"retention.lock_days": `{"set":false,"value":0}`, "tags": `{"keep":"long"}`})
		fast := all.Asset(t, "arn:aws:s3express:eu-west-1:123456789012:bucket/fast--euw1-az1--x-s3")
		wants(t, fast, map[probity.Path]string{"encryption.key_manager": `"customer-managed"`, "retention.rules": `[{"on":[],"days":3,"by":"","noncurrent":false}]`})
		if g := gapAt(t, fast, "exposure.declared.policy"); g == nil || g.Needs != "s3express:GetBucketPolicy" {
			t.Errorf("got %v, want the permission of directory buckets", g)
		}
		i := slices.IndexFunc(all.Assets, func(a probity.Asset) bool { return a.Name == "wide" })
		if i < 0 {
			t.Fatal("got no access point of several regions")
		}
		wants(t, all.Assets[i], map[probity.Path]string{"exposure.declared.policy": `{"set":false,"value":""}`,
			"exposure.declared.blocks": `{"block_acls":true,"ignore_acls":true,"block_policies":true,"restrict_public":true}`,
			"links":                    `[{"kind":"contained-in","to":{"id":"full"}},{"kind":"contained-in","to":{"id":"far"}}]`})
		for _, id := range []string{full, bare, all.Assets[i].ID, door, vault} {
			for path, l := range probity.Leaves(all.Asset(t, id)) {
				if _, g := l.Value(); g != nil && g.Because == "no API is asked for it" {
					t.Errorf("%s %s: nobody asks for it", id, path)
				}
			}
		}
	})
	t.Run("copies", func(t *testing.T) {
		link := probity.Link{Kind: probity.ReplicaOf, To: probity.Ref{ID: full}}
		if !slices.ContainsFunc(all.Assets, func(a probity.Asset) bool {
			return a.ID == "arn:aws:s3:::far" && slices.Contains(a.Links.Items, link)
		}) {
			t.Error("the bucket in another region is no replica")
		}
		for _, a := range all.Assets {
			if a.Name == "far" && a.Scope.Region != "us-east-1" {
				t.Errorf("got region %q, want each bucket in its own", a.Scope.Region)
			}
		}
	})
	t.Run("refused", func(t *testing.T) {
		for op, c := range map[string]struct {
			asset, needs string
			paths        []probity.Path
		}{
			"?publicAccessBlock":               {full, "s3:GetBucketPublicAccessBlock", []probity.Path{"exposure.declared.blocks"}},
			"?ownershipControls":               {full, "s3:GetBucketOwnershipControls", []probity.Path{"settings.ownership"}},
			"?acl":                             {bare, "s3:GetBucketAcl", []probity.Path{"exposure.declared.acl"}},
			"?policy":                          {full, "s3:GetBucketPolicy", []probity.Path{"exposure.declared.policy"}},
			"?encryption":                      {full, "s3:GetEncryptionConfiguration", []probity.Path{"encryption.key_manager", "encryption.key", "settings.bucket_key", "settings.customer_keys_blocked"}},
			"?versioning":                      {bare, "s3:GetBucketVersioning", []probity.Path{"resilience.versioning", "settings.mfa_delete"}},
			"?logging":                         {full, "s3:GetBucketLogging", []probity.Path{"audit.access"}},
			"?lifecycle":                       {full, "s3:GetLifecycleConfiguration", []probity.Path{"retention.rules"}},
			"?object-lock":                     {full, "s3:GetBucketObjectLockConfiguration", []probity.Path{"retention.lock_days"}},
			"?replication":                     {full, "s3:GetReplicationConfiguration", []probity.Path{"settings.replicated", "settings.replica_accounts"}},
			"?website":                         {bare, "s3:GetBucketWebsite", []probity.Path{"settings.website"}},
			"?cors":                            {full, "s3:GetBucketCORS", []probity.Path{"settings.cors_origins"}},
			"?tagging":                         {full, "s3:GetBucketTagging", []probity.Path{"tags"}},
			"?inventory":                       {full, "s3:GetInventoryConfiguration", []probity.Path{"settings.inventory_buckets"}},
			"?location":                        {full, "s3:GetBucketLocation", []probity.Path{"location.region"}},
			"/configuration/publicAccessBlock": {"aws://" + awstest.Account, "s3:GetAccountPublicAccessBlock", []probity.Path{"exposure.declared.blocks"}},
			"/accesspoint/door/policy":         {door, "s3:GetAccessPointPolicy", []probity.Path{"exposure.declared.policy"}},
			"/accesspoint/door":                {door, "s3:GetAccessPoint", []probity.Path{"exposure.declared.blocks"}},
			"/mrap/instances/wide/policy":      {all.Assets[slices.IndexFunc(all.Assets, func(a probity.Asset) bool { return a.Name == "wide" })].ID, "s3:GetMultiRegionAccessPointPolicy", []probity.Path{"exposure.declared.policy"}},
			"/access-policy":                   {vault, "glacier:GetVaultAccessPolicy", []probity.Path{"exposure.declared.policy"}},
			"/lock-policy":                     {vault, "glacier:GetVaultLock", []probity.Path{"retention.lock_days"}},
			"/vaults/old/tags":                 {vault, "glacier:ListTagsForVault", []probity.Path{"tags"}},
		} {
			denied := func(r awstest.Request) bool {
				return strings.HasSuffix(r.Operation, op) || strings.HasPrefix(op, "?") && strings.Contains(r.Operation, op)
			}
			a := scan(awstest.Deny(denied)).Asset(t, c.asset)
			for _, path := range c.paths {
				if g := gapAt(t, a, path); g == nil || g.Reason != probity.Denied || g.Needs != c.needs {
					t.Errorf("%s denied: got %v at %s, want %s named", op, g, path, c.needs)
				}
			}
		}
	})
	t.Run("listings refused", func(t *testing.T) {
		for op, want := range map[string]string{"bucket-region=eu-west-1": "s3:ListAllMyBuckets", "/v20180820/accesspoint": "s3:ListAccessPoints",
			"/v20180820/mrap/instances": "s3:ListMultiRegionAccessPoints", "/123456789012/vaults": "glacier:ListVaults"} {
			got := scan(awstest.Deny(func(r awstest.Request) bool {
				path, query, _ := strings.Cut(r.Operation, "?")
				return strings.HasSuffix(path, op) || strings.Contains(query, op)
			}))
			if !slices.ContainsFunc(got.Coverage, func(c probity.Coverage) bool { return c.Kind != "" && c.Gap != nil && c.Gap.Needs == want }) {
				t.Errorf("%s denied: no listing is open for want of %s", op, want)
			}
		}
	})
	t.Run("gone", func(t *testing.T) {
		got := scan(awstest.Answer(func(r awstest.Request) bool { return strings.Contains(r.Operation, "/bare?policy") }, http.StatusNotFound, "NoSuchBucket", "gone"))
		if slices.ContainsFunc(got.Assets, func(a probity.Asset) bool { return a.ID == bare }) {
			t.Error("got a bucket that is gone")
		}
		got.Asset(t, full)
	})
	t.Run("another store", func(t *testing.T) {
		a := scan(awstest.Answer(func(r awstest.Request) bool { return strings.Contains(r.Operation, "?logging") }, http.StatusNotImplemented, "NotImplemented", "no")).Asset(t, full)
		if g := gapAt(t, a, "audit.access"); g == nil || g.Reason != probity.NotCollected || g.Because != "s3:GetBucketLogging: NotImplemented" {
			t.Errorf("got %v, want what it does not implement", g)
		}
		if g := gapAt(t, scan().Asset(t, bare), "encryption.at_rest"); g == nil || g.Reason != probity.Unresolved {
			t.Errorf("got %v, want no word on what only AWS encrypts", g)
		}
	})
	t.Run("what rules read", func(t *testing.T) {
		proxy.Set(vaults)
		awstest.Scan(t, "aws:region=eu-west-1,services=s3,endpoint="+proxy.URL, probity.Asks{Paths: []probity.Path{"resilience.versioning"}})
		for _, r := range proxy.Seen() {
			if op := r.Operation; r.Service == "s3" && strings.Contains(op, "?") && !strings.Contains(op, "versioning") && !strings.Contains(op, "location") && !strings.Contains(op, "bucket-region") && !strings.Contains(op, "/v20180820/") {
				t.Errorf("got %s, which no rule reads", op)
			}
		}
	})
}

// wants compares facts as JSON.
func wants(t *testing.T, a probity.Asset, want map[probity.Path]string) {
	t.Helper()
	for path, w := range want {
		found := false
		for p, l := range probity.Leaves(a) {
			if p != path {
				continue
			}
			found = true
			v, g := l.Value()
			text, err := json.Marshal(v)
			if err != nil || g != nil || string(text) != w {
				t.Errorf("%s %s: got %s %v, want %s", a.ID, path, text, g, w)
			}
		}
		if !found {
			t.Errorf("%s has no %s", a.ID, path)
		}
	}
}

func gapAt(t *testing.T, a probity.Asset, path probity.Path) *probity.Gap {
	t.Helper()
	for p, l := range probity.Leaves(a) {
		if p == path {
			_, g := l.Value()
			return g
		}
	}
	t.Fatalf("%s has no %s", a.ID, path)
	return nil
}
