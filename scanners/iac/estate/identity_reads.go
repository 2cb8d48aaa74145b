package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// readings are the policies of a role or user, and its boundary, cut down to what reads data. Of code nobody could tell who
// reads: what else an account holds is not in it.
func (e *estate) readings(r *resource.Resource, all *carried) (reads probity.List[string], boundary probity.Fact[probity.Optional[string]]) {
	if !e.place.listed() {
		return reads, boundary
	}
	out := []string{}
	var gap *probity.Gap
	for _, f := range all.reads {
		text, known := f.Get()
		if !known {
			_, g := f.Value()
			gap = first(gap, g)
			continue
		}
		short, why := e.cut(text.Value)
		gap = first(gap, why)
		if short != "" && !contains(out, short) {
			out = append(out, short)
		}
	}
	reads = probity.Whole(r.At, out...)
	if gap != nil {
		reads = probity.Open(*gap, r.At, out...)
	}
	return reads, e.boundary(r.Get("permissions_boundary"))
}

func (e *estate) boundary(v resource.Value) probity.Fact[probity.Optional[string]] {
	if !v.Set() {
		return probity.Known(probity.Optional[string]{}, v.At)
	}
	text := e.textOf(v)
	doc, known := text.Get()
	if !known {
		return text
	}
	short, why := e.cut(doc.Value)
	if why != nil {
		return probity.Missing[probity.Optional[string]](*why, v.At)
	}
	return probity.Known(probity.Some(short), v.At)
}

// textOf is the text of a policy that a value names.
func (e *estate) textOf(v resource.Value) probity.Fact[probity.Optional[string]] {
	addr := v.String()
	if ref, ok := v.Data.(resource.Ref); ok {
		addr = ref.Addr
	}
	if p := e.byAddr[addr]; p != nil {
		return optional(p.Get("policy"), probity.Fact[probity.Optional[string]]{})
	}
	return probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Unresolved, Because: "the text of an attached policy is not told"}, v.At)
}

// cut is a policy without what reads no data.
func (e *estate) cut(text string) (string, *probity.Gap) {
	if c, ok := e.shortened[text]; ok {
		return c.text, c.gap
	}
	short, err := access.CutIdentity(text, kinds.ReadActions())
	c := shortened{text: short}
	if err != nil {
		c.gap = &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	if e.shortened == nil {
		e.shortened = map[string]shortened{}
	}
	e.shortened[text] = c
	return c.text, c.gap
}

// shortened is a policy that was cut, or why it cannot be.
type shortened struct {
	text string
	gap  *probity.Gap
}
