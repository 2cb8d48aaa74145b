// Package objects scans a folder of objects: one asset, with labels that say which object and column hold what. The objects
// come through [Store], so that a folder on a disk and a bucket are read by the same code.
package objects

import (
	"context"
	"io"
	"iter"
	"path"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Store is where the objects are.
type Store interface {
	// List visits the names of all objects, sorted, and says what it could not list.
	List(ctx context.Context, visit func(name string) error) ([]Missed, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	io.Closer
}

// Missed is what is not read, or not whole.
type Missed struct {
	Name  string // of the one object or folder that is lost; empty where it is one of many
	Gap   probity.Gap
	Count int
}

// Tally counts the personal data of one object.
type Tally interface {
	// Column gives what takes the cells of a column. on is where labels say it was found; name its name, empty for free text.
	Column(on, name string) (add func(cell []byte))
	Labels() []probity.Label
}

// Options wire the scanner. Open and Tally are needed.
type Options struct {
	Open  func(probity.Unit) (Store, error)
	Tally func() Tally
	Now   func() time.Time // nil: labels bear no date
}

// Scanner implements [probity.Scanner].
type Scanner struct{ opts Options }

// New is the scanner with its options.
func New(o Options) *Scanner { return &Scanner{o} }

const (
	objects  = 10000    // of one store, when nothing else is asked
	size     = 64 << 20 // bytes of one object
	labels   = 1000     // of one store, beyond which they are summed by folder
	told     = 100      // lost objects told one by one, and as many that are read in part
	provider = "files"
)

func ref(u probity.Unit) probity.Ref {
	return probity.Ref{ID: "files:" + path.Join(u.Base, u.Part, ".")}
}

// Supplies is what a unit of this scanner supplies: its folder, and the labels on it.
func Supplies(u probity.Unit) []probity.Supply {
	s := probity.Supply{Kind: kinds.FilesFolder, Class: probity.Bucket, Scope: probity.Scope{Provider: provider}, On: ref(u)}
	l := s
	l.Path = "labels"
	return []probity.Supply{s, l}
}

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		store, err := s.opts.Open(u)
		if err != nil {
			yield(nil, err)
			return
		}
		defer store.Close()
		r := &reading{opts: s.opts, unit: u, store: store, labels: NewSums(labels), missed: map[key]*Missed{}, told: map[bool]int{}}
		if s.opts.Now != nil {
			r.at = s.opts.Now()
		}
		if err := r.all(ctx); err != nil {
			yield(nil, err)
			return
		}
		r.give(func(f probity.Found) bool { return yield(f, nil) })
	}
}
