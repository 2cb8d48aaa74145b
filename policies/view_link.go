package policies

import (
	"encoding/binary"
	"reflect"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// links shows links with the linked assets in them, which have none of their own.
func (w *viewer) links() part {
	return part{node: func(v reflect.Value) *verdict.Node {
		l := v.Addr().Interface().(*probity.List[probity.Link])
		rest := l.Rest()
		return verdict.LaterItems(laterLinks{w, l.Items, rest})
	}}
}

type laterLinks struct {
	w     *viewer
	items []probity.Link
	rest  *probity.Gap
}

// target is the asset that a link leads to, or why it is not known.
func (w *viewer) target(l probity.Link) (reflect.Value, *probity.Gap) {
	if l.Gap != nil {
		return reflect.Value{}, l.Gap
	}
	to, ok := w.linked(l.To)
	if !ok {
		return reflect.Value{}, &probity.Gap{Reason: probity.NotCollected, Needs: "a scan of " + l.To.ID}
	}
	to.Links = probity.List[probity.Link]{}
	return reflect.ValueOf(&to).Elem(), nil
}

// key appends what tells the links, as far as they are read, from others.
func (l laterLinks) key(b []byte, read *verdict.Paths) []byte {
	asset, wanted := read.Below("asset")
	_, ref := read.Below("to")
	b = binary.AppendUvarint(b, uint64(len(l.items)))
	for _, link := range l.items {
		b = appendText(b, string(link.Kind))
		if ref {
			b = appendText(appendText(b, link.To.Root), link.To.ID)
		}
		if !wanted {
			continue
		}
		if to, g := l.w.target(link); g != nil {
			b = appendGap(append(b, '?'), g)
		} else {
			b = l.w.part(to.Type(), asset).key(b, to)
		}
	}
	if l.rest != nil {
		b = appendGap(append(b, '?'), l.rest)
	}
	return b
}

func (l laterLinks) Node(read *verdict.Paths) *verdict.Node {
	nodes := make([]*verdict.Node, len(l.items))
	for i := range nodes {
		nodes[i] = l.w.link(&l.items[i], read)
	}
	return verdict.Items(l.rest, nodes...)
}

func (w *viewer) link(l *probity.Link, read *verdict.Paths) *verdict.Node {
	f := map[string]*verdict.Node{"kind": verdict.Closed(ast.String(l.Kind))}
	if _, ok := read.Below("to"); ok {
		f["to"] = w.part(reflect.TypeFor[probity.Ref](), nil).node(reflect.ValueOf(l).Elem().FieldByName("To"))
	}
	if wanted, ok := read.Below("asset"); ok {
		if to, g := w.target(*l); g != nil {
			f["asset"] = verdict.Gap(g, nil)
		} else {
			f["asset"] = w.part(to.Type(), wanted).node(to)
		}
	}
	return verdict.Fields(f)
}
