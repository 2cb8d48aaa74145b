package inventory_test

import (
	"context"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
)

// told is a history that tells what it is given, the newest first, by the names that the stores were kept under.
type told []probity.Asset

func (of told) Known(_ context.Context, name string) ([]probity.Asset, error) {
	var out []probity.Asset
	for _, a := range of {
		for _, k := range inventory.Keys(a) {
			if k == name {
				out = append(out, a)
				break
			}
		}
	}
	return out, nil
}

// TestOver: of what several scans tell of one store the newest look into it counts, with its time.
func TestOver(t *testing.T) {
	t.Parallel()
	day := func(n int) *probity.Origin {
		return &probity.Origin{Call: "an earlier scan", At: time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)}
	}
	bucket := func(id string, seen int, labels probity.List[probity.Label]) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: id}, Aliases: []string{"arn:aws:s3:::clients"}, Kind: "aws.s3.bucket", Class: probity.Bucket, Origin: day(seen), Labels: labels}
	}
	mail := probity.Whole(nil, probity.Label{Detector: "email", Category: probity.Contact})
	none := probity.List[probity.Label]{}
	for name, c := range map[string]struct {
		history told
		want    int // day of the look; 0: nobody looked
		items   int
	}{
		"seen once":              {told{bucket("arn:aws:s3:::clients", 3, mail)}, 3, 1},
		"nobody looked":          {told{bucket("arn:aws:s3:::clients", 3, none)}, 0, 0},
		"seen later, not looked": {told{bucket("arn:aws:s3:::clients", 5, none), bucket("arn:aws:s3:::clients", 3, mail)}, 3, 1},
		"looked again":           {told{bucket("arn:aws:s3:::clients", 5, probity.Whole[probity.Label](nil)), bucket("arn:aws:s3:::clients", 3, mail)}, 5, 0},
		"by two sources":         {told{bucket("s3://clients", 5, mail), bucket("arn:aws:s3:::clients", 3, probity.Whole[probity.Label](nil))}, 5, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := inventory.Over(c.history).Known(t.Context(), "arn:aws:s3:::clients")
			if err != nil || len(got) != 1 || len(got[0].Labels.Items) != c.items {
				t.Fatalf("got %+v, %v, want one store with %d labels", got, err, c.items)
			}
			from := got[0].Labels.From()
			if (from == nil) != (c.want == 0) || from != nil && !from.At.Equal(day(c.want).At) {
				t.Errorf("got the look %v, want that of day %d", from, c.want)
			}
		})
	}
}
