package parquet

import (
	"encoding/binary"
	"math/bits"
)

// hybrid reads what Parquet calls RLE: numbers that are said once for a run, or packed in groups of eight.
type hybrid struct {
	b     []byte
	width int
	run   uint64 // numbers left that are all value
	value uint64
	group uint64 // numbers left that are packed
	bit   int    // where the next of them begins
	from  []byte
}

// next begins a run or a group where none is left.
func (h *hybrid) next() error {
	for h.run == 0 && h.group == 0 {
		n, used := binary.Uvarint(h.b)
		if used <= 0 {
			return errShort
		}
		h.b = h.b[used:]
		if n&1 == 1 {
			h.groups(n >> 1)
			continue
		}
		size := (h.width + 7) / 8
		if len(h.b) < size {
			return errShort
		}
		h.value = 0
		for i := size - 1; i >= 0; i-- {
			h.value = h.value<<8 | uint64(h.b[i])
		}
		h.run, h.b = n>>1, h.b[size:]
	}
	return nil
}

// groups begins n groups; writers may leave out the end of the last one.
func (h *hybrid) groups(n uint64) {
	width := uint64(h.width)
	n = min(n, 1<<32)
	if width > 0 {
		n = min(n, (uint64(len(h.b))+width-1)/width)
	}
	size := min(n*width, uint64(len(h.b)))
	h.from, h.b, h.bit, h.group = h.b[:size], h.b[size:], 0, 8*n
}

// packed gives the next number of a group.
func (h *hybrid) packed() uint64 {
	v := unpackBits(h.from, h.bit, h.width)
	h.bit += h.width
	h.group--
	return v
}

// unpackBits reads a number of up to 64 bits, the lowest first; what is behind the end is zero.
func unpackBits(b []byte, bit, width int) uint64 {
	if width == 0 {
		return 0
	}
	at, shift := bit/8, bit%8
	var v uint64
	if at+8 <= len(b) {
		v = binary.LittleEndian.Uint64(b[at:]) >> shift
	} else {
		for i := at; i < len(b) && i < at+8; i++ {
			v |= uint64(b[i]) << (8 * (i - at))
		}
		v >>= shift
	}
	if shift+width > 64 && at+8 < len(b) {
		v |= uint64(b[at+8]) << (64 - shift)
	}
	if width < 64 {
		v &= 1<<width - 1
	}
	return v
}

// count says how many of n levels are the highest: those have a value.
func count(b []byte, highest int, n int64) (int64, error) {
	h := &hybrid{b: b, width: bits.Len(uint(highest))}
	have := int64(0)
	for n > 0 {
		if err := h.next(); err != nil {
			return 0, err
		}
		if h.run > 0 {
			some := min(n, int64(min(h.run, 1<<40)))
			if h.value == uint64(highest) {
				have += some
			}
			h.run, n = 0, n-some
			continue
		}
		for ; h.group > 0 && n > 0; n-- {
			if h.packed() == uint64(highest) {
				have++
			}
		}
		h.group = 0
	}
	return have, nil
}
