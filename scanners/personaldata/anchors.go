package personaldata

import (
	"encoding/binary"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// anchors is a filter of the words that matter and begin with a letter. It asks for the first eight letters of each word of a
// text, in lower case and without accents, two bits each, and lets a few others through.
type anchors [1 << 12]uint64

// What a word may be, a bit each.
const (
	speaks = 1 << iota // to what is near, which looks back for it
	begins             // something itself: terms, given names, words that call a finder, prefixes of keys
)

// longWord: words from this length on may be keys, which are told by their first four letters.
const longWord = 15

// at is what a word of n bytes may be.
func (a *anchors) at(word []byte, n int) uint64 {
	x := firstLetters(word, n)
	if x&accented != 0 {
		x = plainLetters(word[:n])
	}
	return a.is(x)
}

// firstLetters gives those of a plain word.
func firstLetters(word []byte, n int) uint64 {
	x := binary.LittleEndian.Uint64(word) | 0x2020202020202020
	if n >= longWord {
		n = 4
	}
	return x & (^uint64(0) >> (64 - 8*min(n, 8)))
}

// accented: the letters are not plain.
const accented = 0x8080808080808080

// plainLetters gives the first letters of any word.
func plainLetters(word []byte) (x uint64) {
	most := 8
	if len(word) >= longWord {
		most = 4
	}
	for i, n := 0, 0; i < len(word) && n < most; n++ {
		c, width := detectors.Fold(word, i)
		x |= uint64(c) << (8 * n)
		i += width
	}
	return x
}

func placed(x uint64) uint64 { return x * prime >> 47 }

// is looks a word up by its first letters.
func (a *anchors) is(x uint64) uint64 {
	h := placed(x)
	return a[h>>5] >> (h & 31 * 2) & 3
}

// learn adds a word.
func (a *anchors) learn(word string, is uint64) {
	if len(word) > 1 {
		a.add(plainLetters([]byte(word)), is)
	}
}

// prefix adds how long words begin, by three or four letters.
func (a *anchors) prefix(head string) {
	for _, c := range "0123456789abcdefghijklmnopqrstuvwxyz" {
		a.add(plainLetters([]byte((head + string(c))[:4])), begins)
	}
}

func (a *anchors) add(x, is uint64) {
	h := placed(x)
	a[h>>5] |= is << (h & 31 * 2)
}
