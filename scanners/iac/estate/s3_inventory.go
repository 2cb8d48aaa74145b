package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// inventories are the buckets that lists of a bucket's objects are written to: by resources beside it, and by blocks inside
// it, as CloudFormation and the API have them.
func (e *estate) inventories(b *bucket) probity.List[string] {
	inside := b.Get("inventory")
	out := collected{at: inside.At}
	blocks, rest := inside.Blocks()
	out.rest = rest
	for _, i := range blocks {
		e.inventory(&out, i, i.Get("destination", "bucket_arn"))
	}
	for _, r := range b.parts[s3Inventory] {
		if out.rest = first(out.rest, r.Maybe); len(out.items) == 0 {
			out.at = r.At
		}
		e.inventory(&out, &r.Block, r.Get("destination", "bucket", "bucket_arn"))
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

// collected is a list of texts under way.
type collected struct {
	items []string
	rest  *probity.Gap
	at    *probity.Origin
}

func (e *estate) inventory(out *collected, r *resource.Block, to resource.Value) {
	on := r.Get("enabled").Bool(probity.Known(true, r.At))
	if is, ok := on.Get(); ok && !is {
		return
	} else if !ok {
		_, g := on.Value()
		out.rest = first(out.rest, g)
		return
	}
	if ref, ok := e.target(to); ok {
		out.items = append(out.items, ref.ID)
	} else if to.Set() {
		g := to.Why()
		out.rest = first(out.rest, &g)
	}
}
