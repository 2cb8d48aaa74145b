package personaldata

import "encoding/binary"

// anchors is a filter of the words without digits at which something may begin: terms, given names, words that call a
// finder, prefixes of keys. It asks for the first four bytes and the length of each word of a text, and lets a few others
// through.
type anchors [1 << 11]uint64

// longestAnchor: longer words are all alike.
const longestAnchor = 15

func anchorOf(word []byte, n int) uint32 {
	four := binary.LittleEndian.Uint32(word) | 0x20202020
	if n < 4 {
		four &= 1<<(8*n) - 1
	}
	return (four ^ uint32(n)<<27) * 0x9E3779B1 >> 15
}

// at is 1 for a word of n bytes that may be one.
func (a *anchors) at(word []byte, n int) uint64 {
	h := anchorOf(word, min(n, longestAnchor))
	return a[h>>6] >> (h & 63) & 1
}

// learn adds a word, or how words begin.
func (a *anchors) learn(word string, whole bool) {
	var four [4]byte
	if copy(four[:], word) < 2 {
		return
	}
	least := min(len(word), longestAnchor)
	most := longestAnchor
	if whole {
		most = least
	}
	for n := least; n <= most; n++ {
		h := anchorOf(four[:], n)
		a[h>>6] |= 1 << (h & 63)
	}
}

// accented adds a plain word as it may stand with accents behind its first four letters, a byte more each.
func (a *anchors) accented(word string) {
	const most = 2
	for n := range most + 1 {
		if len(word) >= 4 || n == 0 {
			a.learn(word+"xx"[:n], true)
		}
	}
}
