package kinds

import (
	"testing"

	"github.com/probity-scan/probity"
)

func TestInapplicable(t *testing.T) {
	t.Parallel()
	a := probity.Asset{Kind: SQLiteTable}
	a.Encryption.InTransit = probity.Known(true, nil)
	Inapplicable(&a)
	if v, ok := a.Encryption.InTransit.Get(); !ok || !v {
		t.Error("what somebody told must stay")
	}
	if _, g := a.Exposure.Public.Value(); g.Reason != probity.NotApplicable {
		t.Errorf("a table's exposure is its database's: got %s", g.Reason)
	}
	if _, g := a.Retention.Rules.Value(); g.Reason != probity.NotCollected {
		t.Errorf("whether rows are deleted is not told, and not impossible: got %s", g.Reason)
	}
	b := probity.Asset{Kind: S3Bucket}
	Inapplicable(&b)
	for p, l := range probity.Leaves(b) {
		if _, g := l.Value(); g == nil || g.Reason != probity.NotCollected {
			t.Errorf("%s of a bucket became %v", p, g)
		}
	}
}
