package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/kinds"
)

// demands tells what the policy of a bucket demands of whoever asks, and whom it gives everything.
func demands(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	policy := a.Exposure.Declared.Policy
	if _, told := a.Settings["refuses_old_tls"].Get(); a.Kind != bucketKind || policy.IsZero() || told {
		return false, nil
	}
	e := evidence(a, policyPath, policy)
	e.Value = nil
	own := kinds.S3{RefusesOldTLS: known(false, e).fact(), DemandsKey: known(false, e).fact(), ShortLinks: known(false, e).fact(), Everything: probity.Whole[string](derived(e))}
	text, ok := policy.Get()
	doc, err := access.Policy{}, error(nil)
	if ok && text.Set {
		if doc, err = access.Parse(text.Value); err != nil {
			e.Gap = &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
		}
	}
	if e.Gap != nil {
		lost := unknown(e.Gap, e).fact()
		own = kinds.S3{RefusesOldTLS: lost, DemandsKey: lost, ShortLinks: lost, Everything: probity.Open[string](*e.Gap, derived(e))}
	} else if text.Set {
		own.RefusesOldTLS, own.DemandsKey, own.ShortLinks = demanded(e, doc.RefusesOldTLS), demanded(e, doc.DemandsKey), demanded(e, func() (bool, *probity.Gap) { return doc.LimitsSignatures(hour) })
		who, gap := doc.Everything("s3", a.Scope.Account)
		if own.Everything = probity.Whole(derived(e), who...); gap != nil {
			own.Everything = probity.Open(*gap, derived(e), who...)
		}
	}
	all, said := probity.SettingsOf(own), probity.Settings{}
	for _, name := range []string{"refuses_old_tls", "demands_key", "limits_signatures", "everything_granted"} {
		said[name] = all[name]
	}
	a.Settings = a.Settings.With(said)
	return true, nil
}

const hour = 3600000 // milliseconds

func demanded(e probity.Evidence, is func() (bool, *probity.Gap)) probity.Fact[bool] {
	yes, gap := is()
	if gap != nil {
		e.Gap = gap
		return unknown(gap, e).fact()
	}
	return known(yes, e).fact()
}
