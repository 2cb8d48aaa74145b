package personaldata

import (
	"hash/maphash"
	"math"
)

// trials counts, by detector and by whether they were printed with separators, the codes in its form that no word and no
// header names. Of those some pass the checksum by chance: 1 in 10 cards, 1 in 97 IBANs.
type trials struct {
	seed maphash.Seed
	of   map[int]*[2]trial
}

type trial struct {
	tried    distinct // different codes in form: the same one again proves nothing
	passed   int      // of those
	rejected int      // codes of the same shape but not in form
}

// enough different codes tell chance from intent; more would cost memory only.
const enough = 1 << 12

// at gives one trial.
func (t *trials) at(detector int, printed bool) *trial {
	n := t.of[detector]
	if n == nil {
		if t.of == nil {
			t.of = map[int]*[2]trial{}
		}
		n = new([2]trial)
		t.of[detector] = n
	}
	return &n[oneIf(printed)]
}

func (t *trials) add(detector int, printed, passed bool, code []byte) {
	n := t.at(detector, printed)
	if n.tried.size() < enough && n.tried.add(maphash.Bytes(t.seed, code)) {
		n.passed += oneIf(passed)
	}
}

func (t *trials) reject(detector int, printed bool) {
	t.at(detector, printed).rejected++
}

// explains reports whether chance explains what passed among all that was tried. Half or more of them is no chance,
// however few they are: a letter's one card number stands by itself. Fewer must be beyond it. Where only few are in form,
// the others of the same shape tell what a number is here: a third of random ones is in form at most.
func (t *trials) explains(detector int, printed bool, p float64) bool {
	const few, form = 8, 1. / 3
	if t.of[detector] == nil {
		return false
	}
	n := t.at(detector, printed)
	tried, all := n.tried.size(), n.tried.size()+n.rejected
	if tried < few && all >= few {
		return !beyond(n.passed, all, p*form, likely)
	}
	return n.passed*2 < tried && !beyond(n.passed, tried, p, sure)
}

// proves reports whether so many passed, of either print, that they are what the detector looks for.
func (t *trials) proves(detector int, p float64) bool {
	const few = 3
	if t.of[detector] == nil {
		return false
	}
	bare, printed := t.at(detector, false), t.at(detector, true)
	passed, tried := bare.passed+printed.passed, bare.tried.size()+printed.tried.size()
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
