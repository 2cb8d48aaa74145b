// Package objects scans a folder of objects: one asset, with labels that say which object and column hold what. The objects
// come through [Store], so that a folder on a disk and a bucket are read by the same code.
package objects

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"path"
	"path/filepath"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Store is where the objects are.
type Store interface {
	// List visits the names of all objects, sorted, and says what it could not list.
	List(ctx context.Context, visit func(name string) error) ([]Missed, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Close() error
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
	told     = 100      // lost objects told one by one
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

var errStop = errors.New("stopped by the reader")

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		store, err := s.opts.Open(u)
		if err != nil {
			yield(nil, err)
			return
		}
		defer store.Close()
		r := &reading{opts: s.opts, unit: u, store: store, labels: newSums(labels), missed: map[key]*Missed{}}
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

// reading is one pass over a store.
type reading struct {
	opts   Options
	unit   probity.Unit
	store  Store
	at     time.Time
	count  int
	labels *sums
	missed map[key]*Missed
	lost   []Missed
	more   int // losses beyond those told
}

type key struct {
	reason  probity.Reason
	because string
}

func (r *reading) all(ctx context.Context) error {
	var names []string
	missed, err := r.store.List(ctx, func(name string) error {
		names = append(names, name)
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range missed {
		r.miss(m)
	}
	r.count = len(names)
	if r.unit.Asks.Content == nil {
		r.miss(Missed{Gap: probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "--content"}, Count: len(names)})
		return nil
	}
	limit := r.unit.Asks.Content.Objects
	if limit <= 0 {
		limit = objects
	}
	for _, name := range names {
		if len(names) > limit && !chosen(name, limit, len(names)) {
			r.miss(Missed{Gap: probity.Gap{Reason: probity.Sampled, Because: "objects beyond the budget of the store"}, Count: 1})
			continue
		}
		if err := r.object(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// chosen draws about limit of total names, the same ones each time: by the name's digest, so that no folder or date is preferred.
func chosen(name string, limit, total int) bool {
	h := fnv.New64a()
	io.WriteString(h, name)
	x := h.Sum64()
	x ^= x >> 32 // FNV mixes its high bits badly for short names
	x *= 0x9e3779b97f4a7c15
	return float64(x>>11)/(1<<53) < float64(limit)/float64(total)
}

func (r *reading) object(ctx context.Context, name string) error {
	f, err := r.store.Open(ctx, name)
	if err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		r.miss(Missed{Name: name, Gap: content.Lost(err), Count: 1})
		return nil
	}
	defer f.Close()
	tally, digest := r.opts.Tally(), sha256.New()
	cols := map[*content.Column]func([]byte){}
	at := map[string]*content.Column{}
	limit := r.unit.Asks.Content.Bytes
	if limit <= 0 {
		limit = size
	}
	hint := path.Base(path.Join(filepath.ToSlash(r.unit.Target), name))
	rep, err := content.Read(ctx, hint, io.TeeReader(f, digest), content.Options{Bytes: limit}, func(c *content.Column, b []byte) error {
		add, ok := cols[c]
		if !ok {
			on := join(name, c.Path)
			add = tally.Column(on, c.Name)
			cols[c], at[on] = add, c
		}
		add(b)
		return nil
	})
	if err != nil {
		return err
	}
	if rep.Gap != nil {
		m := Missed{Gap: *rep.Gap, Count: 1}
		if rep.Gap.Reason.Loss() {
			m.Name = name
		}
		r.miss(m)
	}
	for _, l := range tally.Labels() {
		l.AsOf = r.at
		c := at[l.On]
		l.Origin = &probity.Origin{File: path.Join(r.unit.Base, r.unit.Part, name), Line: c.Line}
		l.Sample.Unit = "cells"
		l.Sample.Method, l.Sample.Total = "first", probity.Missing[int](probity.Gap{Reason: probity.Sampled}, nil)
		if rep.Gap == nil {
			l.Sample.Method, l.Sample.Total = "all", probity.Known(l.Sample.Read, nil)
			l.Version = "sha256:" + hex.EncodeToString(digest.Sum(nil))
		}
		r.labels.add(name, c.Path, l)
	}
	return nil
}

func (r *reading) miss(m Missed) {
	if m.Count == 0 {
		return
	}
	if m.Name != "" && len(r.lost) < told {
		r.lost = append(r.lost, m)
		return
	}
	if m.Name != "" {
		r.more++
		m.Gap.Because = "more objects that could not be read"
	}
	k := key{m.Gap.Reason, m.Gap.Because}
	if had := r.missed[k]; had != nil {
		had.Count += m.Count
		return
	}
	r.missed[k] = &Missed{Gap: m.Gap, Count: m.Count}
}

func (m Missed) text() string {
	if m.Name != "" {
		return m.Name + ": " + m.Gap.Because
	}
	return fmt.Sprintf("%d: %s", m.Count, m.Gap.Because)
}
