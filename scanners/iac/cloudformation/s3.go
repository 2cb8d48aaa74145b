package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// s3 keeps a bucket's settings in resources of their own, as Terraform's provider does since its version 4.
func s3() []entry {
	const bucket = "aws_s3_bucket"
	piece := func(what string, inner properties) property { return part(bucket+"_"+what, "bucket", inner) }
	return []entry{
		{Type: "AWS::S3::Bucket", As: bucket, Says: bucketSays,
			Attributes: map[string]string{"DomainName": "bucket_domain_name", "RegionalDomainName": "bucket_regional_domain_name", "WebsiteURL": "website_endpoint"},
			Properties: properties{
				"BucketName":    attr("bucket"),
				"Tags":          tags,
				"AccessControl": func(t *translation, v resource.Value) { t.part(bucket+"_acl", "bucket", v).Attrs["acl"] = cannedACL(v) },
				"VersioningConfiguration": piece("versioning", properties{"Status": func(t *translation, v resource.Value) {
					mfa := unknown(probity.NotCollected, "CloudFormation has no property for the second factor of deleting")
					mfa.At = v.At
					t.out.Attrs["versioning_configuration"] = resource.Value{At: v.At, Data: &resource.Block{At: v.At, Attrs: map[string]resource.Value{"status": v, "mfa_delete": mfa}}}
				}}),
				"BucketEncryption": piece("server_side_encryption_configuration", properties{
					"ServerSideEncryptionConfiguration": block("rule", properties{
						"BucketKeyEnabled": attr("bucket_key_enabled"),
						"BlockedEncryptionTypes": flat(properties{
							"EncryptionType": attr("blocked_encryption_types"),
						}),
						"ServerSideEncryptionByDefault": block("apply_server_side_encryption_by_default", properties{
							"SSEAlgorithm": attr("sse_algorithm"), "KMSMasterKeyID": attr("kms_master_key_id"),
						}),
					}),
				}),
				"PublicAccessBlockConfiguration": piece("public_access_block", blockSwitches()),
				"OwnershipControls":              piece("ownership_controls", properties{"Rules": block("rule", properties{"ObjectOwnership": attr("object_ownership")})}),
				"LoggingConfiguration":           logging,
				"LifecycleConfiguration":         piece("lifecycle_configuration", properties{"Rules": block("rule", lifecycleRule())}),
				"ObjectLockEnabled":              attr("object_lock_enabled"),
				"ObjectLockConfiguration": piece("object_lock_configuration", properties{
					"ObjectLockEnabled": attr("object_lock_enabled"),
					"Rule": block("rule", properties{"DefaultRetention": block("default_retention", properties{
						"Mode": attr("mode"), "Days": attr("days"), "Years": attr("years"),
					})}),
				}),
				"ReplicationConfiguration": piece("replication_configuration", properties{"Rules": block("rule", properties{
					"Status": attr("status"),
					"Destination": block("destination", properties{"Bucket": attr("bucket"), "Account": attr("account"),
						"EncryptionConfiguration": block("encryption_configuration", properties{"ReplicaKmsKeyID": attr("replica_kms_key_id")})}),
					"SourceSelectionCriteria": block("source_selection_criteria", properties{
						"SseKmsEncryptedObjects": block("sse_kms_encrypted_objects", properties{"Status": attr("status")})}),
				})}),
				"InventoryConfigurations": block("inventory", properties{
					"Enabled":     attr("enabled"),
					"Destination": inventoryDestination,
				}),
				"WebsiteConfiguration": piece("website_configuration", properties{"IndexDocument": attr("index_document")}),
				"CorsConfiguration": piece("cors_configuration", properties{"CorsRules": block("cors_rule", properties{
					"AllowedOrigins": attr("allowed_origins"), "AllowedMethods": attr("allowed_methods"),
				})}),
			}},
		{Type: "AWS::S3::BucketPolicy", As: bucket + "_policy", Properties: properties{"Bucket": attr("bucket"), "PolicyDocument": document("policy")}},
	}
}

