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

// vocabulary has words by hash, in a table of which half is free.
type vocabulary struct {
	hashes []uint64 // 0: free
	kinds  []kind
	used   int
	ways   [32]uint32 // of words for ways: by their first letter, a bit for each second one
}

func newVocabulary() *vocabulary {
	const room = 1 << 13
	v := &vocabulary{hashes: make([]uint64, room), kinds: make([]kind, room)}
	learn := func(k kind, words ...string) {
		for _, w := range words {
			v.add(Hash(w), k)
		}
	}
	for c := byte('a'); c <= 'z'; c++ {
		learn(givenName, strings.Fields(givenNames(c))...)
	}
	learn(title, strings.Fields(titles)...)
	learn(particle, strings.Fields(particles)...)
	learn(noName, strings.Fields(notNames)...)
	learn(way, strings.Fields(streets)...)
	for _, w := range strings.Fields(streets) {
		v.ways[w[0]&31] |= 1 << (w[1] & 31)
	}
	learn(connecting, strings.Fields("de du des la le les del della delle dei di da do dos den der am an im auf zu zum zur van von y i e und et and of the lok m")...)
	learn(abbreviates, strings.Fields("apt nr no app bldg")...)
	return v
}

func (v *vocabulary) add(h uint64, k kind) {
	if v.used*2 >= len(v.hashes) {
		old := *v
		*v = vocabulary{hashes: make([]uint64, 2*len(old.hashes)), kinds: make([]kind, 2*len(old.hashes))}
		for i, h := range old.hashes {
			if h != 0 {
				v.add(h, old.kinds[i])
			}
		}
	}
	i := v.place(h)
	v.used += count(v.hashes[i] == 0)
	v.hashes[i] = h
	v.kinds[i] |= k
}

// place is where a hash is, or would be.
func (v *vocabulary) place(h uint64) int {
	mask := len(v.hashes) - 1
	i := int(h>>40) & mask
	for v.hashes[i] != h && v.hashes[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

// of is what a word is, as it stands but for its case and accents.
func (v *vocabulary) of(word []byte) kind {
	const longest = 48
	if len(word) == 0 || len(word) > longest {
		return 0
	}
	return v.kinds[v.place(Hash(word))]
}

// isWay: a word for ways, or one that ends in one, as German and Dutch have them.
func (v *vocabulary) isWay(word []byte) bool {
	if len(word) < 2 {
		return false
	}
	// others need no hash; letters beyond ASCII may be the plain ones with an accent
	if (v.ways[word[0]&31]>>(word[1]&31)&1 == 1 || word[0]|word[1] >= 0x80) && v.of(word)&way != 0 {
		return true
	}
	return EndsInWay(word)
}

// EndsInWay reports whether a word ends in one for ways.
func EndsInWay(word []byte) bool {
	if n := len(word) - 1; n < 5 || strings.IndexByte("eghknrtz", word[n]|0x20) < 0 {
		return false
	}
	for _, end := range [...]string{"straße", "strasse", "str", "weg", "platz", "gasse", "allee", "straat", "laan", "plein", "gracht", "kade"} {
		if n := len(word) - len(end); n > 2 && word[len(word)-1]|0x20 == end[len(end)-1] && bytes.EqualFold(word[n:], []byte(end)) {
			return true
		}
	}
	return false
}
