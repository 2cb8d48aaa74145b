package resolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// flow is the graph along which labels run. It holds labels and links only, not whole assets, and none that labels neither leave
// nor reach: most stores are linked with nothing.
type flow struct {
	nodes map[probity.Ref]*node
	order []probity.Ref
}

// node is an asset as labels see it.
type node struct {
	ref       probity.Ref
	kind      probity.Kind
	own       []probity.Label
	gap       *probity.Gap // why its own content may hold more
	of        probity.Ref  // the asset whose gap that is: an earlier run may have handed it on
	asked     bool         // somebody looked into it
	to        []edge
	copied    bool // labels come from what it is a copy of
	container bool // labels come from what is in it
	fed       bool // something reached it
	view      bool // it is a way into a store, and holds nothing besides
	same      bool
	others    []probity.Ref // the same store under other names
	listing   *probity.Gap  // why it may contain more than is known
	from      []probity.Evidence
	again     bool // from is an earlier run's

	inherited []probity.Label
	doubts    []doubt
}

// doubt is why labels may be missing, and of which asset.
type doubt struct {
	gap   *probity.Gap
	asset probity.Ref
}

// edge leads to where labels go: to a copy as they are, to a container below a name.
type edge struct {
	to    probity.Ref
	below string
}

func flowOf(ctx context.Context, inv Inventory) (*flow, error) {
	g := &flow{nodes: map[probity.Ref]*node{}}
	accounts, linked := map[probity.Ref]bool{}, map[probity.Ref]bool{}
	var links []holder
	for a, err := range inv.Assets(ctx, Query{}) {
		if err != nil {
			return nil, fmt.Errorf("walking the inventory: %w", err)
		}
		for _, l := range a.Links.Items {
			if l.Gap == nil && carries(l.Kind) {
				links = append(links, holder{a.Ref, l, a.Name})
				linked[a.Ref], linked[l.To] = true, true
			}
		}
	}
	for a, err := range inv.Assets(ctx, Query{}) {
		if err != nil {
			return nil, fmt.Errorf("walking the inventory: %w", err)
		}
		if !linked[a.Ref] {
			holds, err := container(ctx, inv, &a)
			if err != nil {
				return nil, fmt.Errorf("reading the coverage of %s: %w", a.ID, err)
			}
			if !holds {
				continue
			}
		}
		accounts[a.Ref] = a.Class == probity.Account
		g.order = append(g.order, a.Ref)
		g.nodes[a.Ref] = nodeOf(&a)
	}
	for _, l := range links {
		if g.nodes[l.To] != nil && !accounts[l.To] && l.To != l.asset {
			g.connect(l)
		}
	}
	for _, r := range g.order {
		n := g.nodes[r]
		if err := n.listed(ctx, inv, accounts[r]); err != nil {
			return nil, err
		}
	}
	for _, r := range g.order {
		n := g.nodes[r]
		n.doubts = g.own(n)
		if len(n.from) > 0 {
			continue
		}
		for _, other := range n.others {
			n.from = append(n.from, probity.Evidence{Asset: other, Fact: "labels"})
		}
	}
	return g, nil
}

// holder is a link with the asset that holds it.
type holder struct {
	asset probity.Ref
	probity.Link
	name string
}

func nodeOf(a *probity.Asset) *node {
	_, gap := a.Labels.Value()
	n := &node{ref: a.Ref, of: a.Ref, kind: a.Kind, gap: gap, asked: !a.Labels.IsZero(), view: isView(a.Kind)}
	for _, l := range a.Labels.Items {
		if l.Inherited == nil {
			n.own = append(n.own, l)
		}
	}
	switch o := a.Labels.From(); {
	case !n.asked:
	case o == nil || len(o.Derived) == 0:
		n.from = []probity.Evidence{{Asset: a.Ref, Fact: "labels", Origin: o}}
	default: // an earlier run worked it out: origins do not nest
		n.from, n.again = o.Derived, true
		if n.gap != nil {
			n.of = o.Derived[0].Asset
		}
	}
	return n
}

func (g *flow) connect(l holder) {
	a, b := g.nodes[l.asset], g.nodes[l.To]
	switch l.Kind {
	case probity.CopyOf, probity.ReplicaOf, probity.SnapshotOf:
		a.copied = true
		b.to = append(b.to, edge{to: l.asset})
	case probity.ContainedIn:
		b.container = b.container || !a.view
		e := edge{to: l.To, below: below(l)}
		if kinds.Machine(a.kind) { // the service that runs it is the same to people
			e.below = ""
		}
		a.to = append(a.to, e)
	case probity.SameAs:
		a.same, b.same = true, true
		a.others, b.others = append(a.others, l.To), append(b.others, l.asset)
		a.to, b.to = append(a.to, edge{to: l.To}), append(b.to, edge{to: l.asset})
	}
}

// isView reports whether things of a kind are ways into a store: what they show is the store's, so that nobody has to list them
// or to look into them before its content is known.
func isView(k probity.Kind) bool { return k == kinds.S3AccessPoint || k == kinds.SyncLocation }

// below names what is contained as its container would: by the rest of the ID, else by its name.
func below(l holder) string {
	if rest, ok := strings.CutPrefix(l.asset.ID, l.To.ID); ok {
		return strings.TrimLeft(rest, "/.:")
	}
	return cmp.Or(l.name, l.asset.ID)
}

// carries reports whether labels run along links of a kind.
func carries(k probity.LinkKind) bool {
	switch k {
	case probity.CopyOf, probity.ReplicaOf, probity.SnapshotOf, probity.ContainedIn, probity.SameAs:
		return true
	}
	return false
}

// tells reports whether coverage on an asset tells of what is in it: it may be of a fact, or say that the store itself was found.
func tells(c probity.Coverage, kind probity.Kind) bool {
	return c.Path == "" && c.Kind != "" && c.Kind != kind
}

// container reports whether somebody listed what is in an asset; an account is no container.
func container(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	if a.Class == probity.Account {
		return false, nil
	}
	for c, err := range inv.Coverage(ctx, a.Ref) {
		if err != nil || tells(c, a.Kind) {
			return err == nil, err
		}
	}
	return false, nil
}

// listed asks the coverage whether all that is in a container was listed.
func (n *node) listed(ctx context.Context, inv Inventory, account bool) error {
	var gaps []*probity.Gap
	answered := false
	for c, err := range inv.Coverage(ctx, n.ref) {
		switch {
		case err != nil:
			return fmt.Errorf("reading the coverage of %s: %w", n.ref.ID, err)
		case !tells(c, n.kind):
			continue
		}
		answered = true
		gaps = append(gaps, c.Gap)
		if !n.again {
			n.from = append(n.from, probity.Evidence{Asset: n.ref, Fact: "labels", Gap: c.Gap, Origin: c.Origin})
		}
	}
	n.container = !account && (n.container || answered)
	n.listing = deciding(gaps)
	if n.container && !answered {
		n.listing = &probity.Gap{Reason: probity.NotCollected, Because: "nobody listed what is in it"}
	}
	n.from = slices.Clip(n.from)
	return nil
}
