package aws

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5" //nolint:gosec // the checksum that S3 writes beside its lists; it guards nothing
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/probity-scan/probity/scanners/sample"
)

// stale is how old an S3 Inventory may be to stand for the bucket: those made weekly count.
const stale = 8 * 24 * time.Hour

// manifest is what an S3 Inventory says of itself.
type manifest struct {
	SourceBucket string `json:"sourceBucket"`
	FileFormat   string `json:"fileFormat"`
	FileSchema   string `json:"fileSchema"`
	Files        []struct {
		Key string `json:"key"`
		MD5 string `json:"MD5checksum"`
	} `json:"files"`
	Created string `json:"creationTimestamp"` // milliseconds since 1970
}

// inventory draws from the newest S3 Inventory of the bucket as a whole. Where there is none that can be read, others tell.
func (b *bucketContent) inventory(ctx context.Context) (day string, draw *sample.Draw, ok bool) {
	for page, err := range pages(ctx, b.api.ListBucketInventoryConfigurations, &s3.ListBucketInventoryConfigurationsInput{Bucket: &b.name}) {
		if err != nil {
			return "", nil, false
		}
		for _, c := range page.InventoryConfigurationList {
			if day, draw, err := b.configured(ctx, c); err == nil {
				return day, draw, true
			}
		}
	}
	return "", nil, false
}

// configured draws from the newest list that a configuration had made.
func (b *bucketContent) configured(ctx context.Context, c types.InventoryConfiguration) (day string, draw *sample.Draw, err error) {
	to := c.Destination
	if !value(c.IsEnabled) || c.Filter != nil || to == nil || to.S3BucketDestination == nil || to.S3BucketDestination.Format != types.InventoryFormatCsv {
		return "", nil, errors.New("not a list of all objects as CSV")
	}
	in := value(to.S3BucketDestination.Bucket)
	in = in[strings.LastIndex(in, ":")+1:]
	prefix := strings.TrimPrefix(strings.Trim(value(to.S3BucketDestination.Prefix), "/")+"/"+b.name+"/"+value(c.Id)+"/", "/")
	m, when, err := b.newest(ctx, in, prefix)
	if err != nil {
		return "", nil, err
	}
	if age := b.now.Sub(when); age > stale || age < -24*time.Hour {
		return "", nil, fmt.Errorf("the inventory is of %s", when)
	}
	draw = sample.New(b.s.o.Seed, b.budget().Objects) // one that failed half-way must not count twice
	return when.Format(time.DateOnly), draw, b.inventoried(ctx, in, m, draw)
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
	at := prefix + last + "/manifest."
	text, err := b.small(ctx, bucket, at+"json")
	if err != nil {
		return m, when, err
	}
	sum, err := b.small(ctx, bucket, at+"checksum") // it comes last: without it the list is still being written
	if err != nil {
		return m, when, err
	}
	if got := md5.Sum(text); !strings.EqualFold(fmt.Sprintf("%x", got), string(bytes.TrimSpace(sum))) { //nolint:gosec // as above
		return m, when, errors.New("the manifest is not what its checksum says")
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, when, fmt.Errorf("reading the manifest: %w", err)
	}
	ms, err := strconv.ParseInt(m.Created, 10, 64)
	return m, time.UnixMilli(ms).UTC(), err
}

// small reads an object that an inventory has beside its lists.
func (b *bucketContent) small(ctx context.Context, bucket, key string) ([]byte, error) {
	out, err := b.api.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	return io.ReadAll(io.LimitReader(out.Body, 64<<20))
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
		sum := md5.New() //nolint:gosec // as above
		err = inventoryRows(io.TeeReader(out.Body, sum), at, draw)
		_ = out.Body.Close()
		if err != nil {
			return err
		}
		if got := fmt.Sprintf("%x", sum.Sum(nil)); !strings.EqualFold(got, f.MD5) {
			return errors.New("a list is not what its checksum says")
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