// inventoryDestination: CloudFormation has no way to name a key for a list of objects.
func inventoryDestination(t *translation, v resource.Value) {
	block("destination", properties{"BucketArn": attr("bucket_arn"), "BucketAccountId": attr("account_id")})(t, v)
	if b, ok := t.out.Attrs["destination"].Data.(*resource.Block); ok {
		b.Attrs["encryption"] = unknown(probity.NotApplicable, "CloudFormation has no way to name a key for it")
	}
}

// bucketSays: the name of a bucket, and so its ARN, is in the code where it is given.
func bucketSays(a template.Attribute) string {
	name := a.Property("BucketName")
	switch {
	case name == "":
		return ""
	case a.Name == "":
		return name
	case a.Name == "Arn":
		return "arn:aws:s3:::" + name
	}
	return ""
}

func blockSwitches() properties {
	return properties{"BlockPublicAcls": attr("block_public_acls"), "IgnorePublicAcls": attr("ignore_public_acls"),
		"BlockPublicPolicy": attr("block_public_policy"), "RestrictPublicBuckets": attr("restrict_public_buckets")}
}

// cannedACL is PublicRead as S3's API calls it: public-read.
func cannedACL(v resource.Value) resource.Value {
	as := map[string]string{"Private": "private", "PublicRead": "public-read", "PublicReadWrite": "public-read-write", "AuthenticatedRead": "authenticated-read",
		"LogDeliveryWrite": "log-delivery-write", "BucketOwnerRead": "bucket-owner-read", "BucketOwnerFullControl": "bucket-owner-full-control", "AwsExecRead": "aws-exec-read"}
	if to, ok := as[v.String()]; ok {
		v.Data = to
	}
	return v
}

// logging: a bucket that names no other logs into itself.
func logging(t *translation, v resource.Value) {
	part("aws_s3_bucket_logging", "bucket", properties{"DestinationBucketName": attr("target_bucket"), "LogFilePrefix": attr("target_prefix")})(t, v)
	if p := t.parts[len(t.parts)-1]; p.Rest == nil && !p.Get("target_bucket").Set() {
		self := t.self("id")
		self.At = v.At
		p.Attrs["target_bucket"] = self
	}
}

func lifecycleRule() properties {
	return properties{
		"Status":                            attr("status"),
		"Prefix":                            attr("prefix"),
		"ExpirationInDays":                  expiration("days"),
		"ExpirationDate":                    expiration("date"),
		"TagFilters":                        filter("tag"),
		"ObjectSizeGreaterThan":             filter("object_size_greater_than"),
		"ObjectSizeLessThan":                filter("object_size_less_than"),
		"AbortIncompleteMultipartUpload":    block("abort_incomplete_multipart_upload", properties{"DaysAfterInitiation": attr("days_after_initiation")}),
		"NoncurrentVersionExpirationInDays": noncurrent,
		"NoncurrentVersionExpiration":       block("noncurrent_version_expiration", properties{"NoncurrentDays": attr("noncurrent_days"), "NewerNoncurrentVersions": attr("newer_noncurrent_versions")}),
	}
}

// inside adds an attribute to a nested block that several properties fill.
func inside(t *translation, name, attr string, v resource.Value) {
	b, ok := t.out.Attrs[name].Data.(*resource.Block)
	if !ok {
		b = &resource.Block{At: v.At, Attrs: map[string]resource.Value{}}
		t.out.Attrs[name] = resource.Value{Data: b, At: v.At}
	}
	b.Attrs[attr] = v
}

func expiration(attr string) property {
	return func(t *translation, v resource.Value) { inside(t, "expiration", attr, v) }
}

func filter(attr string) property {
	return func(t *translation, v resource.Value) { inside(t, "filter", attr, v) }
}

// noncurrent is the older way to write it, without a count of versions to keep.
func noncurrent(t *translation, v resource.Value) {
	inside(t, "noncurrent_version_expiration", "noncurrent_days", v)
}
