package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

// shownFact is a value, or the reason why there is none.
func shownFact[T any](f probity.Fact[T]) string {
	if v, ok := f.Get(); ok {
		return fmt.Sprint(v)
	}
	_, g := f.Value()
	return string(g.Reason)
}

func shownList(l probity.List[string]) string {
	if _, g := l.Value(); g != nil {
		return fmt.Sprint(l.Items, " ", g.Reason)
	}
	return fmt.Sprint(l.Items)
}

// TestGuardians: a store tells of its key what the key tells of itself, and why where nobody knows.
func TestGuardians(t *testing.T) {
	t.Parallel()
	guarded := func(m probity.KeyManager, links ...probity.Link) probity.Asset {
		a := store("s", probity.List[probity.Label]{}, links...)
		a.Encryption.Manager = probity.Known(m, nil)
		return a
	}
	key := func(on, dying, several bool, outside ...probity.Grant) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "k"}, Kind: "aws.kms.key", Class: probity.Key, Exposure: probity.Exposure{Public: probity.Known(false, nil), Outside: probity.Whole(nil, outside...)},
			Settings: probity.Settings{"enabled": probity.Known[any](on, nil), "pending_deletion": probity.Known[any](dying, nil), "multi_region": probity.Known[any](several, nil)}}
	}
	by := to(probity.EncryptedBy, "k")
	for name, c := range map[string]struct {
		assets []probity.Asset // the first one is asked
		want   string
	}{
		"of the provider":     {[]probity.Asset{guarded(probity.ProviderOwned)}, "true false []"},
		"none":                {[]probity.Asset{guarded(probity.NoKey)}, "not-applicable not-applicable [] not-applicable"},
		"nobody knows whose":  {[]probity.Asset{store("s", probity.List[probity.Label]{})}, "not-collected not-collected [] not-collected"},
		"elsewhere":           {[]probity.Asset{guarded(probity.CustomerManaged, by)}, "not-collected not-collected [] not-collected"},
		"without a name":      {[]probity.Asset{guarded(probity.CustomerManaged)}, "not-collected not-collected [] not-collected"},
		"in use":              {[]probity.Asset{guarded(probity.CustomerManaged, by), key(true, false, false)}, "true false []"},
		"switched off":        {[]probity.Asset{guarded(probity.CustomerManaged, by), key(false, false, true)}, "false true []"},
		"about to be deleted": {[]probity.Asset{guarded(probity.CustomerManaged, by), key(true, true, false)}, "false false []"},
		"decided outside": {[]probity.Asset{guarded(probity.CustomerManaged, by), key(true, false, false, probity.Grant{Principal: "222222222222", Actions: []string{"kms:*"}},
			probity.Grant{Principal: "333333333333", Actions: []string{"kms:Decrypt"}})}, "true false [222222222222]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := run(t, c.assets)["s"].Encryption
			if got := shownFact(e.KeyUsable) + " " + shownFact(e.KeyElsewhere) + " " + shownList(e.KeyDeciders); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestSinks: all places that a store logs to are asked together.
func TestSinks(t *testing.T) {
	t.Parallel()
	sink := func(id string, public bool, manager probity.KeyManager) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: id}, Kind: "k", Class: probity.Log, Exposure: probity.Exposure{Public: probity.Known(public, nil)},
			Encryption: probity.Encryption{Manager: probity.Known(manager, nil)}, Retention: probity.Retention{Rules: probity.Whole(nil, probity.Expiry{Days: 30})}}
	}
	bucket := sink("b", false, probity.CustomerManaged)
	bucket.Class, bucket.Audit.Access, bucket.Retention.Lock = probity.Bucket, probity.Known(true, nil), probity.Known(probity.Some(30), nil)
	bucket.Retention.Rules = probity.Whole[probity.Expiry](nil)
	for name, c := range map[string]struct {
		assets []probity.Asset // the first one is asked
		want   string
	}{
		"nowhere":   {[]probity.Asset{store("s", probity.List[probity.Label]{})}, "not-collected not-collected not-collected not-collected not-collected"},
		"elsewhere": {[]probity.Asset{store("s", probity.List[probity.Label]{}, to(probity.LogsTo, "l"))}, "not-collected not-collected not-collected not-collected not-collected"},
		"a log":     {[]probity.Asset{store("s", probity.List[probity.Label]{}, to(probity.LogsTo, "l")), sink("l", true, probity.ProviderOwned)}, "true not-applicable not-applicable false true"},
		"both": {[]probity.Asset{store("s", probity.List[probity.Label]{}, to(probity.LogsTo, "l"), to(probity.LogsTo, "b")), bucket, sink("l", true, probity.CustomerManaged)},
			"true true true true false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := run(t, c.assets)["s"].Audit.Sink
			got := shownFact(s.Public) + " " + shownFact(s.AccessLogged) + " " + shownFact(s.Locked) + " " + shownFact(s.OwnKey) + " " + shownFact(s.Expires)
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
