package history

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// life is the identity under which an asset's findings are counted.
type life struct {
	asset   int64
	ref     probity.Ref
	nightly bool // no asset: all snapshots of a series are counted with it
}

// share notes the life of an asset whose findings are counted with another one.
func (t *taker) share(id int64, l life) {
	t.lives[id] = l
	if len(t.kin[l.asset]) == 0 && !l.nightly {
		t.kin[l.asset] = append(t.kin[l.asset], l.asset)
	}
	t.kin[l.asset] = append(t.kin[l.asset], id)
}

// lived is the life that an asset is counted with: its own, where no other is known.
func (t *taker) lived(id int64) life {
	if l, ok := t.lives[id]; ok {
		return l
	}
	return life{asset: id}
}

// relatives are the other names of a store: what it was called before, and what another source calls it. Of a snapshot they are none.
func (t *taker) relatives(id int64) []int64 {
	l := t.lived(id)
	if l.nightly {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(t.kin[l.asset]), func(k int64) bool { return k == id })
}

// identify gives each asset of the scan its number, and the life that its findings belong to.
func (t *taker) identify(ctx context.Context) error {
	var fresh []probity.Asset
	for a, err := range each(t.scan.Assets) {
		if err != nil {
			return err
		}
		key := refKey(a.Ref)
		id, known := t.ids[key]
		if known {
			t.here[id] = true
		}
		switch {
		case known && t.bare[id] && (a.Kind != "" || a.Class != ""): // a link or a finding named it before
			delete(t.bare, id)
			if err := t.names(a, id); err != nil {
				return err
			}
			t.w.run("UPDATE asset SET kind = ?, class = ? WHERE id = ?", string(a.Kind), string(a.Class), id)
		case !known:
			fresh = append(fresh, probity.Asset{Ref: a.Ref, Aliases: a.Aliases, Name: a.Name, Kind: a.Kind, Class: a.Class, Scope: a.Scope, Former: a.Former, Links: a.Links})
			id := t.next(key)
			t.fresh[id], t.here[id] = true, true
			if t.belongs[id], err = t.belonging(ctx, &a, belonging{}); err != nil {
				return err
			}
			if err := t.names(a, id); err != nil {
				return err
			}
		}
	}
	for i := range fresh {
		l, err := t.lifeOf(ctx, &fresh[i])
		if err == nil {
			err = t.asset(&fresh[i], l)
		}
		if err != nil {
			return err
		}
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}

// next gives an identity the next number.
func (t *taker) next(key digest) int64 {
	t.lastID.asset++
	t.ids[key] = t.lastID.asset
	return t.lastID.asset
}

// asset writes the identity of an asset whose number is given.
func (t *taker) asset(a *probity.Asset, l life) error {
	key := refKey(a.Ref)
	id := t.ids[key]
	if l.asset == 0 {
		l = life{asset: id, ref: a.Ref}
	}
	if l.asset != id {
		t.share(id, l)
	}
	t.w.add("asset", "id, key, root, ref, kind, class, provider, account, region, name, life, cohort, tagging",
		id, key[:], a.Root, a.ID, string(a.Kind), string(a.Class), a.Scope.Provider, a.Scope.Account, a.Scope.Region, a.Name, l.asset, t.belongs[id].cohort, t.belongs[id].tagging)
	return nil
}

// names notes under what an asset is looked up.
func (t *taker) names(a probity.Asset, id int64) error {
	for _, n := range t.namesFor(a) {
		sum := digestOf([]byte(n))
		t.w.add("asset_name", "name, asset", sum[:], id)
	}
	return nil
}

func (t *taker) namesFor(a probity.Asset) []string {
	names := append([]string{a.ID}, a.Aliases...)
	if t.s.o.Names != nil {
		names = t.s.o.Names(a)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// lifeOf is the life of an asset that is new: that of what it was called before, of the same store under another name, or of the
// nightly series that it is a snapshot of. The zero life is its own.
func (t *taker) lifeOf(ctx context.Context, a *probity.Asset) (life, error) {
	former := slices.Clone(a.Former)
	if a.Root == "" {
		for _, n := range a.Aliases {
			if address(n) {
				former = append(former, probity.Ref{ID: n})
			}
		}
	}
	for _, f := range former {
		key := refKey(f)
		if id, ok := t.ids[key]; ok && !t.here[id] {
			return t.lifeAt(id, f), nil
		}
	}
	if ref, ok := nightly(a); ok {
		key := refKey(ref)
		id, ok := t.ids[key]
		if !ok {
			id = t.next(key)
			one := probity.Asset{Ref: ref, Name: ref.ID, Kind: a.Kind, Class: a.Class, Scope: a.Scope}
			if err := t.asset(&one, life{}); err != nil {
				return life{}, err
			}
		}
		return life{id, ref, true}, nil
	}
	return t.aliased(ctx, a)
}

// address reports whether a name is one that no two stores have.
func address(name string) bool {
	return strings.HasPrefix(name, "arn:") || strings.Contains(name, "://")
}

// aliased is the life of the store that is called by the asset's address among its aliases, as another source knows it.
func (t *taker) aliased(ctx context.Context, a *probity.Asset) (life, error) {
	if a.Root != "" || !address(a.ID) || !t.older {
		return life{}, nil
	}
	var names []any
	for _, n := range t.namesFor(probity.Asset{Ref: a.Ref}) {
		sum := digestOf([]byte(n))
		names = append(names, sum[:])
	}
	var found []life
	err := t.s.each(ctx, t.s.read, "SELECT a.id, a.root, a.ref FROM asset a WHERE a.id IN (SELECT asset FROM asset_name WHERE name IN "+several(len(names))+") ORDER BY a.id", names, func(scan func(...any) error) error {
		var l life
		err := scan(&l.asset, &l.ref.Root, &l.ref.ID)
		found = append(found, l)
		return err
	})
	if err != nil {
		return life{}, err
	}
	for _, l := range found {
		if t.here[l.asset] || l.ref == a.Ref {
			continue
		}
		// Other names than aliases are weaker, and are looked up there too.
		var called bool
		err := t.s.each(ctx, t.s.read, "SELECT body FROM span WHERE asset = ? AND held = 1 ORDER BY since DESC LIMIT 1", []any{l.asset}, func(scan func(...any) error) error {
			var raw []byte
			var known probity.Asset
			if err := scan(&raw); err != nil {
				return err
			}
			if err := t.p.unpack(raw, &known); err != nil {
				return err
			}
			called = slices.Contains(known.Aliases, a.ID)
			return nil
		})
		if err != nil {
			return life{}, err
		}
		if called {
			return t.lifeAt(l.asset, l.ref), nil
		}
	}
	return life{}, nil
}

func (t *taker) lifeAt(id int64, ref probity.Ref) life {
	if l, ok := t.lives[id]; ok {
		return l
	}
	return life{asset: id, ref: ref}
}

// known numbers what a finding is on, which may be no asset of the scan.
func (t *taker) numbered(ref probity.Ref) (int64, error) {
	key := refKey(ref)
	if id, ok := t.ids[key]; ok {
		return id, nil
	}
	id := t.next(key)
	return id, t.asset(&probity.Asset{Ref: ref}, life{})
}

// recurs reports whether assets of a class may come as nightly series.
func recurs(c probity.Class) bool { return c == probity.Snapshot || c == probity.Backup }

// nights reports whether a life is that of all snapshots of a nightly series: by the class of one of them, and the life's name.
func nights(c probity.Class, life string) bool { return recurs(c) && strings.Contains(life, anyNight) }

// anyNight stands in the name of a nightly series for what changes from one to the next.
const anyNight = "*"

// nightly is the series that a snapshot belongs to: its source, and its name without what changes from one to the next. One whose
// name tells neither a date nor comes from a counter is no part of a series.
func nightly(a *probity.Asset) (probity.Ref, bool) {
	if !recurs(a.Class) {
		return probity.Ref{}, false
	}
	source := ""
	for _, l := range a.Links.Items {
		if l.Gap == nil && (l.Kind == probity.SnapshotOf || l.Kind == probity.CopyOf) && (source == "" || l.To.ID < source) {
			source = l.To.ID
		}
	}
	dated := regexp.MustCompile(`(19|20)\d\d-?\d\d-?\d\d([-_T]?\d\d[-:]?\d\d([-:]?\d\d)?Z?)?|\b1\d{9}(\d{3})?\b`)
	opaque := regexp.MustCompile(`[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|\bsnap-[0-9a-f]{8,17}\b`)
	stem := dated.ReplaceAllString(a.ID, anyNight)
	if stem == a.ID && source != "" {
		stem = opaque.ReplaceAllString(a.ID, anyNight)
	}
	if stem == a.ID {
		return probity.Ref{}, false
	}
	if source != "" {
		stem += " of " + source
	}
	return probity.Ref{Root: a.Root, ID: stem}, true
}
