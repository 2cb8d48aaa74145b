package estate

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	accountBlock  = "aws_s3_account_public_access_block"
	accountEBS    = "aws_ebs_encryption_by_default"
	accountEBSKey = "aws_ebs_default_kms_key"
	accountShares = "aws_ebs_snapshot_block_public_access"
	accountImages = "aws_ec2_image_block_public_access"
)

func account() service {
	return service{kinds: map[probity.Kind][]string{kinds.AWSAccount: {accountBlock, accountEBS, accountShares, accountImages}},
		types: []string{accountBlock, accountEBS, accountEBSKey, accountShares, accountImages}, read: (*estate).accounts}
}

// accounts are what stands for an account, for each provider by which the root sets something for all its stores: nobody
// can tell from code whether two providers are of one account.
func (e *estate) accounts() []probity.Asset {
	set := map[string]map[string][]*resource.Resource{}
	for _, typ := range []string{accountBlock, accountEBS, accountShares, accountImages} {
		for name, rs := range byProvider(e.byType[typ]) {
			if set[name] == nil {
				set[name] = map[string][]*resource.Resource{}
			}
			set[name][typ] = rs
		}
	}
	var out []probity.Asset
	for _, name := range slices.Sorted(maps.Keys(set)) {
		out = append(out, e.account(name, set[name]))
	}
	return out
}

func byProvider(rs []*resource.Resource) map[string][]*resource.Resource {
	out := map[string][]*resource.Resource{}
	for _, r := range rs {
		out[r.Provider.Name] = append(out[r.Provider.Name], r)
	}
	return out
}

func (e *estate) account(provider string, set map[string][]*resource.Resource) probity.Asset {
	a := probity.Asset{Ref: e.accountRef(provider), Kind: kinds.AWSAccount, Class: probity.Account, Scope: e.place.Scope}
	for _, typ := range []string{accountBlock, accountEBS, accountShares, accountImages} {
		if rs := set[typ]; len(rs) > 0 && a.Origin == nil {
			a.Origin = rs[0].At
			a.Scope.Account = cmp.Or(a.Scope.Account, rs[0].Provider.Account)
		}
	}
	settings := kinds.Account{}
	if block := set[accountBlock]; len(block) > 0 {
		a.Exposure.Declared.Blocks = agreed(block, blocks)
		if id := block[0].Get("account_id").String(); id != "" {
			a.Scope.Account = id
		}
	}
	if rs := set[accountEBS]; len(rs) > 0 {
		settings.EBSEncryption = agreed(rs, ebsByDefault)
	}
	if rs := byProvider(e.byType[accountEBSKey])[provider]; len(rs) > 0 {
		settings.EBSKey = agreed(rs, e.ebsKey)
	}
	if rs := set[accountShares]; len(rs) > 0 {
		settings.SnapshotsPrivate = agreed(rs, stateIs("block-all-sharing"))
	}
	if rs := set[accountImages]; len(rs) > 0 {
		settings.ImagesPrivate = agreed(rs, stateIs("block-new-sharing"))
	}
	if e.place.listed() {
		elsewhere(&a, &settings)
	}
	a.Settings = probity.SettingsOf(settings)
	return a
}

// elsewhere says of a listed account, which stands once as a whole and once for each region, what is set at the other.
func elsewhere(a *probity.Asset, s *kinds.Account) {
	never := func(why string) probity.Gap { return probity.Gap{Reason: probity.NotApplicable, Because: why} }
	if a.Scope.Region != "" {
		a.Exposure.Declared.Blocks = a.Exposure.Declared.Blocks.Or(probity.Missing[probity.Blocks](never("the account as a whole has it"), a.Origin))
		whole := probity.Missing[bool](never("the account as a whole has it"), a.Origin)
		s.RootMFA, s.RootKeys, s.Manages, s.OptsOut, s.Regions = whole, whole, whole, whole, whole
		s.Organisation = probity.Missing[probity.Optional[string]](never("the account as a whole has it"), a.Origin)
		s.Above = probity.Open[string](never("the account as a whole has it"), a.Origin)
		return
	}
	s.ByRegion(a.Origin)
}

// stateIs reports whether the resource is in the state that refuses to share with everyone.
func stateIs(want string) func(*resource.Resource) probity.Fact[bool] {
	return func(r *resource.Resource) probity.Fact[bool] {
		return resource.Map(r.Get("state").Text(probity.Fact[string]{}), func(s string) bool { return s == want })
	}
}

func ebsByDefault(r *resource.Resource) probity.Fact[bool] {
	return r.Get("enabled").Bool(probity.Known(true, r.At))
}

// accountRef is what stands for the account of a provider: the account itself, or its region, where it was listed.
func (e *estate) accountRef(provider string) probity.Ref {
	switch {
	case e.place.listed():
		return e.place.On
	case provider == "aws":
		return e.ref("aws.account")
	}
	return e.ref(`aws.account["` + provider + `"]`)
}

// ebsKey is who holds the default key: aws/ebs unless told.
func (e *estate) ebsKey(r *resource.Resource) probity.Fact[probity.KeyManager] {
	var of probity.Asset
	e.key(&of, r.Get("key_arn"), probity.ProviderManaged, r.At)
	return of.Encryption.Manager
}

// guard is the account around a store, where the root sets something for all stores of an account.
func (e *estate) guard(r *resource.Resource) probity.List[probity.Ref] {
	all := e.byType[accountBlock]
	for _, b := range all {
		if b.Provider.Name == r.Provider.Name {
			return probity.Whole(b.At, e.accountRef(b.Provider.Name))
		}
	}
	if len(all) == 0 {
		if l := e.lostAccount(r); l != nil {
			return probity.Open[probity.Ref](l.Doubt(), l.Origin)
		}
		return probity.List[probity.Ref]{}
	}
	return probity.Open[probity.Ref](probity.Gap{Reason: probity.Unresolved, Needs: "the account of the store",
		Because: all[0].Addr + " is of another provider"}, all[0].At)
}

// lostAccount is what could not be read and may set what holds for all stores of a resource's account.
func (e *estate) lostAccount(r *resource.Resource) *resource.Loss {
	by, _, _ := strings.Cut(r.Provider.Name, "/") // ahead of a region of the resource's own
	for i := range e.losses {
		if l := &e.losses[i]; l.Any || l.Module && (l.Providers == nil || contains(l.Providers, by)) {
			return l
		}
	}
	return nil
}

// agreed is what all resources that set one thing say, or a gap where they differ.
func agreed[T any](rs []*resource.Resource, read func(*resource.Resource) probity.Fact[T]) probity.Fact[T] {
	out := certain(rs[0], read(rs[0]))
	for _, r := range rs[1:] {
		f := certain(r, read(r))
		v, g := out.Value()
		w, h := f.Value()
		if g != nil {
			return out
		}
		if h != nil {
			return f
		}
		if !reflect.DeepEqual(v, w) {
			return probity.Missing[T](probity.Gap{Reason: probity.Unresolved, Because: rs[0].Addr + " and " + r.Addr + " set it differently"}, r.At)
		}
	}
	return out
}

// certain is a fact that a resource sets, if the resource is certain to exist.
func certain[T any](r *resource.Resource, f probity.Fact[T]) probity.Fact[T] {
	if r.Maybe != nil {
		return probity.Missing[T](*r.Maybe, r.At)
	}
	return f
}
