package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// iban makes the i-th IBAN of a bank that is none, with its check digits.
func iban(i int) string {
	account := fmt.Sprintf("%018d", 100000000+i)
	rest := 0
	for _, d := range account + "131400" { // DE00
		rest = (rest*10 + int(d-'0')) % 97
	}
	return fmt.Sprintf("DE%02d%s", 98-rest, account)
}

func put(t *testing.T, api *s3.Client, bucket, key, body string, class types.StorageClass) {
	t.Helper()
	if _, err := api.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(body), StorageClass: class}); err != nil {
		t.Fatal(err)
	}
}

func TestContentOfBucket(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), func(o *s3.Options) { o.UsePathStyle = true })
	name := "exports"
	if _, err := api.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		rows := "id,iban\n"
		for j := range 20 {
			rows += fmt.Sprintf("%d,%s\n", j, iban(20*i+j))
		}
		put(t, api, name, fmt.Sprintf("clients/%02d.csv", i), rows, "")
		put(t, api, name, fmt.Sprintf("logos/%02d.txt", i), "a picture of a mountain", "")
	}
	put(t, api, name, "old/2001.csv", "id,iban\n1,"+iban(1)+"\n", types.StorageClassGlacier)
	target := "aws:region=eu-west-1,services=s3,endpoint=" + endpoint
	asks := probity.Asks{Content: &probity.Budget{Objects: 20}, Live: probity.Live{Content: []string{"s3"}}}

	t.Run("off unless asked for", func(t *testing.T) {
		for _, a := range []probity.Asks{{}, {Content: &probity.Budget{}}, {Live: asks.Live}} {
			got := awstest.Scan(t, target, a)
			if len(got.Reads) > 0 {
				t.Errorf("%+v: content was read", a)
			}
			for _, c := range got.Calls {
				if c.Operation == "GetObject" {
					t.Errorf("%+v: %s was called", a, c.Operation)
				}
			}
		}
	})
	t.Run("sampled", func(t *testing.T) {
		got := awstest.Scan(t, target, asks)
		labels := labelsOf(t, got, "arn:aws:s3:::exports")
		_, gap := labels.Value()
		if gap == nil || gap.Reason != probity.Sampled && gap.Reason != probity.NotCollected {
			t.Errorf("got the gap %v, want that the bucket was sampled", gap)
		}
		if len(labels.Items) == 0 {
			t.Fatal("no label, want IBANs")
		}
		for _, l := range labels.Items {
			f := l.Sample.Frame
			if l.Detector != "iban" || !strings.HasPrefix(l.On, "clients/") || f == nil || f.Read < 15 || f.Found == 0 {
				t.Errorf("got %+v, want an IBAN below clients/ with what it was drawn from", l)
				continue
			}
			if total, ok := f.Total.Get(); !ok || total != 61 {
				t.Errorf("got %d objects in the frame, want 61", total)
			}
			if up, ok := f.Upper.Get(); !ok || up <= float64(f.Found)/float64(f.Read) || up > 1 {
				t.Errorf("got the bound %.2f of %d in %d", up, f.Found, f.Read)
			}
		}
		if len(got.Reads) != 1 || got.Reads[0].Bytes == 0 || !strings.HasPrefix(got.Reads[0].Identity, "arn:") || got.Reads[0].Store.ID != "arn:aws:s3:::exports" {
			t.Errorf("got the reads %+v, want who read what", got.Reads)
		}
	})
	t.Run("whole, but for what is archived", func(t *testing.T) {
		whole := asks
		whole.Content = &probity.Budget{Objects: 100}
		labels := labelsOf(t, awstest.Scan(t, target, whole), "arn:aws:s3:::exports")
		if _, gap := labels.Value(); gap == nil || gap.Because != "archived objects" || len(labels.Items) != 30 {
			t.Errorf("got %d labels and the gap %v, want 30 and the archived object", len(labels.Items), gap)
		}
	})
	t.Run("refused where it may not be taken", func(t *testing.T) {
		away := asks
		away.Live.Country, away.Live.Residence = "US", []probity.Residence{{Stores: []string{"exp*"}, Countries: []string{"DE", "IE"}}}
		got := awstest.Scan(t, target, away)
		if _, gap := labelsOf(t, got, "arn:aws:s3:::exports").Value(); gap == nil || !strings.Contains(gap.Because, "DE, IE only") || len(got.Reads) > 0 {
			t.Errorf("got the gap %v and %d reads, want a refusal", gap, len(got.Reads))
		}
	})
}

// labelsOf are those of the fragment that says any.
func labelsOf(t *testing.T, s awstest.Scanned, id string) probity.List[probity.Label] {
	t.Helper()
	for _, a := range s.Assets {
		if a.ID == id && !a.Labels.IsZero() {
			return a.Labels
		}
	}
	t.Fatalf("nobody says what %s holds", id)
	return probity.List[probity.Label]{}
}
