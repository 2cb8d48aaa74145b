package aws_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestContentFaults: an object that cannot be read, or not to its end, is a gap of its bucket; what others hold is told.
func TestContentFaults(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), func(o *s3.Options) { o.UsePathStyle = true })
	row := func(i int) string { return fmt.Sprintf("%d,%s\n", i, iban(i)) }
	for _, name := range []string{"exports", "shared"} {
		if _, err := api.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}); err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			put(t, api, name, fmt.Sprintf("%d.csv", i), "id,iban\n"+strings.Repeat(row(i), 400), "")
		}
	}
	p := awstest.NewProxy(t, endpoint)
	object := func(key string) func(awstest.Request) bool {
		return func(r awstest.Request) bool { return r.Called == "S3.GetObject" && strings.Contains(r.Operation, key) }
	}
	denied := func(text string) awstest.Fault {
		return awstest.Answer(object("/exports/3.csv"), http.StatusForbidden, "AccessDenied", text)
	}
	half := "id,iban\n" + strings.Repeat(row(3), 100) + "100,DE"
	for name, c := range map[string]struct {
		fault   awstest.Fault
		labels  int
		objects int
		gap     probity.Gap
	}{
		"key that may not be used": {fault: denied("User: arn:aws:sts::123456789012:assumed-role/audit/probity is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/1 because no identity-based policy allows the kms:Decrypt action"),
			labels: 4, objects: 4, gap: probity.Gap{Reason: probity.Denied, Because: "AccessDenied", Needs: "kms:Decrypt on the key of the objects"}},
		"key of another account": {fault: denied("The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."),
			labels: 4, objects: 4, gap: probity.Gap{Reason: probity.Denied, Because: "AccessDenied", Needs: "kms:Decrypt on the key of the objects"}},
		"key that is disabled": {fault: awstest.Answer(object("/exports/3.csv"), http.StatusBadRequest, "KMS.DisabledException", "arn:aws:kms:eu-west-1:123456789012:key/1 is disabled."),
			labels: 4, objects: 4, gap: probity.Gap{Reason: probity.Unreadable, Because: "s3:GetObject: KMS.DisabledException", Needs: "the key of the objects enabled"}},
		"reader is to pay": {fault: awstest.Answer(object("/exports/"), http.StatusForbidden, "AccessDenied", "Access Denied"),
			gap: probity.Gap{Reason: probity.Denied, Because: "AccessDenied", Needs: "s3:GetObject, or, of a bucket whose readers pay, a role of its own account"}},
		"archived by tiering": {fault: awstest.Answer(object("/exports/3.csv"), http.StatusForbidden, "InvalidObjectState", "The operation is not valid for the object's access tier"),
			labels: 4, objects: 4, gap: probity.Gap{Reason: probity.NotCollected, Because: "archived objects", Needs: "the objects restored"}},
		"cut off": {fault: func(r awstest.Request, w http.ResponseWriter) bool {
			if !object("/exports/3.csv")(r) {
				return false
			}
			w.Header().Set("Content-Length", fmt.Sprint(len(half)+5000))
			_, _ = w.Write([]byte(half))
			panic(http.ErrAbortHandler)
		}, labels: 5, objects: 5, gap: probity.Gap{Reason: probity.Unreachable, Because: "answers that were cut off, or are not what was stored", Needs: "another try"}},
	} {
		t.Run(name, func(t *testing.T) {
			p.Set(c.fault)
			got := awstest.Scan(t, "aws:region=eu-west-1,services=s3,endpoint="+p.URL, probity.Asks{Content: &probity.Budget{}, Live: probity.Live{Content: []string{"s3"}}})
			labels := labelsOf(t, got, "arn:aws:s3:::exports")
			if _, gap := labels.Value(); gap == nil || *gap != c.gap || len(labels.Items) != c.labels {
				t.Errorf("got %d labels and the gap %+v, want %d and %+v", len(labels.Items), gap, c.labels, c.gap)
			}
			for _, l := range labels.Items {
				if up, _ := l.Sample.Frame.Upper.Get(); l.On == "3.csv:iban" && l.Found > 100 || up != 1 {
					t.Errorf("got %+v, want no more than was read, and that any object may hold it", l)
				}
			}
			if _, gap := labelsOf(t, got, "arn:aws:s3:::shared").Value(); gap != nil || len(labelsOf(t, got, "arn:aws:s3:::shared").Items) != 5 {
				t.Errorf("another bucket has the gap %+v", gap)
			}
			objects := 0
			for _, r := range got.Reads {
				if r.Store.ID == "arn:aws:s3:::exports" {
					objects = r.Objects
				}
				if r.Store.ID == "arn:aws:s3:::exports" && name == "cut off" && r.Bytes < int64(len(half)) {
					t.Errorf("the record of reads has %d bytes, want all that came", r.Bytes)
				}
			}
			if objects != c.objects {
				t.Errorf("the record of reads has %d objects, want %d", objects, c.objects)
			}
		})
	}
}

// TestContentRestored: of archived objects those are read that somebody had restored.
func TestContentRestored(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := s3.NewFromConfig(awstest.Config(t, endpoint, awstest.Region), func(o *s3.Options) { o.UsePathStyle = true })
	name := "exports"
	if _, err := api.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		put(t, api, name, fmt.Sprintf("%d.csv", i), "id,iban\n1,"+iban(i)+"\n2,"+iban(i+9)+"\n", types.StorageClassGlacier)
	}
	key, days := "1.csv", int32(2)
	if _, err := api.RestoreObject(t.Context(), &s3.RestoreObjectInput{Bucket: &name, Key: &key, RestoreRequest: &types.RestoreRequest{Days: &days}}); err != nil {
		t.Fatal(err)
	}
	p := awstest.NewProxy(t, endpoint)
	p.Rewrite(func(r awstest.Request, body string) string { // which the emulator does not list
		status := "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2026-11-03T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>"
		if r.Called == "S3.ListObjectsV2" && r.Optional == "RestoreStatus" {
			body = strings.Replace(body, "<Key>1.csv</Key>", "<Key>1.csv</Key>"+status, 1)
			body = strings.Replace(body, "<Key>2.csv</Key>", "<Key>2.csv</Key><RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>", 1)
		}
		return body
	})
	got := awstest.Scan(t, "aws:region=eu-west-1,services=s3,endpoint="+p.URL, probity.Asks{Content: &probity.Budget{}, Live: probity.Live{Content: []string{"s3"}}})
	labels := labelsOf(t, got, "arn:aws:s3:::exports")
	if _, gap := labels.Value(); gap == nil || gap.Because != "archived objects" || len(labels.Items) != 1 || labels.Items[0].On != "1.csv:iban" {
		t.Errorf("got %+v and the gap %v, want the one that was restored", labels.Items, gap)
	}
}
