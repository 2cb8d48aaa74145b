package objects

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/sample"
	"github.com/probity-scan/probity/scanners/tree"
)

// reading is one pass over a store.
type reading struct {
	opts   Options
	unit   probity.Unit
	store  Store
	at     time.Time
	count  int
	labels *Sums
	missed map[key]*Missed
	lost   []Missed
	told   map[bool]int // of those, how many are losses, and how many are not
	dumps  Dumps

	ages    []probity.Age
	asked   bool // how old data is
	crowded bool // there may be more of it than is kept
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
		r.miss(Missed{Gap: probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "a scan without --no-content"}, Count: len(names)})
		return nil
	}
	limit := r.unit.Asks.Content.Objects
	if limit <= 0 {
		limit = objects
	}
	for _, name := range names {
		if len(names) > limit && !chosen(name, limit, len(names)) {
			r.miss(Missed{Gap: probity.Gap{Reason: probity.Sampled, Because: "objects beyond the budget of the store", Needs: fmt.Sprintf("--sample-objects %d", len(names))}, Count: 1})
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
	h := sha256.Sum256([]byte(name))
	return float64(binary.BigEndian.Uint64(h[:8])>>11)/(1<<53) < float64(limit)/float64(total)
}

func (r *reading) object(ctx context.Context, name string) error {
	f, err := r.store.Open(ctx, name)
	stands, name := name, tree.Shown(name)
	if err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		r.miss(Missed{Name: name, Gap: content.Lost(err), Count: 1})
		return nil
	}
	defer f.Close()
	digest := sha256.New()
	limit := r.unit.Asks.Content.Bytes
	if limit <= 0 {
		limit = size
	}
	hint := path.Base(path.Join(filepath.ToSlash(r.unit.Target), name))
	o := Object{Name: name, Hint: hint}
	o.Size, o.At = stored(f)
	o.Dump = r.dumps.Of(ctx, stands, func(name string) (io.ReadCloser, error) { return r.store.Open(ctx, name) })
	tally := r.opts.Tally()
	found, rep, err := Look(ctx, o, io.TeeReader(f, digest), limit, tally)
	if err != nil {
		return err
	}
	r.age(tally)
	version := ""
	if rep.Gap == nil && (!rep.Ranged || rest(digest, f, limit)) {
		version = "sha256:" + hex.EncodeToString(digest.Sum(nil))
	}
	if rep.Gap != nil {
		m := Missed{Gap: *rep.Gap, Count: 1}
		if rep.Gap.Reason != probity.NotCollected {
			m.Name = name
		}
		r.miss(m)
	}
	for _, l := range found {
		l.AsOf = r.at
		l.Origin = &probity.Origin{File: path.Join(r.unit.Base, r.unit.Part, name), Line: l.Line}
		l.Version = version
		r.labels.Add(name, l.Column, l.Label)
	}
	return nil
}

// age gathers from when on columns hold data, if a declared period counts from one.
func (r *reading) age(t Tally) {
	if a, ok := t.(sample.Ageing); ok {
		ages, asked := a.Ages()
		r.asked = asked
		r.ages = append(r.ages, ages[:min(len(ages), labels-len(r.ages))]...)
		r.crowded = r.crowded || len(r.ages) == labels
	}
}

// stored is the size of an object whose store tells it, 0 where it does not, and what reads anywhere in it.
func stored(r io.Reader) (int64, io.ReaderAt) {
	f, ok := r.(fs.File)
	if !ok {
		return 0, nil
	}
	st, err := f.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return 0, nil
	}
	at, _ := r.(io.ReaderAt)
	return st.Size(), at
}

// rest adds to the digest what was not read in order; false where that is more than may be read.
func rest(digest io.Writer, f io.Reader, limit int64) bool {
	n, err := io.CopyN(digest, f, limit)
	return n < limit && errors.Is(err, io.EOF)
}

func (r *reading) miss(m Missed) {
	if m.Count == 0 {
		return
	}
	if loss := m.Gap.Reason.Loss(); m.Name != "" && r.told[loss] < told {
		r.told[loss]++
		r.lost = append(r.lost, m)
		return
	} else if m.Name != "" {
		m.Gap.Because = "more objects that could not be read"
		if !loss {
			m.Gap.Because, m.Gap.Needs = "more objects that are larger than the budget of bytes", "a larger --bytes"
		}
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
