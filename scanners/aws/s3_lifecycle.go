package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func (b *s3Bucket) lifecycle() any {
	return s3Ask(b, paths("retention.rules", "settings.uploads_end"), b.api.GetBucketLifecycleConfiguration, &s3.GetBucketLifecycleConfigurationInput{Bucket: &b.name}, "NoSuchLifecycleConfiguration").
		get(func(o *s3.GetBucketLifecycleConfigurationOutput) any { return each(o.Rules, s3Expiry) })
}

// s3Expiry is a rule of a lifecycle. What is left out would read as not asked for.
func s3Expiry(r types.LifecycleRule) any {
	out := attrs{"status": string(r.Status), "enabled": nil, "prefix": r.Prefix, "tags": nil, "filter": nil, "expiration": nil, "noncurrent_version_expiration": nil, "abort_incomplete_multipart_upload": nil} //nolint:staticcheck // old rules have a prefix of their own
	if f := r.Filter; f != nil {
		out["filter"] = attrs{"prefix": f.Prefix, "tag": nil, "and": nil,
			"object_size_greater_than": f.ObjectSizeGreaterThan, "object_size_less_than": f.ObjectSizeLessThan}
		if f.Tag != nil {
			out["filter"].(attrs)["tag"] = attrs{"key": f.Tag.Key}
		}
		if and := f.And; and != nil {
			out["filter"].(attrs)["and"] = attrs{"prefix": and.Prefix, "object_size_greater_than": and.ObjectSizeGreaterThan, "object_size_less_than": and.ObjectSizeLessThan,
				"tags": each(and.Tags, func(t types.Tag) any { return attrs{"key": t.Key} })}
		}
	}
	if e := r.Expiration; e != nil {
		out["expiration"] = attrs{"days": e.Days}
	}
	if e := r.AbortIncompleteMultipartUpload; e != nil {
		out["abort_incomplete_multipart_upload"] = attrs{"days_after_initiation": e.DaysAfterInitiation}
	}
	if e := r.NoncurrentVersionExpiration; e != nil {
		out["noncurrent_version_expiration"] = attrs{"noncurrent_days": e.NoncurrentDays, "days": nil, "newer_noncurrent_versions": e.NewerNoncurrentVersions}
	}
	return out
}
