package inventory_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
)

// TestLabelsTellNoName: the index of labels names no store, column or object, and leaves out stores that were not asked for. One
// that nobody looked into is there, so that its name is not taken for another's.
func TestLabelsTellNoName(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	label := func(on string, found int) probity.Label {
		return probity.Label{Detector: "iban", Category: probity.Financial, On: on, Found: found, Distinct: found, Protection: probity.Clear, AsOf: at, Version: "etag-secretive",
			Origin: &probity.Origin{File: "secretive/file"}, Inherited: &probity.Ref{ID: "secretive"}}
	}
	a := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::secretive-bucket"}, Name: "secretive-bucket", Kind: "aws.s3.bucket", Class: probity.Bucket,
		Tags: probity.Known(map[string]string{"secretive": "x"}, nil), Aliases: []string{"secretive-alias"}}
	a.Labels = probity.Open(probity.Gap{Reason: probity.Sampled, Because: "secretive/object"}, nil, label("secretive.csv:iban", 3), label("secretive.csv:other", 5))
	other := a
	other.ID, other.Name, other.Aliases = "arn:aws:s3:::left-out", "left-out", nil
	unread := a
	unread.ID, unread.Labels = "arn:aws:s3:::unread", probity.List[probity.Label]{}
	scan := probity.Scan{Header: probity.Header{Tool: "probity", Started: at, Targets: []string{"secretive"}}, Assets: func(yield func(probity.Asset, error) bool) {
		_ = yield(a, nil) && yield(other, nil) && yield(unread, nil)
	}}
	index, err := inventory.Labels(scan, func(a probity.Asset) bool { return a.Name != "left-out" })
	if err != nil {
		t.Fatal(err)
	}
	var got []probity.Asset
	for a, err := range index.Assets {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, a)
	}
	b, err := json.Marshal(struct {
		probity.Header
		Assets []probity.Asset
	}{index.Header, got})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || !got[1].Labels.IsZero() || strings.Contains(string(b), "secretive") || strings.Contains(string(b), "s3:::") {
		t.Errorf("got %s", b)
	}
	if l := got[0].Labels.Items; len(l) != 1 || l[0].Found != 8 || l[0].Distinct != 5 || !l[0].AsOf.Equal(at) || l[0].Category != probity.Financial {
		t.Errorf("got %+v, want one label for both columns", l)
	}
	if _, gap := got[0].Labels.Value(); gap == nil || gap.Reason != probity.Sampled {
		t.Errorf("got %v, want a list as open as it was", gap)
	}
}
