package aws

import (
	"context"
	"math/rand/v2"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/sample"
)

// frame draws the objects to read: from a fresh S3 Inventory, else from a whole listing, else by random seeks.
func (b *bucketContent) frame(ctx context.Context) ([]sample.Drawn, error) {
	if day, draw, ok := b.inventory(ctx); ok {
		b.framed, b.total = "S3 Inventory of "+day, draw.Total()
		b.miss(probity.Gap{Reason: probity.Sampled, Because: "objects written since the " + b.framed, Needs: "a scan after the next inventory"})
		return draw.Objects(), nil
	}
	draw := sample.New(b.s.o.Seed, b.budget().Objects)
	b.framed, b.total = "a whole listing", -1
	if left := b.budget().Listing; left > 0 {
		for page, err := range pages(ctx, b.api.ListObjectsV2, &s3.ListObjectsV2Input{Bucket: &b.name, OptionalObjectAttributes: restored()}) {
			if err != nil {
				return nil, err
			}
			for _, o := range page.Contents {
				draw.Add(listedObject(o))
			}
			if value(page.NextContinuationToken) == "" {
				b.total = draw.Total()
				return draw.Objects(), nil
			}
			if left--; left == 0 {
				break
			}
		}
	}
	b.framed = "random seeks"
	return b.seeks(ctx, draw)
}

func restored() []types.OptionalObjectAttributes {
	return []types.OptionalObjectAttributes{types.OptionalObjectAttributesRestoreStatus}
}

func listedObject(o types.Object) sample.Object {
	out := sample.Object{Key: value(o.Key), Version: value(o.ETag), Size: value(o.Size), Modified: value(o.LastModified), Storage: string(o.StorageClass)}
	if r := o.RestoreStatus; r != nil && r.RestoreExpiryDate != nil && !value(r.IsRestoreInProgress) {
		out.Storage = string(types.StorageClassStandard) // a copy can be read until it ends, though the object stays archived
	}
	return out
}

// seeks adds objects from places all over a bucket that is too large to be listed: behind random names below its prefixes.
func (b *bucketContent) seeks(ctx context.Context, draw *sample.Draw) ([]sample.Drawn, error) {
	slash := "/"
	top, err := b.api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b.name, Delimiter: &slash})
	if err != nil {
		return nil, err
	}
	prefixes := []string{""}
	for _, p := range top.CommonPrefixes {
		prefixes = append(prefixes, value(p.Prefix))
	}
	few := int32(20)
	for range min(b.budget().Listing, b.budget().Objects/int(few)+len(prefixes)) {
		after := prefixes[rand.N(len(prefixes))] + somewhere() //nolint:gosec // spreads the sample, guards nothing
		page, err := b.api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b.name, StartAfter: &after, MaxKeys: &few, OptionalObjectAttributes: restored()})
		if err != nil {
			return nil, err
		}
		for _, o := range page.Contents {
			draw.Add(listedObject(o))
		}
	}
	out := draw.Objects()
	for i := range out {
		out[i].Random = false
	}
	return out, nil
}

// somewhere is a short random name.
func somewhere() string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	out := make([]byte, 1+rand.N(3)) //nolint:gosec // spreads the sample, guards nothing
	for i := range out {
		out[i] = letters[rand.N(len(letters))] //nolint:gosec // the same
	}
	return string(out)
}

// pathStyle: an endpoint of one's own seldom has a host a bucket.
func pathStyle(cfg aws.Config) func(*s3.Options) {
	return func(o *s3.Options) { o.UsePathStyle = cfg.BaseEndpoint != nil }
}
