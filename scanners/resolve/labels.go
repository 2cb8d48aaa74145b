package resolve

import (
	"context"
	"fmt"

	probity "github.com/probity-scan/probity"
)

// labels lets labels follow copies from the source, and sums them upwards from what is contained, through any number of
// steps. They start only where content was read, so a second run adds nothing.
func labels(ctx context.Context, inv Inventory) error {
	g, err := flowOf(ctx, inv)
	if err != nil {
		return err
	}
	for _, r := range g.order {
		g.pour(r)
	}
	for _, r := range g.order {
		n := g.nodes[r]
		if !n.container && !n.copied && !n.same && !n.fed {
			continue
		}
		a, ok, err := find(ctx, inv, r)
		if err != nil {
			return err
		}
		if !ok {
			continue // a name that no asset of this scan bears
		}
		a.Labels = n.result()
		if err := inv.Update(ctx, a); err != nil {
			return fmt.Errorf("updating asset %s: %w", a.ID, err)
		}
	}
	return nil
}

// pour carries the labels and the gaps of one asset to all that they reach. Each is visited once, so cycles end.
func (g *flow) pour(from probity.Ref) {
	source, inherited := g.nodes[from], from
	doubts := g.own(source)
	if source.view && !source.asked {
		doubts = nil
	}
	if len(source.to) == 0 || len(source.own) == 0 && len(doubts) == 0 {
		return
	}
	seen := map[probity.Ref]bool{from: true}
	queue := []edge{{to: from}}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, e := range g.nodes[at.to].to {
			if seen[e.to] {
				continue
			}
			seen[e.to] = true
			e.below = join(e.below, at.below)
			n := g.nodes[e.to]
			n.fed = true
			for _, l := range source.own {
				l.On, l.Inherited = join(e.below, l.On), &inherited
				n.inherited = append(n.inherited, l)
			}
			n.doubts = append(n.doubts, doubts...)
			queue = append(queue, e)
		}
	}
}

// own gives why an asset may hold more than its own labels.
func (g *flow) own(n *node) []doubt {
	var out []doubt
	switch {
	case n.asked && n.gap != nil:
		out = append(out, doubt{n.gap, n.of})
	case n.asked || n.container || g.seenAs(n):
	case n.copied:
		out = append(out, doubt{&probity.Gap{Reason: probity.NotCollected, Because: "the copy itself was not read"}, n.ref})
	default:
		out = append(out, doubt{n.gap, n.ref})
	}
	if n.container && n.listing != nil {
		out = append(out, doubt{n.listing, n.ref})
	}
	return out
}

// seenAs reports whether somebody looked into the same store under another name.
func (g *flow) seenAs(n *node) bool {
	for _, r := range n.others {
		if o := g.nodes[r]; o.asked || o.container {
			return true
		}
	}
	return false
}

// result is the asset's labels: its own and those that reached it, closed only where all that they rest on was read whole.
func (n *node) result() probity.List[probity.Label] {
	items := append(n.own[:len(n.own):len(n.own)], n.inherited...)
	var gaps []*probity.Gap
	for _, d := range n.doubts {
		gaps = append(gaps, d.gap)
	}
	gap := deciding(gaps)
	if gap == nil {
		return probity.Whole(derived(n.from...), items...)
	}
	for _, d := range n.doubts {
		if d.gap == gap {
			return probity.Open(*gap, derived(probity.Evidence{Asset: d.asset, Fact: "labels", Gap: gap}), items...)
		}
	}
	return probity.Open(*gap, nil, items...)
}

// join makes "table.column" of a table and a column.
func join(below, on string) string {
	if below == "" || on == "" {
		return below + on
	}
	return below + "." + on
}
