package aws_test

import (
	"archive/zip"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// archived packs a table twice, with a picture between.
func archived(t *testing.T, table string, noise int) string {
	t.Helper()
	picture := make([]byte, noise)
	rand.NewChaCha8([32]byte{}).Read(picture) //nolint:errcheck // never fails
	var out strings.Builder
	z := zip.NewWriter(&out)
	for _, f := range [][2]string{{"first.csv", table}, {"picture.png", "\x89PNG" + string(picture)}, {"last.csv", table}} {
		w, err := z.Create(f[0])
		if err == nil {
			_, err = io.WriteString(w, f[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestContentOfServer reads real objects of a real server that speaks S3, and nothing else: no accounts, no identities.
func TestContentOfServer(t *testing.T) {
	endpoint := awstest.Server(t)
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), func(o *s3.Options) { o.UsePathStyle = true })
	name := "exports"
	if _, err := api.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
	row := func(i int) string { return fmt.Sprintf("%d,%s\n", i, iban(i)) }
	var large strings.Builder
	large.WriteString("id,iban\n")
	for i := range 3000 {
		large.WriteString(row(i))
	}
	put(t, api, name, "clients/large.csv", large.String(), "")
	for i := range 40 {
		put(t, api, name, fmt.Sprintf("notes/%02d.txt", i), "nothing but a note on the weather", "")
	}
	scan := func(b probity.Budget) awstest.Scanned {
		return awstest.Scan(t, "aws:s3,endpoint="+endpoint, probity.Asks{Content: &b, Live: probity.Live{Content: []string{"s3"}}})
	}
	t.Run("whole", func(t *testing.T) {
		got := scan(probity.Budget{})
		labels := labelsOf(t, got, "arn:aws:s3:::exports")
		if _, gap := labels.Value(); gap != nil || len(labels.Items) != 1 || labels.Items[0].On != "clients/large.csv:iban" || labels.Items[0].Found < 2900 {
			t.Errorf("got %+v and the gap %v, want the IBANs of one object", labels.Items, gap)
		}
		if len(got.Reads) != 1 || got.Reads[0].Objects != 41 {
			t.Errorf("got the reads %+v, want 41 objects", got.Reads)
		}
	})
	t.Run("a part of each object", func(t *testing.T) {
		got := scan(probity.Budget{Bytes: 4096})
		labels := labelsOf(t, got, "arn:aws:s3:::exports")
		if _, gap := labels.Value(); gap == nil || gap.Reason != probity.Sampled || len(labels.Items) != 1 || labels.Items[0].Found > 200 {
			t.Errorf("got %+v and the gap %v, want some IBANs of a part", labels.Items, gap)
		}
		if got.Reads[0].Bytes > 4096+40*100 {
			t.Errorf("read %d bytes, want no more than the budget", got.Reads[0].Bytes)
		}
	})
	t.Run("a large archive in places", func(t *testing.T) {
		put(t, api, name, "packed/a.zip", archived(t, "id,iban\n"+row(1)+row(2), 1<<20), "")
		b := probity.Budget{Bytes: 256 << 10}
		got := scan(b)
		labels := labelsOf(t, got, "arn:aws:s3:::exports")
		_, gap := labels.Value()
		if gap == nil || gap.Because != "format not read: png image" || len(labels.Items) != 3 || labels.Items[1].On != "packed/a.zip:first.csv:iban" || labels.Items[2].On != "packed/a.zip:last.csv:iban" {
			t.Errorf("got %+v and the gap %v, want the IBANs at both ends of the archive", labels.Items, gap)
		}
		if got.Reads[0].Bytes > 512<<10 {
			t.Errorf("read %d bytes, want little of the archive", got.Reads[0].Bytes)
		}
		key := "packed/a.zip"
		if _, err := api.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: &name, Key: &key}); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("no more requests than allowed", func(t *testing.T) {
		got := scan(probity.Budget{Requests: 10})
		if n := got.Reads[0].Objects; n > 10 {
			t.Errorf("read %d objects, want 10", n)
		}
		if _, gap := labelsOf(t, got, "arn:aws:s3:::exports").Value(); gap == nil || !strings.Contains(gap.Because, "budget") {
			t.Errorf("got the gap %v, want that of the budget", gap)
		}
	})
	t.Run("seeks where a listing would cost too much", func(t *testing.T) {
		for i := range 1100 {
			put(t, api, name, fmt.Sprintf("many/%04d.txt", i), "nothing", "")
		}
		got := scan(probity.Budget{Listing: 1, Objects: 10})
		labels := labelsOf(t, got, "arn:aws:s3:::exports")
		if _, gap := labels.Value(); gap == nil || !strings.Contains(gap.Because, "random seeks") {
			t.Errorf("got the gap %v, want that the objects were found by seeks", gap)
		}
		for _, l := range labels.Items {
			if _, known := l.Sample.Frame.Upper.Get(); known {
				t.Errorf("%s has a bound, which seeks do not allow", l.On)
			}
		}
	})
}
