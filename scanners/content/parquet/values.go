package parquet

import (
	"encoding/binary"
)

// words are a chunk's dictionary: one after the other in b.
type words struct {
	b    []byte
	size int      // of each; 0: ends tells
	ends []uint32 // of each, in b
	n    int
}

func (w *words) word(i uint64) ([]byte, bool) {
	if i >= uint64(w.n) {
		return nil, false
	}
	if w.size > 0 {
		return w.b[int(i)*w.size : int(i+1)*w.size], true
	}
	from := uint32(0)
	if i > 0 {
		from = w.ends[i-1]
	}
	return w.b[from+4 : w.ends[i]], true // its length stands before it
}

// dictionary keeps a page of words.
func (r *Reader) dictionary(h headed, packing int64) error {
	if h.encoding != plain && h.encoding != plainDictionary {
		return ErrUnsupported
	}
	b, err := r.unpack(r.packed, h.unpacked, packing)
	if err != nil {
		return err
	}
	r.words = words{b: append(r.words.b[:0], b...), size: r.col.size(), ends: r.words.ends[:0]}
	if s := r.words.size; s > 0 {
		r.words.n = len(b) / s
		return nil
	}
	for at := 0; at < len(b); r.words.n++ {
		n, err := length(b[at:])
		if err != nil {
			return err
		}
		at += 4 + n
		r.words.ends = append(r.words.ends, uint32(at))
	}
	return nil
}

// length is that of a text which begins at b, after four bytes that tell it.
func length(b []byte) (int, error) {
	if len(b) < 4 {
		return 0, errShort
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n > int64(len(b)-4) {
		return 0, errShort
	}
	return int(n), nil
}

// values hands over n of a page.
func (r *Reader) values(encoding int64, b []byte, n int64) error {
	if n == 0 || r.col.Type == Boolean {
		return nil
	}
	size := r.col.size()
	numbers := r.col.Type == Int32 || r.col.Type == Int64
	switch {
	case encoding == plain:
		return r.plain(b, n, size)
	case encoding == plainDictionary, encoding == dictionary:
		return r.looked(b, n)
	case encoding == deltaNumbers && numbers:
		return r.deltas(b, n, size)
	case encoding == deltaLengths && size == 0:
		return r.lengths(b, n)
	case encoding == deltaBytes && (size == 0 || r.col.Type == Fixed):
		return r.prefixes(b, n, size)
	case encoding == streamSplit && size > 0:
		return r.split(b, n, size)
	}
	return ErrUnsupported
}

func (r *Reader) plain(b []byte, n int64, size int) error {
	for range n {
		at, s := 0, size
		if size == 0 {
			var err error
			if s, err = length(b); err != nil {
				return err
			}
			at = 4
		} else if len(b) < s {
			return errShort
		}
		if err := r.Value(b[at:at+s], false); err != nil {
			return err
		}
		b = b[at+s:]
	}
	return nil
}

// looked hands over words, by their numbers.
func (r *Reader) looked(b []byte, n int64) error {
	if len(b) == 0 || b[0] > 32 {
		return errDamaged
	}
	h := &hybrid{b: b[1:], width: int(b[0])}
	for n > 0 {
		if err := h.next(); err != nil {
			return err
		}
		i := h.value
		if h.run > 0 {
			h.run--
		} else {
			i = h.packed()
		}
		w, ok := r.words.word(i)
		if !ok {
			return errDamaged
		}
		if err := r.Value(w, true); err != nil {
			return err
		}
		n--
	}
	return nil
}

// split hands over numbers of which the first bytes stand together, then the second ones.
func (r *Reader) split(b []byte, n int64, size int) error {
	of := len(b) / size
	if int64(of) < n {
		return errShort
	}
	r.last = grow(r.last, size)
	for i := range int(n) {
		for j := range size {
			r.last[j] = b[j*of+i]
		}
		if err := r.Value(r.last, false); err != nil {
			return err
		}
	}
	return nil
}
