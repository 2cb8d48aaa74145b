package aws

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
)

func s3Service() service {
	return service{name: "s3", id: "S3", lists: []string{"aws_s3_bucket"},
		// Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
		calls: append(apiece(append(calls("GetBucketLocation", "GetBucketOwnershipControls", "GetBucketAcl", "GetBucketPolicy", "GetBucketVersioning", "GetBucketLogging",
			"GetBucketWebsite", "GetBucketTagging"),
			call{operation: "GetBucketEncryption", action: "s3:GetEncryptionConfiguration"},
			call{operation: "GetPublicAccessBlock", action: "s3:GetBucketPublicAccessBlock"},
			call{operation: "GetBucketLifecycleConfiguration", action: "s3:GetLifecycleConfiguration"},
			call{operation: "GetObjectLockConfiguration", action: "s3:GetBucketObjectLockConfiguration"},
			call{operation: "GetBucketReplication", action: "s3:GetReplicationConfiguration"},
			call{operation: "GetBucketCors", action: "s3:GetBucketCORS"},
			call{operation: "ListBucketInventoryConfigurations", action: "s3:GetInventoryConfiguration"})...),
			call{operation: "ListBuckets", action: "s3:ListAllMyBuckets"}),
		read: func(r *reader) {
			api := s3.NewFromConfig(r.cfg, pathStyle(r.cfg))
			in := &s3.ListBucketsInput{BucketRegion: &r.region}
			all := list(r, api.ListBuckets, in, func(p *s3.ListBucketsOutput) []types.Bucket { return p.Buckets }, "aws_s3_bucket")
			many(r, all, func(b types.Bucket, at *probity.Origin) {
				(&s3Bucket{reader: r, api: api, name: value(b.Name)}).read(b, at)
			})
		}}
}

// elsewhere reports whether something else than AWS answers: an emulator, or a store that speaks the protocol.
func (r *reader) elsewhere() bool { return r.cfg.BaseEndpoint != nil }

// s3Bucket asks for what is set for one bucket, one thing after the other: many buckets are asked side by side.
type s3Bucket struct {
	*reader
	api  *s3.Client
	name string
	gone bool // deleted since it was listed
}

// s3Ask is askFor of a bucket, until it is gone.
func s3Ask[In, Out any](b *s3Bucket, tells []probity.Path, op func(context.Context, *In, ...func(*s3.Options)) (*Out, error), in *In, none ...string) answer[Out] {
	if b.gone {
		tells = []probity.Path{} // none
	}
	return askFor(b.reader, tells, func(ctx context.Context, in *In, o ...func(*s3.Options)) (*Out, error) {
		out, err := op(ctx, in, o...)
		b.gone = b.gone || says(err, "NoSuchBucket")
		return out, err
	}, in, none...)
}

// here reports whether a bucket lies in the region, and where it lies if nobody can tell. AWS lists those of a region; other
// stores list all.
func (b *s3Bucket) here(listed types.Bucket) (bool, any) {
	if region := value(listed.BucketRegion); region != "" {
		return region == b.region, region
	}
	a := s3Ask(b, nil, b.api.GetBucketLocation, &s3.GetBucketLocationInput{Bucket: &b.name}, mute)
	if a.gap != nil {
		return true, from{unread{*a.gap}, a.at}
	}
	region := string(a.out.LocationConstraint)
	switch region {
	case "": // as the first region is called
		region = "us-east-1"
	case "EU":
		region = "eu-west-1"
	}
	return region == b.region, region
}

// read adds a bucket with all that is set for it, or nothing where it is gone.
func (b *s3Bucket) read(listed types.Bucket, at *probity.Origin) {
	here, region := b.here(listed)
	if !here || b.gone {
		return
	}
	arn := "arn:" + partition(b.region) + ":s3:::" + b.name
	bucket := Thing{Type: "aws_s3_bucket", ARN: arn, ID: b.name, Names: []string{b.name}, Created: listed.CreationDate, At: at, Attrs: attrs{
		"bucket": b.name, "region": region, "acl": nil, "grant": nil,
		"policy":         b.policy(),
		"logging":        b.logging(),
		"lifecycle_rule": b.lifecycle(),
		"website":        b.website(),
		"cors_rule":      b.cors(),
		"inventory":      b.inventories(),
		"tags":           b.tagging(),
	}}
	things := []Thing{b.blocks()}
	ownership, enforced := b.ownership()
	things = append(things, ownership)
	if !enforced {
		things = append(things, b.acl())
	}
	encryption, also := b.encryption()
	bucket.Also = also
	things = append(things, encryption)
	replicas := b.versions(bucket.Attrs)
	if b.gone {
		return
	}
	b.add(bucket)
	for _, t := range things {
		b.add(t)
	}
	for to, at := range replicas {
		b.tell(replica(to, arn, at))
	}
}
