package awstest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cloudtrailtypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// tlsOnly is a policy that denies what comes without encryption.
func tlsOnly(arn string) string {
	return `{"Version":"2012-10-17","Statement":[{"Sid":"tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["` + arn + `","` + arn +
		`/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
}

// guardedBuckets are buckets whose settings are read by a call each.
func (f *filler) guardedBuckets() {
	api := s3.NewFromConfig(f.cfg, func(o *s3.Options) { o.UsePathStyle = true })
	made(f, api.CreateBucket, &s3.CreateBucketInput{Bucket: aws.String("clinic-logs"), CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: Region}})
	made(f, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: aws.String("clinic-logs"),
		Policy: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":["s3:PutObject"],"Resource":"arn:aws:s3:::clinic-logs/*"}]}`)})
	const good, bad = "arn:aws:s3:::guard-good", "arn:aws:s3:::guard-bad"
	for name, owner := range map[string]types.ObjectOwnership{"guard-good": types.ObjectOwnershipBucketOwnerEnforced, "guard-bad": types.ObjectOwnershipObjectWriter} {
		made(f, api.CreateBucket, &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: Region}})
		made(f, api.PutBucketVersioning, &s3.PutBucketVersioningInput{Bucket: &name, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
		made(f, api.PutBucketOwnershipControls, &s3.PutBucketOwnershipControlsInput{Bucket: &name, OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: owner}}}})
	}
	name := aws.String("guard-good")
	made(f, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: name, Policy: aws.String(tlsOnly(good))})
	made(f, api.PutBucketEncryption, &s3.PutBucketEncryptionInput{Bucket: name, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{
		{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: &f.key}}}}})
	made(f, api.PutBucketLogging, &s3.PutBucketLoggingInput{Bucket: name, BucketLoggingStatus: &types.BucketLoggingStatus{
		LoggingEnabled: &types.LoggingEnabled{TargetBucket: aws.String("clinic-logs"), TargetPrefix: aws.String("guard/")}}})
	made(f, api.PutBucketLifecycleConfiguration, &s3.PutBucketLifecycleConfigurationInput{Bucket: name, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: []types.LifecycleRule{
		{ID: aws.String("old"), Status: types.ExpirationStatusEnabled, Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")}, NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(30)}}}}})
	name = aws.String("guard-bad")
	made(f, api.PutBucketAcl, &s3.PutBucketAclInput{Bucket: name, ACL: types.BucketCannedACLPublicRead})
	made(f, api.PutBucketWebsite, &s3.PutBucketWebsiteInput{Bucket: name, WebsiteConfiguration: &types.WebsiteConfiguration{IndexDocument: &types.IndexDocument{Suffix: aws.String("index.html")}}})
	for _, rule := range []string{"acls-disabled", "public-acl", "no-public-store", "encryption-in-transit", "customer-managed-key", "access-logging", "noncurrent-versions-expire", "static-website-off", "outside-readers"} {
		f.plant(rule, good, bad)
	}
	f.shieldedBuckets(api)
}

// shieldedBuckets hold what would be open, and a block or a trail that bears on it.
func (f *filler) shieldedBuckets(api *s3.Client) {
	for _, name := range []string{"shield-policy", "shield-trail"} {
		made(f, api.CreateBucket, &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: Region}})
	}
	made(f, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: aws.String("shield-policy"), Policy: aws.String(everybody("s3:GetObject", "arn:aws:s3:::shield-policy/*"))})
	made(f, api.PutPublicAccessBlock, &s3.PutPublicAccessBlockInput{Bucket: aws.String("shield-policy"), PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
		BlockPublicAcls: aws.Bool(false), BlockPublicPolicy: aws.Bool(false), IgnorePublicAcls: aws.Bool(false), RestrictPublicBuckets: aws.Bool(true)}})
	f.planted = append(f.planted, Planted{Asset: "arn:aws:s3:::shield-policy", Rule: "no-public-store"}, Planted{Asset: "arn:aws:s3:::shield-policy", Rule: "public-access-blocked", Bad: true})
	made(f, cloudtrail.NewFromConfig(f.cfg).PutEventSelectors, &cloudtrail.PutEventSelectorsInput{TrailName: aws.String("trail-good"), EventSelectors: []cloudtrailtypes.EventSelector{
		{ReadWriteType: cloudtrailtypes.ReadWriteTypeAll, IncludeManagementEvents: aws.Bool(true), DataResources: []cloudtrailtypes.DataResource{
			{Type: aws.String("AWS::S3::Object"), Values: []string{"arn:aws:s3:::shield-trail/"}}}}}})
	f.planted = append(f.planted, Planted{Asset: "arn:aws:s3:::shield-trail", Rule: "access-logging"})
}
