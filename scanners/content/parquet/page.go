package parquet

import (
	"encoding/binary"
	"hash/crc32"
)

const (
	page   = 32 << 20 // bytes of one, packed or not
	header = 64 << 10 // bytes of what stands before it
)

// The encodings of parquet.thrift.
const (
	plain           = 0
	plainDictionary = 2
	runs            = 3
	deltaNumbers    = 5
	deltaLengths    = 6
	deltaBytes      = 7
	dictionary      = 8
	streamSplit     = 9
)

// Reader reads chunks one after the other, in the same memory.
type Reader struct {
	// Page is asked before each page: its bytes as they are stored and unpacked. An error of it ends the reading.
	Page func(packed, unpacked int) error
	// Value takes each value that is not null, as it is stored. repeated: it takes nothing of the page, for it is said there again.
	Value func(value []byte, repeated bool) error

	f        *File
	col      *Column
	head     []byte
	packed   []byte
	unpacked []byte
	words    words
	seen     int64 // values of the chunk, nulls with them
	scratch  [8]byte
	last     []byte
	unpacker unpacker
}

// Reader reads values of the file.
func (f *File) Reader() *Reader { return &Reader{f: f} }

// Seen is how many values the last chunk was read to, nulls with them.
func (r *Reader) Seen() int64 { return r.seen }

// Chunk reads the values of a column in a group.
func (r *Reader) Chunk(group, column int) error {
	c := r.f.Groups[group].Chunks[column]
	r.col, r.seen, r.words.n = r.f.Columns[column], 0, 0
	switch {
	case c.encrypted:
		return ErrEncrypted
	case c.elsewhere, !r.unpacker.reads(c.packing):
		return ErrUnsupported
	}
	begin := c.begin()
	if begin < magic || c.packed < 0 || begin > r.f.size || c.packed > r.f.size-begin {
		return errDamaged
	}
	end := begin + c.packed
	for at := begin; at < end && r.seen < c.values; {
		n, err := r.page(at, end, c.packing)
		if err != nil {
			return err
		}
		at += n
	}
	if r.seen < c.values {
		return errShort
	}
	return nil
}

// headed is what stands before a page.
type headed struct {
	kind             int64
	packed, unpacked int64
	sum              int64
	summed           bool
	values           int64
	encoding         int64
	defined          int64 // encoding of levels
	second           bool  // the second form of data pages: levels are not packed, and tell their lengths
	deep, high       int64 // bytes of levels: repeated, defined
	loose            bool  // nothing is packed
}

// page reads one at a place, and gives how long it is with its header.
func (r *Reader) page(at, end, packing int64) (int64, error) {
	h, n, err := r.header(at, end)
	if err != nil {
		return 0, err
	}
	length := int64(n) + h.packed
	if h.packed < 0 || h.unpacked < 0 || h.values < 0 || length > end-at {
		return 0, errDamaged
	}
	if h.packed > page || h.unpacked > page {
		return 0, ErrLarge
	}
	if h.kind != 0 && h.kind != 2 && h.kind != 3 {
		return length, nil // an index
	}
	if err := r.Page(int(length), int(h.unpacked)); err != nil {
		return 0, err
	}
	r.packed = grow(r.packed, int(h.packed))
	if err := readAt(r.f.r, r.packed, at+int64(n)); err != nil {
		return 0, err
	}
	if h.summed && crc32.ChecksumIEEE(r.packed) != uint32(h.sum) {
		return 0, errDamaged
	}
	if h.kind == 2 {
		return length, r.dictionary(h, packing)
	}
	r.seen += h.values
	return length, r.data(h, packing)
}

// header reads what stands before a page, and gives how long that is: most are short, but they may hold the least and the greatest value.
func (r *Reader) header(at, end int64) (headed, int, error) {
	for n := int64(256); ; n *= 4 {
		n = min(n, end-at)
		r.head = grow(r.head, int(n))
		if err := readAt(r.f.r, r.head, at); err != nil {
			return headed{}, 0, err
		}
		t := &thrift{b: r.head}
		h := readHeader(t)
		switch {
		case t.err == nil:
			return h, t.at, nil
		case n == end-at, n >= header:
			return headed{}, 0, t.err
		}
	}
}

func readHeader(t *thrift) headed {
	var h headed
	t.fields(func(id int64, kind byte) bool {
		switch {
		case id >= 1 && id <= 4 && kind == isI32:
			*[]*int64{&h.kind, &h.unpacked, &h.packed, &h.sum}[id-1] = t.int()
			h.summed = h.summed || id == 4
		case id == 5 && kind == isStruct:
			h.numbers(t, map[int64]*int64{1: &h.values, 2: &h.encoding, 3: &h.defined})
		case id == 7 && kind == isStruct:
			h.numbers(t, map[int64]*int64{1: &h.values, 2: &h.encoding})
		case id == 8 && kind == isStruct:
			h.second, h.defined = true, runs
			h.numbers(t, map[int64]*int64{1: &h.values, 4: &h.encoding, 5: &h.high, 6: &h.deep})
		default:
			return false
		}
		return true
	})
	return h
}

func (h *headed) numbers(t *thrift, to map[int64]*int64) {
	t.fields(func(id int64, kind byte) bool {
		h.loose = h.loose || h.second && id == 7 && kind == isFalse
		if to[id] == nil || kind != isI32 {
			return false
		}
		*to[id] = t.int()
		return true
	})
}

// data hands over the values of a page.
func (r *Reader) data(h headed, packing int64) error {
	b := r.packed
	var levels []byte
	if h.second {
		if h.deep < 0 || h.high < 0 || h.deep+h.high > int64(len(b)) {
			return errDamaged
		}
		levels, b = b[h.deep:h.deep+h.high], b[h.deep+h.high:]
		h.unpacked -= h.deep + h.high
	}
	if !h.loose {
		var err error
		if b, err = r.unpack(b, h.unpacked, packing); err != nil {
			return err
		}
	}
	if !h.second {
		var err error
		if r.col.repeated > 0 {
			if _, b, err = cut(b); err != nil {
				return err
			}
		}
		if r.col.defined > 0 {
			if h.defined != runs {
				return ErrUnsupported
			}
			if levels, b, err = cut(b); err != nil {
				return err
			}
		}
	}
	n := h.values
	if r.col.defined > 0 {
		var err error
		if n, err = count(levels, r.col.defined, h.values); err != nil {
			return err
		}
	}
	return r.values(h.encoding, b, n)
}

// cut parts levels, which tell their length, from what follows.
func cut(b []byte) (levels, rest []byte, err error) {
	if len(b) < 4 {
		return nil, nil, errShort
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n > int64(len(b)-4) {
		return nil, nil, errShort
	}
	return b[4 : 4+n], b[4+n:], nil
}

// unpack gives a page as it was before packing.
func (r *Reader) unpack(b []byte, size, packing int64) ([]byte, error) {
	if packing == 0 || len(b) == 0 && size == 0 {
		return b, nil
	}
	if size < 0 {
		return nil, errDamaged
	}
	r.unpacked = grow(r.unpacked, int(size))
	return r.unpacked, r.unpacker.unpack(r.unpacked, b, packing)
}

// grow gives n bytes, of b where it has them.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
