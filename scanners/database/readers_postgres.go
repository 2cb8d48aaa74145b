package database

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// readers works out who reads each table, by its shown name.
func (e postgresEngine) readers(ctx context.Context, s *session) (readers, error) {
	w := &pgWorld{roles: map[int64]pgRole{}, in: map[int64][]int64{}, logins: map[int64]map[int64]bool{}, super: map[int64]bool{}, unbound: map[int64]bool{}, readsData: map[int64]bool{},
		usage: map[int64][]int64{}, tables: map[int64]*pgTable{}, views: map[int64][]int64{}, parents: map[int64][]int64{}, functions: map[int64]*pgFunction{}}
	if err := w.load(ctx, s); err != nil {
		return nil, err
	}
	byName := make(map[string]int64, len(w.tables))
	for id, t := range w.tables {
		byName[t.name] = id
	}
	same := map[string][]probity.Grant{}
	from := &probity.Origin{Query: "grants, owners, roles, policies, views and functions of the catalogue"}
	return func(table string) probity.List[probity.Grant] {
		id, ok := byName[table]
		if !ok {
			return probity.Open[probity.Grant](probity.Gap{Reason: probity.Unreadable, Because: "the table came while the catalogue was read", Needs: "another scan"}, from)
		}
		r := readable{}
		var names []string
		shown := w.reach(id)
		for at, columns := range shown {
			through := ""
			if at != id {
				through = "by " + w.tables[at].name
			}
			w.read(at, columns, through, r)
		}
		for at := range shown {
			names = append(names, w.lenders(at, r)...)
		}
		slices.Sort(names)
		if names = slices.Compact(names); len(names) > 0 {
			return probity.Open(probity.Gap{Reason: probity.NotCollected, Because: "functions that run with their owner's rights may give rows away: " + strings.Join(names, ", "), Needs: "a look at what they return"}, from, r.grants(same)...)
		}
		return probity.Whole(from, r.grants(same)...)
	}, nil
}

// as are those who log in and can act as a role: itself, members, members of members.
func (w *pgWorld) as(role int64) map[int64]bool {
	if known, ok := w.logins[role]; ok {
		return known
	}
	seen, out := map[int64]bool{role: true}, map[int64]bool{}
	for next := []int64{role}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if w.roles[at].login {
			out[at] = true
		}
		for _, m := range w.in[at] {
			if !seen[m] {
				seen[m] = true
				next = append(next, m)
			}
		}
	}
	w.logins[role] = out
	return out
}

// enters reports whether somebody who logs in may use a schema of this database; 0 is PUBLIC.
func (w *pgWorld) enters(who, schema int64) bool {
	granted := func(to int64) bool { return to == 0 || to == who || w.as(to)[who] }
	return w.super[who] || slices.ContainsFunc(w.connects, granted) && (w.readsData[who] || slices.ContainsFunc(w.usage[schema], granted))
}

// reach are the relations that show rows of a table: itself, what it is a part of, and views whose owner reads what is below; each
// with the columns of the table that it shows. nil: what is granted on it.
func (w *pgWorld) reach(id int64) map[int64]map[string]bool {
	out := map[int64]map[string]bool{id: nil}
	for next := []int64{id}; len(next) > 0; {
		at := next[0]
		next = next[1:]
		t := w.tables[at]
		for _, p := range w.parents[at] {
			if w.tables[p] != nil && widen(out, p, out[at]) {
				next = append(next, p)
			}
		}
		if len(w.views[at]) == 0 {
			continue
		}
		direct := w.direct(t)
		for _, v := range w.views[at] {
			view := w.tables[v]
			if view.invoker || len(view.shown[at]) == 0 || !w.lent(view.owner, t, direct) {
				continue
			}
			shown := out[at]
			if shown == nil {
				shown = view.shown[at]
			}
			if widen(out, v, shown) {
				next = append(next, v)
			}
		}
	}
	return out
}

// widen adds columns to those that a relation shows, and reports whether there were new ones.
func widen[T comparable](in map[T]map[string]bool, id T, columns map[string]bool) bool {
	had, ok := in[id]
	switch {
	case !ok:
		in[id] = maps.Clone(columns)
		return true
	case had == nil:
		return false
	case columns == nil:
		in[id] = nil
		return true
	}
	before := len(had)
	maps.Copy(had, columns)
	return len(had) > before
}

// read adds who reads rows of a table by one of the relations that show them.
func (w *pgWorld) read(at int64, columns map[string]bool, through string, out readable) {
	t := w.tables[at]
	for who, granted := range w.direct(t) {
		if columns != nil {
			granted = columns
		}
		w.one(t, who, granted, through, out)
	}
}

