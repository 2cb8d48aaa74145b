// Package personaldata says where personal data is, and never what it says: it reads cells and text, and keeps counts.
//
// Scanners that read content make a [Tally] for a store, a [Column] for each column, key path or text, and add its cells;
// the [Tally]'s labels go on the asset. A cell is read once, from left to right, in linear time; what its checks and the
// words around it leave open, the column as a whole decides.
package personaldata

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Reported is the confidence from which a finding is a label.
const Reported = 0.5

// Value is raw data that prints and marshals as redacted; see [detectors.Value].
type Value = detectors.Value

// Options choose what is looked for. The zero value looks for everything.
type Options struct {
	Detectors []detectors.Detector // nil: detectors.All()
	Key       []byte               // of the hashes that different values are counted by, which never leave the memory; nil: one for all
}

// Tally counts what one store holds. It is not for concurrent use.
type Tally struct {
	scanner *scanner
	seed    uint64
	columns *columns
	cleared []*Column // their room is for others
	scratch trials    // for texts that are looked at again
}

// columns are those of a tally, by their place and by where they are.
type columns struct {
	all    []*Column
	byName map[string]*Column
}

// New makes an empty tally.
func New(o Options) *Tally {
	all := o.Detectors
	if all == nil {
		all = detectors.All()
	}
	sum := sha256.Sum256(o.Key)
	return newTally(newEngine(all), binary.BigEndian.Uint64(sum[:]))
}

// Fresh is an empty tally of the same detectors, without the work of making them ready. It may be asked for while others count.
func (t *Tally) Fresh() *Tally { return newTally(t.scanner.engine, t.seed) }

// Clear forgets all columns, which must not be used any more, and keeps the room that the next ones need.
func (t *Tally) Clear() {
	const most = 200
	t.cleared = append(t.cleared, t.columns.all[:min(len(t.columns.all), most-len(t.cleared))]...)
	t.columns.all = t.columns.all[:0]
	clear(t.columns.byName)
}

func newTally(e *engine, seed uint64) *Tally {
	t := &Tally{scanner: newScanner(e), seed: seed, columns: &columns{byName: map[string]*Column{}}}
	t.scanner.columns = t.columns
	return t
}

// Column gives the slot for the cells of one column, key path or text. On is where a label says it is
// ("patients.csv:email"); name is the header or key, after a point the last part of a path ("patients.email"), and empty
// for free text. The same on gives the same slot.
func (t *Tally) Column(on, name string) *Column {
	c := t.columns.byName[on]
	if c == nil {
		c = newColumn(t, on, name)
		c.place = int32(len(t.columns.all))
		t.columns.byName[on] = c
		t.columns.all = append(t.columns.all, c)
	}
	return c
}

// Labels gives what was found, by place and detector. Sample.Method, Sample.Total, AsOf and Origin are the caller's.
func (t *Tally) Labels() []probity.Label {
	var labels []probity.Label
	for _, c := range t.columns.all {
		labels = append(labels, c.labels()...)
	}
	slices.SortFunc(labels, func(a, b probity.Label) int {
		return cmp.Or(strings.Compare(a.On, b.On), strings.Compare(a.Detector, b.Detector), strings.Compare(string(a.Protection), string(b.Protection)))
	})
	return labels
}

// digest is a hash of a value under the tally's key, and never 0: the same in each scan, so that estimates are (eight bytes at a
// time as FNV-1a, and the last steps of MurmurHash3).
func (t *Tally) digest(value []byte) uint64 {
	n := len(value)
	h := t.seed ^ uint64(n)
	for i := 0; i+8 < n; i += 8 {
		h = (h ^ binary.LittleEndian.Uint64(value[i:])) * prime
		h ^= h >> 32
	}
	switch { // what is left, or all of it, with bytes before it a second time
	case n >= 8:
		h ^= binary.LittleEndian.Uint64(value[n-8:])
	case n >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(value))<<32 | uint64(binary.LittleEndian.Uint32(value[n-4:]))
	case n > 0:
		h ^= uint64(value[0])<<16 | uint64(value[n/2])<<8 | uint64(value[n-1])
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return (h ^ h>>33) | 1
}

// rounded keeps confidences, of which none is negative, equal between machines and readable.
func rounded(x float64) float64 { return float64(int(x*100+.5)) / 100 }
