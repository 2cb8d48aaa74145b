package database

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// list is who reads a table.
func (w *myWorld) list(t myThing, same map[string][]probity.Grant, from *probity.Origin) probity.List[probity.Grant] {
	out := readable{}
	for at, columns := range w.reach(t) {
		through := ""
		if at != t {
			through = "by " + at.String()
		}
		for who, granted := range w.direct(at) {
			if columns != nil {
				granted = columns
			}
			if w.enters(who) {
				out.add(who.String(), through, slices.Sorted(maps.Keys(granted))...)
			}
		}
	}
	grants := out.grants(same)
	if len(w.dark) > 0 {
		return probity.Open(probity.Gap{Reason: probity.Denied, Because: "what these views show is hidden: " + strings.Join(w.dark, ", "), Needs: "SHOW VIEW and SELECT on *.*"}, from, grants...)
	}
	if names := w.lenders(t, out); len(names) > 0 {
		return probity.Open(probity.Gap{Reason: probity.NotCollected, Because: "routines that run with their definer's rights may give rows away: " + strings.Join(names, ", "), Needs: "a look at what they return"}, from, grants...)
	}
	return probity.Whole(from, grants...)
}

// enters reports whether somebody logs in as an account. Everybody is PUBLIC.
func (w *myWorld) enters(who myAccount) bool {
	r, ok := w.who[who]
	return ok && !r.role && !r.locked || who == myAccount{user: "PUBLIC"}
}

// as are the accounts whose rights somebody has or can take: its own, and those of its roles, default ones or not.
func (w *myWorld) as(who myAccount) []myAccount {
	out := []myAccount{who}
	for i := 0; i < len(out); i++ {
		for _, r := range w.in[out[i]] {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// inside are the rights of accounts by the name of a database. A name that is written out goes before patterns.
func (w *myWorld) inside(db string) map[myAccount]myInDB {
	if known, ok := w.within[db]; ok {
		return known
	}
	out, exact := map[myAccount]myInDB{}, map[myAccount]bool{}
	for _, x := range w.inDB {
		had := out[x.who]
		switch {
		case x.pattern == db:
			out[x.who], exact[x.who] = x, true
		case !exact[x.who] && like(x.pattern, db):
			out[x.who] = myInDB{reads: had.reads || x.reads, calls: had.calls || x.calls}
		}
	}
	w.within[db] = out
	return out
}

// direct are those who may read a table or a view by a grant, and which columns; nil: all.
func (w *myWorld) direct(t myThing) map[myAccount]map[string]bool {
	out, in := map[myAccount]map[string]bool{}, w.inside(t.db)
	for who := range w.who {
		for _, a := range w.as(who) {
			cols, on := w.onTable[t][a]
			switch {
			case w.who[a].reads || in[a].reads || on && cols == nil:
				out[who] = nil
			case on:
				for c := range cols {
					columnOf(out, who, c)
				}
			}
		}
	}
	return out
}

// reach are what shows rows of a table: itself, and views whose definer reads what is below; each with the columns of the table that it
// shows, nil: what is granted.
func (w *myWorld) reach(t myThing) map[myThing]map[string]bool {
	out := map[myThing]map[string]bool{t: nil}
	for next := []myThing{t}; len(next) > 0; next = next[1:] {
		at := next[0]
		if len(w.over[at]) == 0 {
			continue
		}
		direct := w.direct(at)
		for _, i := range w.over[at] {
			v := w.views[i]
			cols, ok := granted(direct, v.definer)
			if !ok || at == v.myThing {
				continue
			}
			shown := map[string]bool{}
			for name := range columnsOf(v.text, at) {
				if cols == nil || cols[name] {
					shown[name] = true
				}
			}
			if at != t {
				shown = out[at] // what the view below shows is all that can come this far
			}
			if widen(out, v.myThing, shown) {
				next = append(next, v.myThing)
			}
		}
	}
	return out
}

// granted are the columns that an account reads, by what everybody may too; nil: all.
func granted(direct map[myAccount]map[string]bool, who myAccount) (map[string]bool, bool) {
	if cols, ok := direct[who]; ok {
		return cols, true
	}
	cols, ok := direct[myAccount{user: "PUBLIC"}]
	return cols, ok
}

// lenders are routines that somebody may call who does not read all of the table, with the rights of one who reads it.
func (w *myWorld) lenders(t myThing, r readable) (names []string) {
	of := append(slices.Clone(w.words[""]), w.words[strings.ToLower(t.name)]...)
	if len(of) == 0 {
		return nil
	}
	direct := w.direct(t)
	for _, i := range of {
		p := w.routines[i]
		if _, ok := granted(direct, p.definer); ok && slices.ContainsFunc(slices.Collect(maps.Keys(w.who)), func(who myAccount) bool { return w.lends(who, p, r) }) {
			names = append(names, p.String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// lends reports whether an account may call a routine, and does not read all of the table anyway.
func (w *myWorld) lends(who myAccount, p myProgram, r readable) bool {
	if all, ok := r[reading{who.String(), ""}]; !w.enters(who) || ok && all == nil {
		return false
	}
	in := w.inside(p.db)
	return slices.ContainsFunc(w.as(who), func(a myAccount) bool {
		return w.who[a].calls || in[a].calls || slices.Contains(w.onCall[p.myThing], a)
	})
}
