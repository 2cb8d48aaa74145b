package pipeline

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Owner answers for stores: those that patterns name, and those that bear all of the tags.
type Owner struct {
	Name   string
	Stores []string
	Tags   map[string]string
	From   *probity.Origin
}

// owners says who answers for each store: by declaration, else by a tag. Where nobody keeps a list of owners, that there is none is a gap.
func (d Declarations) owners(ctx context.Context, inv *resolve.Slice) error {
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		if !holdsData(a.Class) {
			continue
		}
		a.Owner = d.owner(a)
		if err := inv.Update(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (d Declarations) owner(a probity.Asset) probity.Fact[string] {
	tags, known := a.Tags.Get()
	for _, o := range d.Owners {
		if slices.ContainsFunc(o.Stores, func(p string) bool { return Matches(p, a) || holds(p, a) }) || len(o.Tags) > 0 && known && bears(tags, o.Tags) {
			return probity.Known(o.Name, o.From)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		if namesOwner(key) && strings.TrimSpace(tags[key]) != "" {
			return probity.Known(strings.TrimSpace(tags[key]), a.Tags.From())
		}
	}
	_, gap := a.Tags.Value()
	switch {
	case gap != nil && gap.Reason != probity.NotCollected && gap.Reason != probity.NotApplicable:
		return probity.Missing[string](*gap, a.Tags.From()) // a tag may say it
	case len(d.Owners) > 0:
		return probity.Known("", nil)
	}
	return probity.Missing[string](probity.Gap{Reason: probity.Undeclared, Needs: string(probity.AskOwner)}, a.Tags.From())
}

// bears reports whether tags hold all that is wanted.
func bears(tags, want map[string]string) bool {
	for k, v := range want {
		if tags[k] != v {
			return false
		}
	}
	return true
}

// namesOwner reports whether a tag of this key says who answers for a store.
func namesOwner(key string) bool {
	switch strings.NewReplacer("-", "", "_", "", ":", "", " ", "").Replace(strings.ToLower(key)) {
	case "owner", "dataowner", "businessowner", "serviceowner", "team", "ownedby", "contact":
		return true
	}
	return false
}
