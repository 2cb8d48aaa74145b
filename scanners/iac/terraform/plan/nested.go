package plan

import (
	"fmt"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// part is what the configuration says of one nested block, and where it stands.
type part struct {
	conf  any
	place *config.Place
}

// parts finds what each of the nested blocks of a name was made from. The configuration lists the blocks that are written,
// without those of dynamic blocks; a plan lists all, those of a set in an order of its own.
func parts(name string, items []any, conf any, in *config.Place) []part {
	out := make([]part, len(items))
	written, _ := conf.([]any)
	if one, ok := conf.(map[string]any); ok { // one block, or a list that one expression made
		for i := range out {
			out[i].conf = one
		}
	}
	slots := slotsOf(written, in.Blocks(name))
	order := inTurn(slots, len(items))
	if order == nil || !fitting(slots, order, items) {
		order = matched(slots, items)
	}
	for i, s := range order {
		if s >= 0 {
			out[i].place = slots[s].place
			if written != nil {
				out[i].conf = slots[s].conf
			}
		}
	}
	for i := range out {
		if out[i].place == nil && in != nil {
			out[i].place = in.Whole(name)
		}
	}
	return out
}

// slot is a block as it is written.
type slot struct {
	part
	dynamic bool
}

func slotsOf(written []any, places []*config.Place) []slot {
	var out []slot
	fixed := 0
	for _, p := range places {
		s := slot{part: part{place: p}, dynamic: p.Dynamic}
		if !s.dynamic {
			if fixed < len(written) {
				s.conf = written[fixed]
			}
			fixed++
		}
		out = append(out, s)
	}
	if len(places) == 0 {
		for _, c := range written {
			out = append(out, slot{part: part{conf: c}})
		}
	} else if fixed != len(written) { // one expression says all of them, or the code is another one
		for i := range out {
			out[i].conf = nil
		}
	}
	return out
}

// inTurn gives the slot of each of n blocks where they come in the order in which they are written: a dynamic block makes
// all that the others do not. Nil: nobody can tell.
func inTurn(slots []slot, n int) []int {
	dynamic := 0
	for _, s := range slots {
		if s.dynamic {
			dynamic++
		}
	}
	fixed := len(slots) - dynamic
	if dynamic > 1 || fixed > n || dynamic == 0 && fixed != n {
		return nil
	}
	out := make([]int, 0, n)
	for i, s := range slots {
		times := 1
		if s.dynamic {
			times = n - fixed
		}
		for range times {
			out = append(out, i)
		}
	}
	return out
}

func fitting(slots []slot, order []int, items []any) bool {
	for i, s := range order {
		if ok, _ := slots[s].fits(items[i]); !ok {
			return false
		}
	}
	return true
}

const maxMatches = 1 << 16

// matched gives each block the one slot that it fits, by what is constant in it, and -1 to those of which nobody can tell.
// What no written block made comes from the only dynamic one.
func matched(slots []slot, items []any) []int {
	dynamic := -1
	for i, s := range slots {
		switch {
		case !s.dynamic:
		case dynamic == -1:
			dynamic = i
		default:
			dynamic = -2
		}
	}
	out := make([]int, len(items))
	for i := range items {
		out[i] = -1
		if len(slots)*len(items) > maxMatches {
			continue
		}
		found := 0
		for j, s := range slots {
			if ok, sure := s.fits(items[i]); ok && sure && !s.dynamic {
				out[i] = j
				found++
			}
		}
		if found > 1 {
			out[i] = -1
		} else if found == 0 && dynamic >= 0 {
			out[i] = dynamic
		}
	}
	return out
}

// fits reports whether a block may have been made from a slot, and whether a constant speaks for it.
func (s slot) fits(item any) (ok, sure bool) {
	b, _ := item.(map[string]any)
	same := func(name string, want any) bool {
		switch want.(type) {
		case string, bool, float64:
		default:
			return true
		}
		got := b[name]
		sure = sure || got != nil
		return got == nil || fmt.Sprint(got) == fmt.Sprint(want)
	}
	c, _ := s.conf.(map[string]any)
	for name, e := range c {
		if e, _ := e.(map[string]any); !same(name, e["constant_value"]) {
			return false, false
		}
	}
	for name, want := range s.place.Literals() {
		if !s.dynamic && !same(name, want) {
			return false, false
		}
	}
	return true, sure
}
