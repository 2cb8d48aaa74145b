package personaldata

import "math"

// trials counts, by detector and by whether they were printed with separators, the codes in its form that no word and no
// header names. Of those some pass the checksum by chance: 1 in 10 cards, 1 in 97 IBANs.
type trials struct {
	seen  *[1 << seenBits / 64]uint64 // a bit for the hash of each code: the same one again proves nothing
	codes int                         // of which there were so many
	of    []trial
	place *[2 * (most + 1)]uint8 // in of, by detector and print; one more than it
}

type trial struct {
	tried    int // different codes in form
	passed   int // of those
	rejected int // codes of the same shape but not in form
}

// reset forgets all, and keeps the room.
func (t *trials) reset() {
	if t.codes > 0 {
		clear(t.seen[:])
		t.codes = 0
	}
	if len(t.of) > 0 {
		clear(t.place[:])
		t.of = t.of[:0]
	}
}

// enough different codes tell chance from intent; more would cost memory only.
const enough = 1 << 11

// seenBits: of the last codes that count one in sixteen is taken for one seen before, of the first hundred hardly any.
const seenBits = 15

// fresh reports whether a code, by its hash, is one more that counts.
func (t *trials) fresh(code uint64) bool {
	if t.codes >= enough {
		return false
	}
	if t.seen == nil {
		t.seen = new([1 << seenBits / 64]uint64)
	}
	bits := &t.seen[code>>(64-seenBits)>>6]
	if bit := uint64(1) << (code >> (64 - seenBits) & 63); *bits&bit == 0 {
		*bits |= bit
		t.codes++
		return true
	}
	return false
}

// at gives one trial, to be used at once.
func (t *trials) at(detector int, printed bool) *trial {
	if t.place == nil {
		t.place = new([2 * (most + 1)]uint8)
	}
	i := &t.place[2*detector+oneIf(printed)]
	if *i == 0 {
		if len(t.of) > most { // a column of everything
			return new(trial)
		}
		t.of = append(t.of, trial{})
		*i = uint8(len(t.of))
	}
	return &t.of[*i-1]
}

// get gives a copy of one, which is empty of what was never tried.
func (t *trials) get(detector int, printed bool) trial {
	if t.place == nil || t.place[2*detector+oneIf(printed)] == 0 {
		return trial{}
	}
	return *t.at(detector, printed)
}

// explains reports whether chance explains what passed among all that was tried. Half or more of them is no chance,
// however few they are: a letter's one card number stands by itself. Fewer must be beyond it. Where only few are in form,
// the others of the same shape tell what a number is here: a third of random ones is in form at most.
func (t *trials) explains(detector int, printed bool, p float64) bool {
	const few, form = 8, 1. / 3
	n := t.get(detector, printed)
	tried, all := n.tried, n.tried+n.rejected
	if tried < few && all >= few {
		return !beyond(n.passed, all, p*form, likely)
	}
	return n.passed*2 < tried && !beyond(n.passed, tried, p, sure)
}

// proves reports whether so many passed, of either print, that they are what the detector looks for.
func (t *trials) proves(detector int, p float64) bool {
	const few = 3
	bare, printed := t.get(detector, false), t.get(detector, true)
	passed, tried := bare.passed+printed.passed, bare.tried+printed.tried
	return passed >= few && passed*2 >= tried && beyond(passed, tried, p, sure)
}

const (
	sure   = 6.5 // ln 665: once in 665 columns
	likely = 4.6 // ln 100
)

// beyond reports whether chance makes so many of the tried pass less than once in e^odds times, when each passes with
// probability p. Chernoff's bound: P(X >= k) <= exp(-n D(k/n || p)). Below three times the expected share it is no
// evidence either, whatever the number: codes in a series do not pass independently.
func beyond(passed, tried int, p, odds float64) bool {
	share := float64(passed) / float64(tried)
	if share < 3*p {
		return false
	}
	d := share * math.Log(share/p)
	if passed < tried {
		d += (1 - share) * math.Log((1-share)/(1-p))
	}
	return float64(tried)*d >= odds
}
