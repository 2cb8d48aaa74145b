package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
)

// What is not set for a bucket that is there is off, whatever S3 gives to new ones: these say so where the estate would take
// a new bucket's default.

func (b *s3Bucket) blocks() Thing {
	a := s3Ask(b, paths("exposure"), b.api.GetPublicAccessBlock, &s3.GetPublicAccessBlockInput{Bucket: &b.name}, "NoSuchPublicAccessBlockConfiguration")
	set := func(of func(*types.PublicAccessBlockConfiguration) *bool) any {
		return a.get(func(o *s3.GetPublicAccessBlockOutput) any {
			return o.PublicAccessBlockConfiguration != nil && value(of(o.PublicAccessBlockConfiguration))
		})
	}
	return b.part("public_access_block", a.at, attrs{
		"block_public_acls":       set(func(c *types.PublicAccessBlockConfiguration) *bool { return c.BlockPublicAcls }),
		"ignore_public_acls":      set(func(c *types.PublicAccessBlockConfiguration) *bool { return c.IgnorePublicAcls }),
		"block_public_policy":     set(func(c *types.PublicAccessBlockConfiguration) *bool { return c.BlockPublicPolicy }),
		"restrict_public_buckets": set(func(c *types.PublicAccessBlockConfiguration) *bool { return c.RestrictPublicBuckets }),
	})
}

// part is what stands beside a bucket in Terraform.
func (b *s3Bucket) part(what string, at *probity.Origin, a attrs) Thing {
	a["bucket"] = b.name
	return Thing{Type: "aws_s3_bucket_" + what, Attrs: a, At: at}
}

// ownership is whether ACLs are in force: only those who own all objects by policy have none.
func (b *s3Bucket) ownership() (part Thing, enforced bool) {
	a := s3Ask(b, paths("exposure", "settings.ownership"), b.api.GetBucketOwnershipControls, &s3.GetBucketOwnershipControlsInput{Bucket: &b.name}, "OwnershipControlsNotFoundError")
	owner := types.ObjectOwnershipObjectWriter
	if a.out != nil && a.out.OwnershipControls != nil && len(a.out.OwnershipControls.Rules) > 0 {
		owner = a.out.OwnershipControls.Rules[0].ObjectOwnership
	}
	var rule any = attrs{"object_ownership": string(owner)}
	if a.gap != nil {
		rule = unread{*a.gap}
	}
	return b.part("ownership_controls", a.at, attrs{"rule": rule}), a.gap == nil && owner == types.ObjectOwnershipBucketOwnerEnforced
}

func (b *s3Bucket) acl() Thing {
	a := s3Ask(b, paths("exposure"), b.api.GetBucketAcl, &s3.GetBucketAclInput{Bucket: &b.name})
	return b.part("acl", a.at, attrs{"acl": nil, "access_control_policy": a.get(func(o *s3.GetBucketAclOutput) any {
		var owner types.Owner
		if o.Owner != nil {
			owner = *o.Owner
		}
		return attrs{"owner": attrs{"id": owner.ID}, "grant": each(o.Grants, func(g types.Grant) any {
			to := attrs{"id": nil, "uri": nil, "email_address": nil}
			if g.Grantee != nil {
				to = attrs{"id": g.Grantee.ID, "uri": g.Grantee.URI, "email_address": g.Grantee.EmailAddress}
			}
			return attrs{"permission": string(g.Permission), "permissions": nil, "id": nil, "uri": nil, "grantee": to}
		})}
	})})
}

func (b *s3Bucket) policy() any {
	return s3Ask(b, paths("exposure", "encryption.in_transit", "access"), b.api.GetBucketPolicy, &s3.GetBucketPolicyInput{Bucket: &b.name}, "NoSuchBucketPolicy").
		get(func(o *s3.GetBucketPolicyOutput) any { return policyText(o.Policy) })
}

// encryption is the default one. Without any AWS encrypts nonetheless, and nobody knows what another store does.
func (b *s3Bucket) encryption() (part Thing, also func(*probity.Asset)) {
	a := s3Ask(b, paths("encryption", "settings.bucket_key", "settings.customer_keys_blocked", "links"), b.api.GetBucketEncryption, &s3.GetBucketEncryptionInput{Bucket: &b.name},
		"ServerSideEncryptionConfigurationNotFoundError")
	rule := types.ServerSideEncryptionRule{}
	if a.out != nil && a.out.ServerSideEncryptionConfiguration != nil && len(a.out.ServerSideEncryptionConfiguration.Rules) > 0 {
		rule = a.out.ServerSideEncryptionConfiguration.Rules[0]
	}
	blocked := []types.EncryptionType{types.EncryptionTypeNone} // as buckets that were made before S3 blocked any
	if rule.BlockedEncryptionTypes != nil {
		blocked = rule.BlockedEncryptionTypes.EncryptionType
	}
	said := attrs{"apply_server_side_encryption_by_default": nil, "bucket_key_enabled": value(rule.BucketKeyEnabled), "blocked_encryption_types": blocked}
	if d := rule.ApplyServerSideEncryptionByDefault; d != nil {
		said["apply_server_side_encryption_by_default"] = attrs{"sse_algorithm": string(d.SSEAlgorithm), "kms_master_key_id": keyOf(d.KMSMasterKeyID)}
	} else if a.gap == nil && b.elsewhere() {
		also = func(asset *probity.Asset) {
			asset.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "no default is set, and only AWS encrypts without one"}, a.at)
		}
	}
	if a.gap != nil {
		return b.part("server_side_encryption_configuration", a.at, attrs{"rule": unread{*a.gap}}), nil
	}
	return b.part("server_side_encryption_configuration", a.at, attrs{"rule": said}), also
}

func (b *s3Bucket) logging() any {
	return s3Ask(b, paths("audit.access", "links"), b.api.GetBucketLogging, &s3.GetBucketLoggingInput{Bucket: &b.name}, mute).get(func(o *s3.GetBucketLoggingOutput) any {
		if o.LoggingEnabled == nil {
			return nil
		}
		return attrs{"target_bucket": o.LoggingEnabled.TargetBucket}
	})
}

func (b *s3Bucket) website() any {
	return s3Ask(b, paths("settings.website"), b.api.GetBucketWebsite, &s3.GetBucketWebsiteInput{Bucket: &b.name}, "NoSuchWebsiteConfiguration").
		get(func(*s3.GetBucketWebsiteOutput) any { return attrs{} })
}

func (b *s3Bucket) cors() any {
	return s3Ask(b, paths("settings.cors_origins"), b.api.GetBucketCors, &s3.GetBucketCorsInput{Bucket: &b.name}, "NoSuchCORSConfiguration").
		get(func(o *s3.GetBucketCorsOutput) any {
			return each(o.CORSRules, func(c types.CORSRule) any { return attrs{"allowed_origins": c.AllowedOrigins} })
		})
}

func (b *s3Bucket) tagging() any {
	return s3Ask(b, b.tagPaths(), b.api.GetBucketTagging, &s3.GetBucketTaggingInput{Bucket: &b.name}, "NoSuchTagSet").
		get(func(o *s3.GetBucketTaggingOutput) any {
			return tags(o.TagSet, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})
}
