package verdict

import "github.com/open-policy-agent/opa/v1/ast"

// value is what an expression comes to. The zero value is undefined.
type value struct {
	known ast.Value
	part  *Node    // of a document: a list, or a group of facts in one
	set   []member // of a rule that is a partial set
	open  bool     // not known: it may be anything, or nothing
}

// holds reports whether something can be in a value.
func (x value) holds() bool {
	switch x.known.(type) {
	case nil, *ast.Array, ast.Object, ast.Set:
		return x.defined()
	}
	return false
}

// member is one of a partial set; maybe: it is in the set for some of what gaps can hold.
type member struct {
	value
	maybe bool
}

func (x value) defined() bool { return x.known != nil || x.part != nil || x.set != nil || x.open }

// of is a part of the document as an expression sees it.
func (m *machine) of(n *Node, read *Paths) value {
	switch n.form {
	case closed:
		return value{known: n.value.Value}
	case missing:
		if _, t := m.fill.of(n); t != nil {
			return value{known: t.Value}
		}
		if m.without && n.never() {
			return value{}
		}
		return m.gone(n)
	case later:
		return m.of(n.seen(read), read)
	case list:
		return value{part: n.seen(read)}
	}
	return value{part: n}
}

// gone is what a gap comes to; n is nil where the gap can take many values.
func (m *machine) gone(n *Node) value {
	if m.through {
		return value{}
	}
	if m.met == nil && n.few.count() > 0 {
		m.met = n
	}
	return value{open: true}
}

// whole gives a value as OPA has it; false: it is not known, or undefined.
func (m *machine) whole(x value) (ast.Value, bool) {
	switch {
	case x.known != nil:
		return x.known, true
	case x.part != nil:
		if !m.through {
			if n, found := x.part.unfilled(m.fill, m.without); found {
				if n == nil {
					n = absent
				}
				m.gone(n)
				return nil, false
			}
		}
		t, ok := x.part.term(m.fill)
		if !ok {
			return nil, false
		}
		return t.Value, true
	case x.set != nil:
		all := ast.NewSet()
		for _, e := range x.set {
			v, ok := m.whole(e.value)
			if !ok || e.maybe {
				return nil, false
			}
			all.Add(ast.NewTerm(v))
		}
		return all, true
	}
	return nil, false
}

// at gives what of a value has a key.
func (m *machine) at(x value, key value) (found value, maybe bool) {
	k, ok := m.whole(key)
	if x.open || !ok {
		return value{open: true}, true
	}
	switch {
	case x.set != nil:
		return m.among(x.set, k)
	case x.part != nil && x.part.form == structure:
		if name, isText := k.(ast.String); isText {
			f := x.part.field(string(name))
			if f == nil {
				f = absent
			}
			found = m.of(f, nil)
		}
		return found, found.open
	case x.part != nil:
		found = m.item(x.part, k)
		return found, found.open
	}
	switch v := x.known.(type) {
	case ast.Object:
		if t := v.Get(ast.NewTerm(k)); t != nil {
			return value{known: t.Value}, false
		}
	case *ast.Array:
		if t := v.Get(ast.NewTerm(k)); t != nil {
			return value{known: t.Value}, false
		}
	case ast.Set:
		if v.Contains(ast.NewTerm(k)) {
			return value{known: k}, false
		}
	}
	return value{}, false
}

// item is an element of a list by its number.
func (m *machine) item(n *Node, k ast.Value) value {
	number, _ := k.(ast.Number)
	i, ok := number.Int()
	switch {
	case !ok || i < 0:
		return value{}
	case i < len(n.items):
		return m.of(n.items[i], nil)
	case n.gap != nil && !(m.without && n.never()):
		return m.gone(absent)
	}
	return value{}
}

// among looks for a member of a partial set.
func (m *machine) among(set []member, k ast.Value) (found value, maybe bool) {
	for _, e := range set {
		v, ok := m.whole(e.value)
		switch {
		case !ok:
			found, maybe = value{known: k}, true
		case v.Compare(k) == 0 && !e.maybe:
			return value{known: k}, false
		case v.Compare(k) == 0:
			found, maybe = value{known: k}, true
		}
	}
	return found, maybe
}

// each visits what of a value has any key, until a visit says stop.
func (m *machine) each(x value, visit func(key, child value, maybe bool) bool) bool {
	if x.open {
		return visit(value{open: true}, value{open: true}, true)
	}
	if x.set != nil {
		for _, e := range x.set {
			if visit(e.value, e.value, e.maybe || e.open) {
				return true
			}
		}
		return false
	}
	if x.part != nil && x.part.form == structure {
		for i, name := range x.part.names {
			if c := m.of(x.part.fields[i], nil); c.defined() && visit(value{known: ast.String(name)}, c, c.open) {
				return true
			}
		}
		return m.more(x.part, visit)
	}
	if x.part != nil {
		for i, n := range x.part.items {
			if c := m.of(n, nil); c.defined() && visit(value{known: ast.InternedTerm(i).Value}, c, c.open) {
				return true
			}
		}
		return m.more(x.part, visit)
	}
	switch v := x.known.(type) {
	case ast.Object:
		return v.Until(func(k, c *ast.Term) bool { return visit(value{known: k.Value}, value{known: c.Value}, false) })
	case *ast.Array:
		for i := range v.Len() {
			if visit(value{known: ast.InternedTerm(i).Value}, value{known: v.Elem(i).Value}, false) {
				return true
			}
		}
	case ast.Set:
		return v.Until(func(e *ast.Term) bool { return visit(value{known: e.Value}, value{known: e.Value}, false) })
	}
	return false
}

// more visits what else may be in a list or structure.
func (m *machine) more(n *Node, visit func(key, child value, maybe bool) bool) bool {
	if n.gap == nil || m.through || m.without && n.never() {
		return false
	}
	m.gone(absent)
	return visit(value{open: true}, value{open: true}, true)
}
