// Package sample draws objects from a store too large to be read whole, and says what the draw tells of the rest.
package sample

import (
	"cmp"
	"container/heap"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"time"
)

// Object is one of a store's objects, as a listing tells of it.
type Object struct {
	Key      string
	Version  string // of its content: ETag
	Size     int64
	Modified time.Time
	Storage  string // class: "STANDARD", "GLACIER"
}

// Drawn is an object to be read.
type Drawn struct {
	Object
	// Random: it was drawn by chance, each object alike. Others were added so that no prefix, format, age or size is left out,
	// and tell nothing of how many objects hold something.
	Random bool
}

// Draw takes objects one by one and keeps a sample. Who has the seed draws the same objects again as long as they are there, so
// that the next scan reads only what has changed; nobody else can tell which they are.
type Draw struct {
	seed   []byte
	random bottom
	strata map[stratum]ranked
	total  int
}

const maxStrata = 4096

// New makes an empty draw of n objects.
func New(seed []byte, n int) *Draw {
	return &Draw{seed: seed, random: bottom{n: max(n, 1)}, strata: map[stratum]ranked{}}
}

// stratum is a group of objects that are alike.
type stratum struct {
	prefix, format, storage string
	age, size               int
}

func stratumOf(o Object) stratum {
	s := stratum{format: strings.ToLower(path.Ext(o.Key)), storage: o.Storage}
	if i := strings.IndexByte(o.Key, '/'); i >= 0 {
		s.prefix = o.Key[:i]
	}
	if !o.Modified.IsZero() {
		s.age = o.Modified.Year()
	}
	for n := o.Size >> 12; n > 0; n >>= 4 { // up to 4 KiB, 64 KiB, 1 MiB …
		s.size++
	}
	return s
}

type ranked struct {
	Object
	rank uint64
}

func (d *Draw) rank(key string) uint64 {
	m := hmac.New(sha256.New, d.seed)
	m.Write([]byte(key))
	return binary.BigEndian.Uint64(m.Sum(nil))
}

// Add offers an object.
func (d *Draw) Add(o Object) {
	d.total++
	r := ranked{o, d.rank(o.Key)}
	d.random.offer(r)
	s := stratumOf(o)
	if had, ok := d.strata[s]; ok && had.rank <= r.rank || !ok && len(d.strata) >= maxStrata {
		return
	}
	d.strata[s] = r
}

// Total is how many objects were offered.
func (d *Draw) Total() int { return d.total }

// Objects is the sample: the random draw, and up to a quarter as many more from groups that it missed.
func (d *Draw) Objects() []Drawn {
	out := make([]Drawn, 0, len(d.random.heap))
	met := map[stratum]bool{}
	for _, r := range d.random.heap {
		out = append(out, Drawn{r.Object, true})
		met[stratumOf(r.Object)] = true
	}
	var more []ranked
	for s, r := range d.strata {
		if !met[s] {
			more = append(more, r)
		}
	}
	slices.SortFunc(more, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for _, r := range more[:min(len(more), d.random.n/4)] {
		out = append(out, Drawn{r.Object, false})
	}
	slices.SortFunc(out, func(a, b Drawn) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// bottom keeps the n lowest ranks: a simple random sample without replacement.
type bottom struct {
	n    int
	heap maxHeap
}

func (b *bottom) offer(r ranked) {
	switch {
	case len(b.heap) < b.n:
		heap.Push(&b.heap, r)
	case r.rank < b.heap[0].rank:
		b.heap[0] = r
		heap.Fix(&b.heap, 0)
	}
}

type maxHeap []ranked

func (h maxHeap) Len() int           { return len(h) }
func (h maxHeap) Less(i, j int) bool { return h[i].rank > h[j].rank }
func (h maxHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *maxHeap) Push(x any)        { *h = append(*h, x.(ranked)) }
func (h *maxHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
