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
	asset int64
	ref   probity.Ref
}

// identify gives each asset of the scan its number, and the life that its findings belong to.
func (t *taker) identify(ctx context.Context) error {
	var fresh []probity.Asset
	for a, err := range each(t.scan.Assets) {
		if err != nil {
			return err
		}
		key := refKey(a.Ref)
		t.present[key] = true
		id, known := t.ids[key]
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
			t.fresh[id] = true
			if t.belongs[id], err = t.belonging(ctx, &a, belonging{}); err != nil {
				return err
			}
			if err := t.names(a, id); err != nil {
				return err
			}
		}
	}
	for i := range fresh {
		if err := t.asset(&fresh[i], t.lifeOf(&fresh[i])); err != nil {
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
		l = life{id, a.Ref}
	}
	if l.asset != id {
		t.lives[id] = l
	}
	t.w.add("asset", "id, key, root, ref, kind, class, provider, account, region, name, life, cohort, tagging",
		id, key[:], a.Root, a.ID, string(a.Kind), string(a.Class), a.Scope.Provider, a.Scope.Account, a.Scope.Region, a.Name, l.asset, t.belongs[id].cohort, t.belongs[id].tagging)
	return nil
}

// names notes under what an asset is looked up.
func (t *taker) names(a probity.Asset, id int64) error {
	names := append([]string{a.ID}, a.Aliases...)
	if t.s.o.Names != nil {
		names = t.s.o.Names(a)
	}
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		sum := digestOf([]byte(n))
		t.w.add("asset_name", "name, asset", sum[:], id)
	}
	return nil
}

// lifeOf is the life of an asset that is new: that of what it was called before, of the same store under another name, or of the
// nightly series that it is a snapshot of. The zero life is its own.
func (t *taker) lifeOf(a *probity.Asset) life {
	former := slices.Clone(a.Former)
	if a.Root == "" {
		for _, n := range a.Aliases {
			if strings.HasPrefix(n, "arn:") || strings.Contains(n, "://") {
				former = append(former, probity.Ref{ID: n})
			}
		}
	}
	for _, f := range former {
		key := refKey(f)
		if id, ok := t.ids[key]; ok && !t.present[key] {
			return t.lifeAt(id, f)
		}
	}
	ref, ok := nightly(a)
	if !ok {
		return life{}
	}
	key := refKey(ref)
	if id, ok := t.ids[key]; ok {
		return t.lifeAt(id, ref)
	}
	id := t.next(key)
	one := probity.Asset{Ref: ref, Name: ref.ID, Kind: a.Kind, Class: a.Class, Scope: a.Scope}
	_ = t.asset(&one, life{})
	return life{id, ref}
}

func (t *taker) lifeAt(id int64, ref probity.Ref) life {
	if l, ok := t.lives[id]; ok {
		return l
	}
	return life{id, ref}
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

// nightly is the series that a snapshot belongs to: its source, and its name without what changes from one to the next. One whose
// name tells neither a date nor comes from a counter is no part of a series.
func nightly(a *probity.Asset) (probity.Ref, bool) {
	if a.Class != probity.Snapshot && a.Class != probity.Backup {
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
	stem := dated.ReplaceAllString(a.ID, "*")
	if stem == a.ID && source != "" {
		stem = opaque.ReplaceAllString(a.ID, "*")
	}
	if stem == a.ID {
		return probity.Ref{}, false
	}
	if source != "" {
		stem += " of " + source
	}
	return probity.Ref{Root: a.Root, ID: stem}, true
}
