package verdict

// Source makes a part of a document when a rule reads it, as far as it is read: a list, or a closed value.
type Source interface {
	Node(read *Paths) *Node
}

// Later is a closed value that its source makes.
func Later(s Source) *Node { return &Node{form: later, source: s} }

// LaterItems is a list that its source makes: of its elements what is read of them.
func LaterItems(s Source) *Node { return &Node{form: later, source: s, listed: true} }

// cut is a list, or what is made later, as far as some rules read it.
type cut struct {
	read *Paths // of each element; nil: all
	node *Node
}

// cut is made once for all rules that read the same.
func (n *Node) cut(read *Paths) *cut {
	if n.form == later && !n.listed {
		read = nil
	} else {
		read = read.elements()
	}
	for i := range n.cuts {
		if n.cuts[i].read == read {
			return &n.cuts[i]
		}
	}
	n.cuts = append(n.cuts, cut{read: read})
	return &n.cuts[len(n.cuts)-1]
}

// seen is a part as far as it is read; what is not made yet is made.
func (n *Node) seen(read *Paths) *Node {
	if n.form != later && (n.form != list || read.elements() == nil) {
		return n
	}
	c := n.cut(read)
	switch {
	case c.node != nil:
	case n.form == later:
		c.node = n.source.Node(c.read)
	default:
		items := make([]*Node, len(n.items))
		for i, it := range n.items {
			items[i] = project(it, c.read)
		}
		c.node = Items(n.gap, items...)
	}
	return c.node
}
