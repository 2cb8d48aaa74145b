package personaldata

import "encoding/binary"

// anchors is a filter of the words without digits at which something may begin: terms, given names, words that call a
// finder, prefixes of keys. It asks for the first four bytes of each word of a text, and lets a few others through.
type anchors [1 << 10]uint64

func slotOf(four uint32) uint32 { return (four | 0x20202020) * 0x9E3779B1 >> 16 }

// at is 1 for a word that may be one.
func (a *anchors) at(word []byte) uint64 {
	h := slotOf(binary.LittleEndian.Uint32(word))
	return a[h>>6] >> (h & 63) & 1
}

// learn adds a word or a prefix, of which the first letters count; one of two letters would let half of all words through.
func (a *anchors) learn(word string, whole bool) {
	var b [4]byte
	n := copy(b[:], word)
	if n < 3 {
		return
	}
	behind := []byte{b[3]}
	switch {
	case n == 4:
	case whole:
		behind = []byte(" ,.;:\n\"')-_=/\t")
	default:
		behind = []byte("0123456789abcdefghijklmnopqrstuvwxyz-_")
	}
	for _, b[3] = range behind {
		h := slotOf(binary.LittleEndian.Uint32(b[:]))
		a[h>>6] |= 1 << (h & 63)
	}
}
