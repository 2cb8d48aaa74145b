package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

func TestShared(t *testing.T) {
	t.Parallel()
	grant := func(p string) probity.List[probity.Grant] { return probity.Whole(nil, probity.Grant{Principal: p}) }
	text := func(s string) probity.Fact[probity.Optional[string]] { return probity.Known(probity.Some(s), nil) }
	denied := probity.Gap{Reason: probity.Denied}
	for name, c := range map[string]struct {
		class    probity.Class
		declared probity.Declared
		public   string
		outside  string
	}{
		"snapshot of its own":        {probity.Snapshot, probity.Declared{ACL: probity.Whole[probity.Grant](nil)}, "false", "[] whole"},
		"snapshot for everybody":     {probity.Snapshot, probity.Declared{ACL: grant("*")}, "true", "[*] whole"},
		"snapshot for an account":    {probity.Snapshot, probity.Declared{ACL: grant("444455556666")}, "false", "[444455556666] whole"},
		"snapshot for its account":   {probity.Snapshot, probity.Declared{ACL: grant("111122223333")}, "false", "[] whole"},
		"snapshot, sharing not read": {probity.Snapshot, probity.Declared{ACL: probity.Open[probity.Grant](denied, nil)}, "unknown", "[] denied"},
		"snapshot nobody looked at":  {probity.Snapshot, probity.Declared{}, "unknown", "[] not-collected"},
		"key for everybody":          {probity.Key, probity.Declared{Policy: text(publicPolicy)}, "true", "[*] whole"},
		"key for its account":        {probity.Key, probity.Declared{Policy: text(ownPolicy)}, "false", "[] whole"},
		"key with a broken policy":   {probity.Key, probity.Declared{Policy: text("{")}, "unknown", "[] unreadable"},
		"table without a policy":     {probity.Table, probity.Declared{Policy: probity.Known(probity.Optional[string]{}, nil)}, "false", "[] whole"},
		"queue for everybody":        {probity.Queue, probity.Declared{Policy: text(publicPolicy)}, "true", "[*] whole"},
		"vault for its account":      {probity.Backup, probity.Declared{Policy: text(ownPolicy)}, "false", "[] whole"},
		"vault shared as well":       {probity.Backup, probity.Declared{Policy: text(ownPolicy), ACL: grant("444455556666")}, "false", "[444455556666] whole"},
		"search without an address":  {probity.Search, probity.Declared{Policy: text(publicPolicy), Addressed: probity.Known(false, nil)}, "false", "[*] whole"},
		"search with an address":     {probity.Search, probity.Declared{Policy: text(publicPolicy), Addressed: probity.Known(true, nil)}, "true", "[*] whole"},
		"files without an address":   {probity.Filesystem, probity.Declared{Policy: text(publicPolicy), Addressed: probity.Known(false, nil)}, "false", "[*] whole"},
		"network":                    {probity.Network, probity.Declared{Policy: text(publicPolicy)}, "unknown", "[] not-collected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Class: c.class, Scope: probity.Scope{Account: "111122223333"},
				Exposure: probity.Exposure{Declared: c.declared}}})["x"]
			public := "unknown"
			if v, ok := a.Exposure.Public.Get(); ok {
				public = fmt.Sprint(v)
			}
			outside := who(a)
			if public != c.public || outside != c.outside {
				t.Errorf("got public %s, outside %s; want %s, %s", public, outside, c.public, c.outside)
			}
		})
	}
}

// who are the principals outside, and why there may be more.
func who(a probity.Asset) string {
	names := []string{}
	for _, g := range a.Exposure.Outside.Items {
		names = append(names, g.Principal)
	}
	if _, g := a.Exposure.Outside.Value(); g != nil {
		return fmt.Sprint(names, " ", g.Reason)
	}
	return fmt.Sprint(names, " whole")
}

func TestTransit(t *testing.T) {
	t.Parallel()
	const refuses = `{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}`
	for name, c := range map[string]struct {
		policy probity.Fact[probity.Optional[string]]
		want   string
	}{
		"refuses clear connections": {probity.Known(probity.Some(refuses), nil), "true"},
		"says nothing of them":      {probity.Known(probity.Some(ownPolicy), nil), "false"},
		"no policy":                 {probity.Known(probity.Optional[string]{}, nil), "false"},
		"broken":                    {probity.Known(probity.Some("["), nil), "unreadable"},
		"computed":                  {probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Computed}, nil), "computed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Class: probity.Bucket, Exposure: probity.Exposure{Declared: probity.Declared{Policy: c.policy}}}})["x"]
			v, g := a.Encryption.InTransit.Value()
			got := fmt.Sprint(v)
			if g != nil {
				got = string(g.Reason)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	kept := probity.Known(true, at("s3.tf", 1))
	a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Class: probity.Bucket, Encryption: probity.Encryption{InTransit: kept},
		Exposure: probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Some(ownPolicy), nil)}}}})["x"]
	if !a.Encryption.InTransit.Equal(kept) {
		t.Errorf("got %v, want what the scanner said", a.Encryption.InTransit)
	}
}
