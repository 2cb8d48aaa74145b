package pipeline

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestLedgerTellsTheSame: what outcomes share comes back as it was judged, with the names, facts and origins of each asset, and
// stores that are set alike share.
func TestLedgerTellsTheSame(t *testing.T) {
	t.Parallel()
	o := options(t, nil)
	var err error
	if o.Corpus, err = policies.Load(t.Context(), policies.Options{}); err != nil {
		t.Fatal(err)
	}
	defer o.Corpus.Close()
	var assets []*probity.Asset
	for i := range 60 {
		at := &probity.Origin{Call: "s3:GetBucketPolicy"}
		a := bare(fmt.Sprintf("arn:aws:s3:::clinic-%03d", i))
		a.Name = fmt.Sprintf("clinic-%03d", i)
		a.Exposure.Public = probity.Known(i%2 == 0, at)
		a.Exposure.Outside = probity.Whole(at, probity.Grant{Principal: "*", Actions: []string{"s3:GetObject"}}, probity.Grant{Principal: "999999999999", Actions: []string{"s3:*"}})
		a.Resilience.Versioning = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketVersioning"}, at)
		a.Location.Country = probity.Known("US", at)
		a.Settings = probity.SettingsOf(kinds.S3{})
		switch i % 3 {
		case 0:
			a.Labels = probity.Whole(at, probity.Label{Detector: "iban", Category: probity.Financial, On: "accounts.csv"})
		case 1:
			a.Labels = probity.Whole(&probity.Origin{File: "exports/people.csv"}, probity.Label{Detector: "email", Category: probity.Contact, On: "people.csv", Origin: &probity.Origin{File: "exports/people.csv"}})
		}
		assets = append(assets, &a)
	}
	l, err := judge(t.Context(), o, assets, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := slurp(t, o.Corpus.Judge(t.Context(), policies.Estate{Assets: eachOf(assets), Linked: func(probity.Ref) (probity.Asset, bool) { return probity.Asset{}, false }, Now: o.Now}))
	if diff := cmp.Diff(want, slurp(t, l.all())); diff != "" {
		t.Error(diff)
	}
	shared, shares, whole := 0, map[*held]bool{}, len(l.whole)
	for _, e := range l.entries {
		if e.more > 0 {
			shared++
			shares[l.shares[e.more-1]] = true
		}
	}
	if shared < 500 || len(shares) > shared/8 || whole > shared/5 {
		t.Errorf("%d outcomes share %d, %d are kept whole", shared, len(shares), whole)
	}
}
