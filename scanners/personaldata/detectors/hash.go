package detectors

import "encoding/binary"

// Hash is that of a word, alike for its cases and accents: its letters folded, eight at a time.
func Hash[T string | []byte](word T) (h uint64) {
	var eight uint64
	n := 0
	for i := 0; i < len(word); n++ {
		c, width := Fold(word, i)
		if c < 0x80 {
			c |= 0x20
		}
		if i += width; n > 0 && n&7 == 0 {
			h, eight = mix(h, eight), 0
		}
		eight |= uint64(c) << (n & 7 << 3)
	}
	if n == 0 {
		return 0
	}
	return mix(h, eight)
}

// HashAt is [Hash] of b[start:end], of which at least eight bytes more can be read.
func HashAt(b []byte, start, end int) (h uint64) {
	const ascii, lower = 0x8080808080808080, 0x2020202020202020
	for i := start; i < end; i += 8 {
		eight, all := binary.LittleEndian.Uint64(b[i:]), ^uint64(0)
		if n := end - i; n < 8 {
			all >>= (8 - n) << 3
		}
		if eight&all&ascii != 0 {
			return Hash(b[start:end])
		}
		h = mix(h, (eight|lower)&all)
	}
	return h
}

func mix(h, eight uint64) uint64 {
	h = (h ^ eight) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}
