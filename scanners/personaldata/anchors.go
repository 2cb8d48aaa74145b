package personaldata

import "encoding/binary"

// anchors is a filter of the words without digits at which something may begin: terms, given names, words that call a
// finder, prefixes of keys. It asks for the first four bytes of each word of a text, and lets a few others through.
type anchors struct {
	four [1 << 10]uint64
	two  [1 << 10]uint64 // words of two letters
}

func slotOf(four uint32) uint32 { return (four | 0x20202020) * 0x9E3779B1 >> 16 }

// at is 1 for a word that may be one. Short is 1 for one that may have two letters.
func (a *anchors) at(word []byte, short uint64) uint64 {
	four := binary.LittleEndian.Uint32(word)
	h, k := slotOf(four), four&0xFFFF|0x2020
	return a.four[h>>6]>>(h&63)&1 | a.two[k>>6]>>(k&63)&short
}

// learn adds a word or a prefix, of which the first letters count.
func (a *anchors) learn(word string, whole bool) {
	var b [4]byte
	n := copy(b[:], word)
	if n < 3 {
		if k := binary.LittleEndian.Uint16(b[:]) | 0x2020; n == 2 && whole {
			a.two[k>>6] |= 1 << (k & 63)
		}
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
		a.four[h>>6] |= 1 << (h & 63)
	}
}
