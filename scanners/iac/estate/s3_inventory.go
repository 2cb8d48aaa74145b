package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// inventories are the buckets that lists of a bucket's objects are written to.
func (e *estate) inventories(b *bucket) probity.List[string] { return e.lists(b, inventoried) }

// lists tells something of the lists of a bucket's objects: by resources beside it, and by blocks inside it, as CloudFormation and
// the API have them.
func (e *estate) lists(b *bucket, tell func(e *estate, to inventory) (string, *probity.Gap)) probity.List[string] {
	inside := b.Get("inventory")
	out := collected{at: inside.At}
	blocks, rest := inside.Blocks()
	out.rest = rest
	for _, i := range blocks {
		e.inventory(&out, i, i.Get("destination"), tell)
	}
	for _, r := range b.parts[s3Inventory] {
		if out.rest = first(out.rest, r.Maybe); len(out.items) == 0 {
			out.at = r.At
		}
		e.inventory(&out, &r.Block, r.Get("destination", "bucket"), tell)
	}
	out.rest = first(out.rest, b.doubt[s3Inventory])
	switch {
	case out.rest != nil:
		return probity.Open(*out.rest, out.at, out.items...)
	case len(out.items) == 0:
		return listedNone(inside, kinds.S3Inventories())
	}
	return probity.Whole(out.at, out.items...)
}

// inventory is where a list is written to, and as what.
type inventory struct{ to, account, encryption resource.Value }

// inventoried is the bucket that gets a list.
func inventoried(e *estate, i inventory) (string, *probity.Gap) {
	if ref, ok := e.target(i.to); ok {
		return ref.ID, nil
	}
	if !i.to.Set() {
		return "", nil
	}
	g := i.to.Why()
	return "", &g
}

// clearList is the bucket that gets a list which no key is named for.
func clearList(e *estate, i inventory) (string, *probity.Gap) {
	if named, known := given(i.encryption).Get(); known && named {
		return "", nil
	} else if !known {
		g := i.encryption.Why()
		return "", &g
	}
	return inventoried(e, i)
}

// listOwner is the account that the bucket has to belong to.
func listOwner(_ *estate, i inventory) (string, *probity.Gap) {
	return i.account.String(), i.account.Gap()
}

// collected is a list of texts under way.
type collected struct {
	items []string
	rest  *probity.Gap
	at    *probity.Origin
}

func (e *estate) inventory(out *collected, r *resource.Block, to resource.Value, tell func(*estate, inventory) (string, *probity.Gap)) {
	on := r.Get("enabled").Bool(probity.Known(true, r.At))
	if is, ok := on.Get(); ok && !is {
		return
	} else if !ok {
		_, g := on.Value()
		out.rest = first(out.rest, g)
		return
	}
	said, gap := tell(e, inventory{within(to, "bucket_arn"), within(to, "account_id"), within(to, "encryption")})
	if out.rest = first(out.rest, gap); said != "" {
		out.items = append(out.items, said)
	}
}
