package resolve

import (
	"context"
	"slices"

	probity "github.com/probity-scan/probity"
)

// accountKind guards the stores of an account as a whole.
const accountKind probity.Kind = "aws.account"

// accountBlocks gives what the account's public access block says of a store. Code alone cannot show it: there the
// provider's default stands in, and the evidence says so.
func accountBlocks(ctx context.Context, inv Inventory, accounts *neighbours, a *probity.Asset) (func(func(probity.Blocks) bool) truth, error) {
	account, g, err := accountOf(ctx, inv, accounts, a)
	if err != nil {
		return nil, err
	}
	const path = probity.Path("exposure.declared.blocks")
	f := probity.Known(probity.Blocks{}, &probity.Origin{Default: "account-level public access block off (an account has none until one is set, since 2018-11-15)"})
	switch {
	case g != nil:
		f = probity.Missing[probity.Blocks](*g, nil)
	case account.ID != "" && !account.Exposure.Declared.Blocks.IsZero():
		f = account.Exposure.Declared.Blocks
	case !fromCode(a):
		f = probity.Missing[probity.Blocks](probity.Gap{Reason: probity.NotCollected, Needs: "s3:GetAccountPublicAccessBlock"}, nil)
	}
	if account.ID == "" {
		account.Ref = probity.Ref{Root: a.Root, ID: string(accountKind)}
	}
	return func(is func(probity.Blocks) bool) truth { return on(&account, path, f, is) }, nil
}

// accountOf finds the account that a store is in: the one that the scanner named, else by its number, else the only one
// declared beside it.
func accountOf(ctx context.Context, inv Inventory, accounts *neighbours, a *probity.Asset) (account probity.Asset, gap *probity.Gap, err error) {
	guards := a.Exposure.Declared.Guards
	for _, r := range guards.Items {
		if b, ok, err := find(ctx, inv, r); err != nil || ok && b.Kind == accountKind {
			return b, nil, err
		}
	}
	if _, g := guards.Value(); g != nil && g.Reason != probity.NotCollected {
		return account, g, nil
	}
	var numbered, near []probity.Asset
	all, err := accounts.of(ctx, inv, a)
	if err != nil {
		return account, nil, err
	}
	for _, b := range all {
		switch {
		case a.Scope.Account != "" && b.Scope.Account == a.Scope.Account:
			numbered = append(numbered, b)
		case b.Root == a.Root && (a.Scope.Account == "" || b.Scope.Account == "") && fromCode(a) == fromCode(&b) && blocks(&b):
			near = append(near, b)
		}
	}
	if len(numbered) > 1 { // code says what will hold, and a provider what does
		numbered = slices.DeleteFunc(numbered, func(b probity.Asset) bool { return fromCode(&b) != fromCode(a) })
	}
	if len(numbered) > 0 {
		near = numbered
	}
	switch len(near) {
	case 0:
		return account, nil, nil
	case 1:
		return near[0], nil, nil
	}
	return account, &probity.Gap{Reason: probity.Unresolved, Because: "several accounts are declared beside it", Needs: "the account of the store"}, nil
}

// blocks reports whether an account may say something of its stores: code that sets no block there leaves the default.
func blocks(account *probity.Asset) bool {
	return !fromCode(account) || !account.Exposure.Declared.Blocks.IsZero()
}

// fromCode tells declared assets from those that a provider listed.
func fromCode(a *probity.Asset) bool {
	return a.Root != "" || a.Origin != nil && a.Origin.File != ""
}
