package estate

import (
	"maps"
	"reflect"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	accountBlock  = "aws_s3_account_public_access_block"
	accountEBS    = "aws_ebs_encryption_by_default"
	accountEBSKey = "aws_ebs_default_kms_key"
)

func account() service {
	return service{kinds: map[probity.Kind][]string{kinds.AWSAccount: {accountBlock, accountEBS}},
		types: []string{accountBlock, accountEBS, accountEBSKey}, read: (*estate).accounts}
}

// accounts are what stands for an account, for each provider by which the root sets something for all its stores: nobody
// can tell from code whether two providers are of one account.
func (e *estate) accounts() []probity.Asset {
	blocks, ebs := byProvider(e.byType[accountBlock]), byProvider(e.byType[accountEBS])
	names := maps.Clone(blocks)
	maps.Copy(names, ebs)
	var out []probity.Asset
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, e.account(name, blocks[name], ebs[name]))
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

func (e *estate) account(provider string, block, ebs []*resource.Resource) probity.Asset {
	a := probity.Asset{Ref: e.ref(accountID(provider)), Kind: kinds.AWSAccount, Class: probity.Account, Scope: probity.Scope{Provider: "aws"}}
	settings := kinds.Account{}
	if len(block) > 0 {
		a.Origin = block[0].At
		a.Exposure.Declared.Blocks = agreed(block, blocks)
		if id := block[0].Get("account_id").String(); id != "" {
			a.Scope.Account = id
		}
	}
	if len(ebs) > 0 {
		if a.Origin == nil {
			a.Origin = ebs[0].At
		}
		settings.EBSEncryption = agreed(ebs, ebsByDefault)
	}
	a.Settings = probity.SettingsOf(settings)
	return a
}

func ebsByDefault(r *resource.Resource) probity.Fact[bool] {
	return r.Get("enabled").Bool(probity.Known(true, r.At))
}

func accountID(provider string) string {
	if provider == "aws" {
		return "aws.account"
	}
	return `aws.account["` + provider + `"]`
}

// guard is the account around a store, where the root sets something for all stores of an account.
func (e *estate) guard(r *resource.Resource) probity.List[probity.Ref] {
	all := e.byType[accountBlock]
	for _, b := range all {
		if b.Provider.Name == r.Provider.Name {
			return probity.Whole(b.At, e.ref(accountID(b.Provider.Name)))
		}
	}
	if len(all) == 0 {
		if l := e.lostAccount(); l != nil {
			return probity.Open[probity.Ref](l.Doubt(), l.Origin)
		}
		return probity.List[probity.Ref]{}
	}
	return probity.Open[probity.Ref](probity.Gap{Reason: probity.Unresolved, Needs: "the account of the store",
		Because: all[0].Addr + " is of another provider"}, all[0].At)
}

// lostAccount is what could not be read and may set what holds for all stores of an account.
func (e *estate) lostAccount() *resource.Loss {
	for i := range e.losses {
		if l := &e.losses[i]; l.Any || l.Module {
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
