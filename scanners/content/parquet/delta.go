package parquet

import "encoding/binary"

// delta reads DELTA_BINARY_PACKED: numbers told by how they differ from the one before, in blocks of like width.
type delta struct {
	b      []byte
	left   uint64 // numbers
	minis  uint64 // parts of a block
	per    uint64 // numbers of a part
	value  int64
	first  bool
	least  int64
	widths []byte
	part   []byte
	bit    int
	width  int
	in     uint64 // numbers left in the part
}

func newDelta(b []byte) (*delta, error) {
	t := &thrift{b: b}
	block, minis, left, value := t.uvarint(), t.uvarint(), t.uvarint(), t.int()
	if t.err != nil {
		return nil, errShort
	}
	if minis == 0 || block > 1<<20 || block%minis != 0 || block/minis%8 != 0 || block == 0 {
		return nil, errDamaged
	}
	return &delta{b: b[t.at:], left: left, minis: minis, per: block / minis, value: value, first: true}, nil
}

// next gives a number; false when none is left.
func (d *delta) next() (int64, bool, error) {
	if d.left == 0 {
		return 0, false, nil
	}
	d.left--
	if d.first {
		d.first = false
		return d.value, true, nil
	}
	if d.in == 0 {
		if err := d.begin(); err != nil {
			return 0, false, err
		}
	}
	d.in--
	d.value += d.least + int64(unpackBits(d.part, d.bit, d.width))
	d.bit += d.width
	return d.value, true, nil
}

// begin goes to the next part, of the next block where this one ends.
func (d *delta) begin() error {
	if len(d.widths) == 0 {
		t := &thrift{b: d.b}
		d.least = t.int()
		if t.err != nil || uint64(len(d.b)-t.at) < d.minis {
			return errShort
		}
		d.b = d.b[t.at:]
		d.widths, d.b = d.b[:d.minis], d.b[d.minis:]
	}
	d.width, d.widths = int(d.widths[0]), d.widths[1:]
	if d.width > 64 {
		return errDamaged
	}
	n := d.per / 8 * uint64(d.width)
	if n > uint64(len(d.b)) {
		return errShort
	}
	d.part, d.b, d.bit, d.in = d.b[:n], d.b[n:], 0, d.per
	return nil
}

// rest passes over what is left and gives what follows. Widths of parts that hold no number count no bytes.
func (d *delta) rest() ([]byte, error) {
	left := d.left
	if d.first && left > 0 {
		left--
	}
	for left > 0 {
		if err := d.begin(); err != nil {
			return nil, err
		}
		left -= min(left, d.per)
	}
	return d.b, nil
}

// sizes begins to read lengths, and gives what follows them.
func sizes(b []byte) (d *delta, rest []byte, err error) {
	passing, err := newDelta(b)
	if err != nil {
		return nil, nil, err
	}
	if rest, err = passing.rest(); err != nil {
		return nil, nil, err
	}
	d, err = newDelta(b)
	return d, rest, err
}

func (d *delta) length(highest int) (int, error) {
	n, ok, err := d.next()
	if err != nil {
		return 0, err
	}
	if !ok || n < 0 || n > int64(highest) {
		return 0, errDamaged
	}
	return int(n), nil
}

func (r *Reader) deltas(b []byte, n int64, size int) error {
	d, err := newDelta(b)
	if err != nil {
		return err
	}
	for range n {
		v, ok, err := d.next()
		if err != nil {
			return err
		}
		if !ok {
			return errShort
		}
		binary.LittleEndian.PutUint64(r.scratch[:], uint64(v))
		if err := r.Value(r.scratch[:size], true); err != nil {
			return err
		}
	}
	return nil
}

// lengths hands over texts of which all lengths stand first.
func (r *Reader) lengths(b []byte, n int64) error {
	d, b, err := sizes(b)
	if err != nil {
		return err
	}
	for range n {
		s, err := d.length(len(b))
		if err != nil {
			return err
		}
		if err := r.Value(b[:s], true); err != nil {
			return err
		}
		b = b[s:]
	}
	return nil
}

// prefixes hands over texts told by how much they share with the one before.
func (r *Reader) prefixes(b []byte, n int64, size int) error {
	shared, b, err := sizes(b)
	if err != nil {
		return err
	}
	own, b, err := sizes(b)
	if err != nil {
		return err
	}
	r.last = r.last[:0]
	for range n {
		p, err := shared.length(len(r.last))
		if err != nil {
			return err
		}
		s, err := own.length(len(b))
		if err != nil {
			return err
		}
		r.last = append(r.last[:p], b[:s]...)
		b = b[s:]
		if size > 0 && len(r.last) != size {
			return errDamaged
		}
		if err := r.Value(r.last, true); err != nil {
			return err
		}
	}
	return nil
}
