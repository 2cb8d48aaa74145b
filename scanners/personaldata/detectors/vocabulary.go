package detectors

import (
	"bytes"
	"strings"
)

// kind is what a word is known as, a bit each.
type kind uint8

const (
	givenName kind = 1 << iota
	title
	particle    // between the words of a name
	noName      // of firms, places and functions
	way         // street, rue, calle
	connecting  // between the words of an address
	abbreviates // before a point that ends no sentence
)

// vocabulary has words in lower case, with and without their accents.
type vocabulary map[string]kind

func newVocabulary() vocabulary {
	v := vocabulary{}
	learn := func(k kind, words ...string) {
		for _, w := range words {
			v[w] |= k
			v[folded([]byte(w))] |= k
		}
	}
	for c := byte('a'); c <= 'z'; c++ {
		learn(givenName, strings.Fields(givenNames(c))...)
	}
	learn(title, strings.Fields(titles)...)
	learn(particle, strings.Fields(particles)...)
	learn(noName, strings.Fields(notNames)...)
	learn(way, strings.Fields(streets)...)
	learn(connecting, strings.Fields("de du des la le les del della delle dei di da do dos den der am an im auf zu zum zur van von y i e und et and of the lok m")...)
	learn(abbreviates, strings.Fields("apt nr no app bldg")...)
	return v
}

// of is what a word is, as it stands but for its case and accents.
func (v vocabulary) of(word []byte) kind {
	var low [32]byte
	n := 0
	for i := 0; i < len(word); n++ {
		if n == len(low) {
			return 0
		}
		c, width := Fold(word, i)
		low[n] = c
		i += width
	}
	return v[string(low[:n])]
}

// isWay: a word for ways, or one that ends in one, as German and Dutch have them.
func (v vocabulary) isWay(word []byte) bool {
	if v.of(word)&way != 0 {
		return true
	}
	for _, end := range [...]string{"straße", "strasse", "str", "weg", "platz", "gasse", "allee", "straat", "laan", "plein", "gracht", "kade"} {
		if n := len(word) - len(end); n > 2 && word[len(word)-1]|0x20 == end[len(end)-1] && bytes.EqualFold(word[n:], []byte(end)) {
			return true
		}
	}
	return false
}
