package aws

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
)

// s3Directories reads buckets of one zone. They take few settings, under permissions of their own (Service Authorization
// Reference, "Actions, resources, and condition keys for Amazon S3 Express").
func s3Directories() service {
	return service{name: "s3", id: "S3", lists: []string{"aws_s3_directory_bucket"},
		calls: append(apiece(call{operation: "GetBucketPolicy", action: "s3express:GetBucketPolicy"},
			call{operation: "GetBucketEncryption", action: "s3express:GetEncryptionConfiguration"},
			call{operation: "GetBucketLifecycleConfiguration", action: "s3express:GetLifecycleConfiguration"}),
			call{operation: "ListDirectoryBuckets", action: "s3express:ListAllMyDirectoryBuckets"}),
		read: func(r *reader) {
			never := true // a session reads objects, which are not asked for
			api := s3.NewFromConfig(r.cfg, pathStyle(r.cfg), func(o *s3.Options) { o.DisableS3ExpressSessionAuth = &never })
			all := list(r, whereExpress(api.ListDirectoryBuckets), &s3.ListDirectoryBucketsInput{}, func(p *s3.ListDirectoryBucketsOutput) []types.Bucket { return p.Buckets }, "aws_s3_directory_bucket")
			many(r, all, func(b types.Bucket, at *probity.Origin) {
				if strings.HasSuffix(value(b.Name), "--x-s3") { // other stores answer with all their buckets
					(&s3Bucket{reader: r, api: api, name: value(b.Name)}).directory(b, at)
				}
			})
		}}
}

// whereExpress lists nothing where the region has no such buckets: then its endpoint has no name.
func whereExpress(op method[s3.ListDirectoryBucketsInput, s3.ListDirectoryBucketsOutput, s3.Options]) method[s3.ListDirectoryBucketsInput, s3.ListDirectoryBucketsOutput, s3.Options] {
	return func(ctx context.Context, in *s3.ListDirectoryBucketsInput, o ...func(*s3.Options)) (*s3.ListDirectoryBucketsOutput, error) {
		out, err := op(ctx, in, o...)
		var lookup *net.DNSError
		if errors.As(err, &lookup) && lookup.IsNotFound {
			return &s3.ListDirectoryBucketsOutput{}, nil
		}
		return out, err
	}
}

func (b *s3Bucket) directory(listed types.Bucket, at *probity.Origin) {
	policy, rules := b.policy(), b.lifecycle()
	encryption, _ := b.encryption()
	if b.gone {
		return
	}
	arn := value(listed.BucketArn)
	if arn == "" {
		arn = "arn:" + partition(b.region) + ":s3express:" + b.region + ":" + b.account + ":bucket/" + b.name
	}
	b.add(Thing{Type: "aws_s3_directory_bucket", ARN: arn, ID: b.name, Names: []string{b.name}, Created: listed.CreationDate, At: at,
		Attrs: attrs{"bucket": b.name, "tags": unread{probity.Gap{Reason: probity.NotCollected, Because: "tags of directory buckets are not read"}}}})
	for what, a := range map[string]attrs{"policy": {"policy": policy}, "lifecycle_configuration": {"rule": rules}, "server_side_encryption_configuration": encryption.Attrs} {
		for name, v := range a {
			a[name] = express(v)
		}
		b.add(b.part(what, at, a))
	}
}

// express names the permission of directory buckets where one was missing.
func express(v any) any {
	switch d := v.(type) {
	case from:
		return from{express(d.v), d.at}
	case unread:
		if rest, ok := strings.CutPrefix(d.gap.Needs, "s3:"); ok {
			d.gap.Needs = "s3express:" + rest
		}
		return d
	}
	return v
}
