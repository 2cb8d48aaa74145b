package pipeline

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
)

// TestEarlierScan: a store whose content this scan does not read bears the labels that were found in it before, found by ARN
// and then by kind and name. One that nobody scanned, or too long ago, says so.
func TestEarlierScan(t *testing.T) {
	t.Parallel()
	o := options(t, fake{})
	iban := func(at time.Time) probity.List[probity.Label] {
		return probity.Whole(nil, probity.Label{Detector: "iban", Category: probity.Financial, AsOf: at})
	}
	known := func(id, name string, labels probity.List[probity.Label]) probity.Asset {
		a := store(id)
		a.Name, a.Labels = name, labels
		return a
	}
	before := []probity.Asset{
		known("arn:aws:s3:::records", "records", iban(o.Now)), known("arn:aws:s3:::named", "named", iban(o.Now)),
		known("arn:aws:s3:::old", "old", iban(o.Now.AddDate(0, 0, -91))), known("arn:aws:s3:::clean", "clean", probity.Whole[probity.Label](nil)),
		known("arn:aws:s3:::unread", "unread", probity.List[probity.Label]{}),
		known("arn:aws:x:1:twin", "twin", iban(o.Now)), known("arn:aws:x:2:twin", "twin", probity.Whole[probity.Label](nil)),
	}
	before = append(before, known("arn:aws:x:1:half", "half", probity.Whole[probity.Label](nil)), known("arn:aws:x:2:half", "half", probity.List[probity.Label]{}),
		known("arn:aws:x:1:far", "far", probity.Whole[probity.Label](nil)))
	queue := known("arn:aws:sqs:::queue", "other", iban(o.Now))
	queue.Kind = "aws.sqs.queue"
	scan := probity.Scan{Header: probity.Header{Started: o.Now}, Assets: each(append(before, queue))}
	index, err := inventory.Labels(scan, func(probity.Asset) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	planned := func(name string, aliases ...string) probity.Asset {
		a := store("aws_s3_bucket." + name)
		a.Root, a.Name, a.Aliases = "infra", name, aliases
		return a
	}
	key := planned("key")
	key.Class = probity.Key
	for form, s := range map[string]probity.Scan{"scan": scan, "index": index} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			o := options(t, fake{"": {planned("records", "arn:aws:s3:::records"), planned("named"), planned("old"), planned("clean"), planned("unread"), planned("twin"),
				planned("half"), planned("far", "arn:aws:x:2:far"),
				planned("other"), key}})
			if o.Prior, err = inventory.Read(s); err != nil {
				t.Fatal(err)
			}
			o.MaxAge = 90 * 24 * time.Hour
			got := map[string]string{}
			for _, a := range slurp(t, run(t, o).Assets) {
				_, gap := a.Labels.Value()
				switch {
				case gap != nil:
					got[a.Name] = gap.Because
				case len(a.Labels.Items) == 1:
					got[a.Name] = a.Labels.Items[0].Detector
				default:
					got[a.Name] = "nothing"
				}
			}
			if diff := cmp.Diff(map[string]string{"records": "iban", "named": "iban", "old": notScanned + " since " + o.Now.AddDate(0, 0, -91).Format(time.DateOnly), "clean": "nothing",
				"unread": notScanned, "half": notScanned + " under a name that is its alone", "far": notScanned, "twin": notScanned + " under a name that is its alone", "other": notScanned, "key": ""}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
