package verdict

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
)

// watched is a group of facts as an object of OPA that follows what is read of it. Evaluation asks for fields by name; whatever
// else it does reads all of it, and is told as such.
type watched struct {
	ast.Object // none: its methods are all below, but for one that keeps others from implementing it
	node       *Node
	read       *Paths
	reading    *reading
}

var errNotThere = errors.New("there is no such field")

// at gives a field: of a group, its watched twin.
func (w *watched) at(k *ast.Term) (*watched, *ast.Term) {
	name, ok := k.Value.(ast.String)
	below := w.read.below[string(name)]
	if !ok || below == nil || w.read.all() {
		w.reading.lost = true
		return nil, nil
	}
	f := w.node.field(string(name))
	if f == nil {
		f = absent
	}
	if f.form == structure {
		return &watched{node: f, read: below, reading: w.reading}, nil
	}
	return nil, w.reading.leaf(f, below)
}

// Get is how references are followed.
func (w *watched) Get(k *ast.Term) *ast.Term {
	group, fact := w.at(k)
	if group != nil {
		return ast.NewTerm(group)
	}
	return fact
}

// Find is how indices of rules read.
func (w *watched) Find(ref ast.Ref) (ast.Value, error) {
	for i, k := range ref {
		group, fact := w.at(k)
		switch {
		case fact != nil:
			return fact.Value.Find(ref[i+1:])
		case group == nil:
			return nil, errNotThere
		}
		w = group
	}
	return w.all(), nil
}

// IsGround: a document holds no variables.
func (w *watched) IsGround() bool { return true }

// all gives the group as it is.
func (w *watched) all() ast.Object {
	w.reading.lost = true
	t, _ := w.node.term(w.reading.fill)
	return t.Value.(ast.Object)
}

func (w *watched) Compare(v ast.Value) int { return w.all().Compare(v) }
func (w *watched) Hash() int               { return w.all().Hash() }
func (w *watched) String() string          { return w.all().String() }
func (w *watched) Len() int                { return w.all().Len() }
func (w *watched) Copy() ast.Object        { return w.all().Copy() }
func (w *watched) Insert(k, v *ast.Term)   { w.all().Insert(k, v) }
func (w *watched) Keys() []*ast.Term       { return w.all().Keys() }

func (w *watched) Iter(f func(*ast.Term, *ast.Term) error) error { return w.all().Iter(f) }
func (w *watched) Until(f func(*ast.Term, *ast.Term) bool) bool  { return w.all().Until(f) }
func (w *watched) Foreach(f func(*ast.Term, *ast.Term))          { w.all().Foreach(f) }
func (w *watched) Diff(o ast.Object) ast.Object                  { return w.all().Diff(o) }
func (w *watched) Intersect(o ast.Object) [][3]*ast.Term         { return w.all().Intersect(o) }
func (w *watched) Merge(o ast.Object) (ast.Object, bool)         { return w.all().Merge(o) }
func (w *watched) Filter(o ast.Object) (ast.Object, error)       { return w.all().Filter(o) }
func (w *watched) KeysIterator() ast.ObjectKeysIterator          { return w.all().KeysIterator() }

func (w *watched) Map(f func(*ast.Term, *ast.Term) (*ast.Term, *ast.Term, error)) (ast.Object, error) {
	return w.all().Map(f)
}

func (w *watched) MergeWith(o ast.Object, f func(v1, v2 *ast.Term) (*ast.Term, bool)) (ast.Object, bool) {
	return w.all().MergeWith(o, f)
}