// lent reports whether what runs with an owner's rights shows rows of a table.
func (w *pgWorld) lent(owner int64, t *pgTable, direct map[int64]map[string]bool) bool {
	_, public := direct[0]
	if !public && !w.ownerReads(owner, t, direct) {
		return false
	}
	return !t.rls || w.roles[owner].super || w.roles[owner].bypass || owner == t.owner && !t.forced ||
		slices.ContainsFunc(t.policies, func(to int64) bool { return to == 0 || to == owner || w.contains(to, owner) })
}

// direct are those who may read, as roles that log in or PUBLIC, and what.
func (w *pgWorld) direct(t *pgTable) map[int64]map[string]bool {
	out := map[int64]map[string]bool{}
	give := func(who int64, cols map[string]bool) {
		had, ok := out[who]
		switch {
		case cols == nil || ok && had == nil:
			out[who] = nil
		default:
			if !ok {
				had = map[string]bool{}
				out[who] = had
			}
			for c := range cols {
				had[c] = true
			}
		}
	}
	for to, cols := range t.grants {
		if to == 0 && w.enters(0, t.schema) {
			give(0, cols)
			continue
		}
		for who, r := range w.roles {
			if r.login && (to == 0 || w.as(to)[who]) && w.enters(who, t.schema) {
				give(who, cols)
			}
		}
	}
	for who, r := range w.roles {
		if r.login && w.readsData[who] && w.enters(who, t.schema) {
			give(who, nil)
		}
	}
	return out
}

// one adds a reader, bound to what policies of the table show unless it passes by them.
func (w *pgWorld) one(t *pgTable, who int64, cols map[string]bool, through string, out readable) {
	name := "PUBLIC"
	if who != 0 {
		name = w.roles[who].name
	}
	if t.rls && !w.passes(t, who) {
		if !slices.ContainsFunc(t.policies, func(to int64) bool { return to == 0 || w.as(to)[who] }) {
			return // without a policy nothing is shown
		}
		through = strings.TrimSpace(through + " of rows that policies show")
	}
	names := make([]string, 0, len(cols))
	for c := range cols {
		names = append(names, c)
	}
	out.add(name, through, names...)
}

// passes reports whether row-level security does not bind somebody.
func (w *pgWorld) passes(t *pgTable, who int64) bool {
	if who == 0 {
		return false
	}
	if w.unbound[who] {
		return true
	}
	return !t.forced && w.as(t.owner)[who]
}

// lenders are functions that somebody may call who does not read the table, with the rights of one who does.
func (w *pgWorld) lenders(id int64, r readable) (names []string) {
	t := w.tables[id]
	direct := w.direct(t)
	for _, f := range w.functions {
		if !w.lent(f.owner, t, direct) {
			continue
		}
		if slices.ContainsFunc(f.callers, func(to int64) bool { return w.lends(to, f, r) }) {
			names = append(names, f.name)
		}
	}
	return names
}

// ownerReads: an owner need not log in.
func (w *pgWorld) ownerReads(owner int64, t *pgTable, direct map[int64]map[string]bool) bool {
	if _, ok := direct[owner]; ok || owner == t.owner || w.roles[owner].super {
		return true
	}
	for to := range t.grants {
		if to == owner || w.contains(to, owner) {
			return true
		}
	}
	return false
}

// contains reports whether one role is a member of another, through others too.
func (w *pgWorld) contains(role, member int64) bool {
	seen := map[int64]bool{}
	var walk func(int64) bool
	walk = func(at int64) bool {
		if seen[at] {
			return false
		}
		seen[at] = true
		return slices.ContainsFunc(w.in[at], func(m int64) bool { return m == member || walk(m) })
	}
	return walk(role)
}

// lends reports whether a caller is somebody who does not read all of the table anyway.
func (w *pgWorld) lends(to int64, f *pgFunction, r readable) bool {
	if all, ok := r[reading{"PUBLIC", ""}]; ok && all == nil {
		return false
	}
	if to == 0 {
		return w.enters(0, f.schema) || slices.ContainsFunc(w.usage[f.schema], func(u int64) bool { return u != 0 && len(w.as(u)) > 0 })
	}
	for who := range w.as(to) {
		if all, ok := r[reading{w.roles[who].name, ""}]; (!ok || all != nil) && w.enters(who, f.schema) {
			return true
		}
	}
	return false
}
