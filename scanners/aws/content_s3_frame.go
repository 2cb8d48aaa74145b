package aws

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/probity-scan/probity/scanners/sample"
)

// frame draws the objects to read: from a fresh S3 Inventory, else from a whole listing, else by random seeks.
func (b *bucketContent) frame(ctx context.Context) ([]sample.Drawn, error) {
	draw := sample.New(b.s.o.Seed, b.budget().Objects)
	if day, ok := b.inventory(ctx, draw); ok {
		b.framed, b.total = "S3 Inventory of "+day, draw.Total()
		return draw.Objects(), nil
	}
	draw = sample.New(b.s.o.Seed, b.budget().Objects)
	b.framed, b.total = "a whole listing", -1
	if left := b.budget().Listing; left > 0 {
		for page, err := range pages(ctx, b.api.ListObjectsV2, &s3.ListObjectsV2Input{Bucket: &b.name}) {
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

func listedObject(o types.Object) sample.Object {
	return sample.Object{Key: value(o.Key), Version: value(o.ETag), Size: value(o.Size), Modified: value(o.LastModified), Storage: string(o.StorageClass)}
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
		page, err := b.api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b.name, StartAfter: &after, MaxKeys: &few})
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

// stale is how old an S3 Inventory may be to stand for the bucket: those made weekly count.
const stale = 8 * 24 * time.Hour

// manifest is what an S3 Inventory says of itself.
type manifest struct {
	SourceBucket string `json:"sourceBucket"`
	FileFormat   string `json:"fileFormat"`
	FileSchema   string `json:"fileSchema"`
	Files        []struct {
		Key string `json:"key"`
	} `json:"files"`
	Created string `json:"creationTimestamp"` // milliseconds since 1970
}

// inventory draws from the newest S3 Inventory of the bucket as a whole. Where there is none that can be read, others tell.
func (b *bucketContent) inventory(ctx context.Context, draw *sample.Draw) (day string, ok bool) {
	out, err := b.api.ListBucketInventoryConfigurations(ctx, &s3.ListBucketInventoryConfigurationsInput{Bucket: &b.name})
	if err != nil {
		return "", false
	}
	for _, c := range out.InventoryConfigurationList {
		to := c.Destination
		if !value(c.IsEnabled) || c.Filter != nil || to == nil || to.S3BucketDestination == nil || to.S3BucketDestination.Format != types.InventoryFormatCsv {
			continue
		}
		in := value(to.S3BucketDestination.Bucket)
		in = in[strings.LastIndex(in, ":")+1:]
		prefix := strings.TrimPrefix(strings.Trim(value(to.S3BucketDestination.Prefix), "/")+"/"+b.name+"/"+value(c.Id)+"/", "/")
		m, when, err := b.newest(ctx, in, prefix)
		if err != nil || b.now.Sub(when) > stale {
			continue
		}
		if err := b.inventoried(ctx, in, m, draw); err == nil {
			return when.Format(time.DateOnly), true
		}
	}
	return "", false
}

// newest finds the last manifest below a prefix: folders there bear the time at which they were made.
func (b *bucketContent) newest(ctx context.Context, bucket, prefix string) (m manifest, when time.Time, err error) {
	slash := "/"
	last := ""
	for page, err := range pages(ctx, b.api.ListObjectsV2, &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix, Delimiter: &slash}) {
		if err != nil {
			return m, when, err
		}
		for _, p := range page.CommonPrefixes {
			name := strings.TrimSuffix(strings.TrimPrefix(value(p.Prefix), prefix), "/")
			if _, err := time.Parse("2006-01-02T15-04Z", name); err == nil && name > last {
				last = name
			}
		}
	}
	if last == "" {
		return m, when, errors.New("no inventory was delivered yet")
	}
	key := prefix + last + "/manifest.json"
	out, err := b.api.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return m, when, err
	}
	defer out.Body.Close()
	if err := json.NewDecoder(io.LimitReader(out.Body, 64<<20)).Decode(&m); err != nil {
		return m, when, fmt.Errorf("reading the manifest: %w", err)
	}
	ms, err := strconv.ParseInt(m.Created, 10, 64)
	return m, time.UnixMilli(ms).UTC(), err
}

// inventoried offers all objects of an inventory.
func (b *bucketContent) inventoried(ctx context.Context, bucket string, m manifest, draw *sample.Draw) error {
	at := map[string]int{}
	for i, name := range strings.Split(m.FileSchema, ",") {
		at[strings.TrimSpace(name)] = i
	}
	if _, ok := at["Key"]; !ok || m.SourceBucket != b.name {
		return errors.New("the inventory is of something else")
	}
	for _, f := range m.Files {
		out, err := b.api.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &f.Key})
		if err != nil {
			return err
		}
		err = inventoryRows(out.Body, at, draw)
		_ = out.Body.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func inventoryRows(body io.Reader, at map[string]int, draw *sample.Draw) error {
	plain, err := gzip.NewReader(body)
	if err != nil {
		return err
	}
	rows := csv.NewReader(plain)
	rows.ReuseRecord = true
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(row) {
				return row[i]
			}
			return ""
		}
		if cell("IsLatest") == "false" || cell("IsDeleteMarker") == "true" {
			continue
		}
		key, err := url.QueryUnescape(cell("Key"))
		if err != nil {
			return fmt.Errorf("an object's name: %w", err)
		}
		o := sample.Object{Key: key, Version: quoted(cell("ETag")), Storage: cell("StorageClass")}
		o.Size, _ = strconv.ParseInt(cell("Size"), 10, 64)
		o.Modified, _ = time.Parse("2006-01-02T15:04:05.000Z", cell("LastModifiedDate"))
		draw.Add(o)
	}
}

// quoted is an ETag as listings show it.
func quoted(etag string) string {
	if etag == "" || strings.HasPrefix(etag, `"`) {
		return etag
	}
	return `"` + etag + `"`
}

// pathStyle: an endpoint of one's own seldom has a host a bucket.
func pathStyle(cfg aws.Config) func(*s3.Options) {
	return func(o *s3.Options) { o.UsePathStyle = cfg.BaseEndpoint != nil }
}
