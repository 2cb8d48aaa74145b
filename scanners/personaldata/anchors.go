package personaldata

import (
	"encoding/binary"
	"math/bits"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// anchors is a filter of the words that matter and begin with a letter. It asks for the first eight letters of each word of a
// text, in lower case and without accents, two bits each, and lets a few others through.
type anchors struct {
	words [1 << 12]uint64
	first [longWord + 1]uint64 // which of eight bytes are letters that are asked for, by the length of a word
}

func newAnchors() *anchors {
	a := new(anchors)
	for n := range a.first {
		most := 8
		if n >= longWord {
			most = 4
		}
		a.first[n] = ^uint64(0) >> (64 - 8*min(n, most))
	}
	return a
}

// What a word may be, a bit each.
const (
	speaks = 1 << iota // to what is near, which looks back for it
	begins             // something itself: terms, given names, words that call a finder, prefixes of keys
)

// longWord: words from this length on may be keys, which are told by their first four letters.
const longWord = 15

// at is what a word of n bytes may be.
func (a *anchors) at(word []byte, n int) uint64 {
	x := a.letters(word, n)
	if x&accented != 0 {
		x = plainLetters(word[:n])
	}
	return a.is(x)
}

// among asks for all words of a block, by the bits of where they begin and end; the last one may end beyond, at a place that is
// given. Of others, which have letters beyond ASCII, one has to ask again. It calls nothing, so that all of it stays in registers.
func (a *anchors) among(text *[64 + 8]byte, starts, ends uint64, last int) (said, begun, others uint64) {
	for ; starts != 0; ends &= ends - 1 {
		start := starts & -starts
		starts ^= start
		k := bits.TrailingZeros64(start)
		end := last
		if ends != 0 {
			end = bits.TrailingZeros64(ends)
		}
		letters := a.letters(text[k&63:], end-k)
		is := a.is(letters)
		said |= start & -(is & 1)
		begun |= start & -(is >> 1)
		if letters&accented != 0 {
			others |= start
		}
	}
	return said, begun, others
}

// lowercase makes plain letters small.
const lowercase = 0x2020202020202020

// letters are those that are asked for of a plain word of n bytes.
func (a *anchors) letters(word []byte, n int) uint64 {
	return (binary.LittleEndian.Uint64(word) | lowercase) & a.first[min(uint(n), longWord)]
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
	return a.words[h>>5] >> (h & 31 * 2) & 3
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
	a.words[h>>5] |= is << (h & 31 * 2)
}
