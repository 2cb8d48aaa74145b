package aws_test

import (
	"bytes"
	"compress/gzip"
	"crypto/md5" //nolint:gosec // the checksum that S3 writes beside its lists
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// delivery is an S3 Inventory as S3 writes it (S3 User Guide, "Locating your inventory list"), or one that is damaged.
type delivery struct {
	source string
	made   time.Time
	rows   string
	damage func(name, text string) string // of "manifest.json", "manifest.checksum" and "data"; "" leaves it out
}

func (d delivery) put(t *testing.T, api *s3.Client, at string) {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(d.rows)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	list := packed.Bytes()
	manifest := fmt.Sprintf(`{"sourceBucket":%q,"destinationBucket":"arn:aws:s3:::lists","version":"2016-11-30","creationTimestamp":"%d","fileFormat":"CSV",
"fileSchema":"Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag, StorageClass",
"files":[{"key":%q,"size":%d,"MD5checksum":"%x"}]}`, d.source, d.made.UnixMilli(), at+"data/1.csv.gz", len(list), md5.Sum(list)) //nolint:gosec // as above
	folder := at + d.made.Format("2006-01-02T15-04Z") + "/"
	for _, o := range []struct{ name, key, text string }{
		{"data", at + "data/1.csv.gz", string(list)},
		{"manifest.json", folder + "manifest.json", manifest},
		{"manifest.checksum", folder + "manifest.checksum", fmt.Sprintf("%x", md5.Sum([]byte(manifest)))}, //nolint:gosec // as above
	} {
		if d.damage != nil {
			o.text = d.damage(o.name, o.text)
		}
		if o.text != "" {
			put(t, api, "lists", o.key, o.text, "")
		}
	}
}

// TestInventory: a fresh list that S3 made of a bucket is what its objects are drawn from, and nobody takes it for the bucket of
// today; any other leaves the bucket to a listing.
func TestInventory(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), func(o *s3.Options) { o.UsePathStyle = true })
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) // of every scan here
	fresh := now.Add(-30 * time.Hour)
	bucket := func(name string) {
		if _, err := api.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}); err != nil {
			t.Fatal(err)
		}
	}
	bucket("lists")
	change := func(of, to string) func(string, string) string {
		return func(name, text string) string {
			if name == of {
				return to
			}
			return text
		}
	}
	for name, c := range map[string]struct {
		of      delivery
		before  *delivery // by a configuration that comes first
		partial bool      // the configuration leaves objects out
		frame   string
		total   int
	}{
		"fresh":               {of: delivery{made: fresh}, frame: "S3 Inventory of 2026-10-30", total: 20},
		"stale":               {of: delivery{made: now.Add(-9 * 24 * time.Hour)}, frame: "a whole listing", total: 21},
		"of-a-day-to-come":    {of: delivery{made: now.Add(9 * 24 * time.Hour)}, frame: "a whole listing", total: 21},
		"of-another":          {of: delivery{made: fresh, source: "others"}, frame: "a whole listing", total: 21},
		"partial":             {of: delivery{made: fresh}, partial: true, frame: "a whole listing", total: 21},
		"manifest-broken":     {of: delivery{made: fresh, damage: change("manifest.json", `{"sourceBucket":`)}, frame: "a whole listing", total: 21},
		"checksum-of-another": {of: delivery{made: fresh, damage: change("manifest.checksum", "00112233445566778899aabbccddeeff")}, frame: "a whole listing", total: 21},
		"not-yet-complete":    {of: delivery{made: fresh, damage: change("manifest.checksum", "")}, frame: "a whole listing", total: 21},
		"data-gone":           {of: delivery{made: fresh, damage: change("data", "")}, frame: "a whole listing", total: 21},
		"data-no-gzip":        {of: delivery{made: fresh, damage: change("data", "Bucket,Key\n")}, frame: "a whole listing", total: 21},
		"data-of-another": {of: delivery{made: fresh, damage: func(name, text string) string {
			if name == "data" {
				return text + text // twice the rows, and the checksum of once
			}
			return text
		}}, frame: "a whole listing", total: 21},
		"second-of-two": {before: &delivery{made: fresh, damage: func(name, text string) string {
			if name == "data" {
				return text + text
			}
			return text
		}}, of: delivery{made: fresh}, frame: "S3 Inventory of 2026-10-30", total: 20},
	} {
		t.Run(name, func(t *testing.T) {
			bucket(name)
			configure := func(id string, d delivery) {
				if d.source == "" {
					d.source = name
				}
				in := types.InventoryConfiguration{Id: &id, IsEnabled: aws.Bool(true), IncludedObjectVersions: types.InventoryIncludedObjectVersionsAll,
					Schedule:    &types.InventorySchedule{Frequency: types.InventoryFrequencyDaily},
					Destination: &types.InventoryDestination{S3BucketDestination: &types.InventoryS3BucketDestination{Bucket: aws.String("arn:aws:s3:::lists"), Prefix: aws.String("made"), Format: types.InventoryFormatCsv}}}
				if c.partial {
					in.Filter = &types.InventoryFilter{Prefix: aws.String("clients/")}
				}
				if _, err := api.PutBucketInventoryConfiguration(t.Context(), &s3.PutBucketInventoryConfigurationInput{Bucket: &name, Id: &id, InventoryConfiguration: &in}); err != nil {
					t.Fatal(err)
				}
				d.put(t, api, "made/"+name+"/"+id+"/")
			}
			var rows strings.Builder
			for i := range 20 {
				key, body := fmt.Sprintf("clients of day/%02d.csv", i), "id,iban\n1,"+iban(i)+"\n2,"+iban(i+100)+"\n"
				put(t, api, name, key, body, "")
				fmt.Fprintf(&rows, "%q,%q,\"\",\"true\",\"false\",\"%d\",\"2026-10-29T10:00:00.000Z\",\"%x\",\"STANDARD\"\n", name, strings.ReplaceAll(key, " ", "+"), len(body), md5.Sum([]byte(body))) //nolint:gosec // as above
			}
			fmt.Fprintf(&rows, "%q,\"gone.csv\",\"v\",\"true\",\"true\",\"\",\"2026-10-29T10:00:00.000Z\",\"\",\"\"\n%q,\"old.csv\",\"v\",\"false\",\"false\",\"9\",\"2026-10-28T10:00:00.000Z\",\"00\",\"STANDARD\"\n", name, name)
			put(t, api, name, "since.csv", "id,iban\n1,"+iban(7)+"\n2,"+iban(8)+"\n", "")
			if c.before != nil {
				c.before.rows = rows.String()
				configure("a", *c.before)
			}
			c.of.rows = rows.String()
			configure("b", c.of)

			got := awstest.Scan(t, "aws:region=eu-west-1,services=s3,endpoint="+endpoint, probity.Asks{Content: &probity.Budget{Objects: 40}, Live: probity.Live{Content: []string{"s3"}}})
			labels := labelsOf(t, got, "arn:aws:s3:::"+name)
			if len(labels.Items) != c.total {
				t.Errorf("got %d labels, want one of each of %d objects", len(labels.Items), c.total)
			}
			for _, l := range labels.Items {
				total, _ := l.Sample.Frame.Total.Get()
				if up, ok := l.Sample.Frame.Upper.Get(); l.Sample.Frame.Name != c.frame || total != c.total || !ok || up != 1 {
					t.Fatalf("got the frame %+v, want %s of %d objects and the bound 1", l.Sample.Frame, c.frame, c.total)
				}
			}
			_, gap := labels.Value()
			if since := gap != nil && gap.Because == "objects written since the S3 Inventory of 2026-10-30"; since != strings.HasPrefix(c.frame, "S3 Inventory") {
				t.Errorf("got the gap %v of a bucket drawn from %s", gap, c.frame)
			}
		})
	}
}
