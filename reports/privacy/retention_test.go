package privacy

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// A bucket with versions keeps what its rule deletes, as an old version, until another rule ends that.
func TestKeepWithVersions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		versions probity.Fact[bool]
		rules    []probity.Expiry
		want     string
		why      string
	}{
		"no versions":              {probity.Known(false, nil), []probity.Expiry{{Days: 300}}, "kept", "300 days after writing"},
		"nobody knows of versions": {probity.Fact[bool]{}, []probity.Expiry{{Days: 300}}, "kept", "300 days after writing"},
		"old versions end":         {probity.Known(true, nil), []probity.Expiry{{Days: 365}, {Days: 30, Noncurrent: true}}, "kept", "old versions 30 days after that"},
		"old versions never end":   {probity.Known(true, nil), []probity.Expiry{{Days: 300}}, "no-rule", "old versions until somebody deletes them"},
		"all ends too late":        {probity.Known(true, nil), []probity.Expiry{{Days: 400}}, "too-long", "365 days are declared"},
	} {
		s := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::logs"}, Class: probity.Bucket}
		s.Resilience.Versioning, s.Retention.Rules = c.versions, probity.Whole(nil, c.rules...)
		k := (&Estate{Now: now()}).keep(probity.Activity{ID: "shop", Days: probity.Known(365, nil)}, s)
		if k.Verdict != c.want || !strings.Contains(k.Why, c.why) {
			t.Errorf("%s: got %s (%s), want %s (%s)", name, k.Verdict, k.Why, c.want, c.why)
		}
	}
}
