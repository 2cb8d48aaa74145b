package resolve

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
)

func TestLinksFindTheAssetThatBearsTheName(t *testing.T) {
	t.Parallel()
	key := func(root, id string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{Root: root, ID: id}, Kind: "aws.kms.key", Class: probity.Key, Aliases: []string{"alias/data"}}
	}
	ambiguous := &probity.Gap{Reason: probity.Unresolved, Because: "several assets bear this name"}
	for name, c := range map[string]struct {
		keys []probity.Asset
		to   probity.Ref
		want probity.Link
	}{
		"its Ref":                    {[]probity.Asset{key("infra", "k")}, probity.Ref{Root: "infra", ID: "k"}, probity.Link{To: probity.Ref{Root: "infra", ID: "k"}}},
		"alias in its root":          {[]probity.Asset{key("infra", "k"), key("a", "l")}, probity.Ref{Root: "infra", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "infra", ID: "k"}}},
		"alias elsewhere":            {[]probity.Asset{key("a", "l")}, probity.Ref{Root: "infra", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "a", ID: "l"}}},
		"alias without root":         {[]probity.Asset{key("infra", "k"), key("a", "l")}, probity.Ref{ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "infra", ID: "k"}}},
		"alias in the root it names": {[]probity.Asset{key("a", "l"), key("b", "k")}, probity.Ref{Root: "b", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "b", ID: "k"}}},
		"two of its root":            {[]probity.Asset{key("infra", "k"), key("infra", "l")}, probity.Ref{Root: "infra", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "infra", ID: "alias/data"}, Gap: ambiguous}},
		"two elsewhere":              {[]probity.Asset{key("a", "k"), key("b", "l")}, probity.Ref{Root: "infra", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "infra", ID: "alias/data"}, Gap: ambiguous}},
		"nobody":                     {nil, probity.Ref{Root: "infra", ID: "alias/data"}, probity.Link{To: probity.Ref{Root: "infra", ID: "alias/data"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "store"}, Kind: "k",
				Links:    probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, To: c.to}),
				Exposure: probity.Exposure{Declared: probity.Declared{Guards: probity.Whole(nil, c.to)}}}
			got := run(t, append(c.keys, store))["store"]
			c.want.Kind = probity.EncryptedBy
			if diff := cmp.Diff([]probity.Link{c.want}, got.Links.Items); diff != "" {
				t.Errorf("links (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]probity.Ref{c.want.To}, got.Exposure.Declared.Guards.Items); diff != "" {
				t.Errorf("guards (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.to, store.Links.Items[0].To); diff != "" {
				t.Errorf("the fragment itself was changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeysTellInWhoseHandsTheyAre(t *testing.T) {
	t.Parallel()
	link := probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, To: probity.Ref{ID: "key"}})
	declared := probity.Asset{Ref: probity.Ref{ID: "key"}, Kind: "aws.kms.key", Class: probity.Key, Origin: at("kms.tf", 4)}
	listed := declared
	listed.Origin = &probity.Origin{Call: "kms:ListKeys"}
	provider := listed
	provider.Encryption.Manager = probity.Known(probity.ProviderManaged, listed.Origin)
	for name, c := range map[string]struct {
		said  probity.Fact[probity.KeyManager]
		key   probity.Asset
		links probity.List[probity.Link]
		want  probity.KeyManager // empty: not known
	}{
		"declared key":           {probity.Fact[probity.KeyManager]{}, declared, link, probity.CustomerManaged},
		"in place of a default":  {probity.Known(probity.ProviderOwned, &probity.Origin{Default: "SSE-S3"}), declared, link, probity.CustomerManaged},
		"in place of a gap":      {probity.Missing[probity.KeyManager](probity.Gap{Reason: probity.Computed}, nil), declared, link, probity.CustomerManaged},
		"what the scanner said":  {probity.Known(probity.ProviderOwned, nil), declared, link, probity.ProviderOwned},
		"what the key says":      {probity.Fact[probity.KeyManager]{}, provider, link, probity.ProviderManaged},
		"listed key, not read":   {probity.Fact[probity.KeyManager]{}, listed, link, ""},
		"no link":                {probity.Fact[probity.KeyManager]{}, declared, probity.List[probity.Link]{}, ""},
		"key that is not here":   {probity.Fact[probity.KeyManager]{}, declared, probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, To: probity.Ref{ID: "other"}}), ""},
		"link that may not be":   {probity.Fact[probity.KeyManager]{}, declared, probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, Gap: &probity.Gap{Reason: probity.Computed}}), ""},
		"no key but a database":  {probity.Fact[probity.KeyManager]{}, probity.Asset{Ref: probity.Ref{ID: "key"}, Kind: "k", Class: probity.Database, Origin: at("x.tf", 1)}, link, ""},
		"links of another kind":  {probity.Fact[probity.KeyManager]{}, declared, probity.Whole(nil, probity.Link{Kind: probity.LogsTo, To: probity.Ref{ID: "key"}}), ""},
		"two keys say not which": {probity.Fact[probity.KeyManager]{}, declared, probity.Whole(nil, link.Items[0], link.Items[0]), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := probity.Asset{Ref: probity.Ref{ID: "store"}, Kind: "k", Encryption: probity.Encryption{Manager: c.said}, Links: c.links}
			got := run(t, []probity.Asset{c.key, store})["store"].Encryption.Manager
			if v, known := got.Get(); known != (c.want != "") || v != c.want {
				t.Errorf("got %q, known %v, want %q", v, known, c.want)
			}
		})
	}
}
