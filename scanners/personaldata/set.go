package personaldata

import "math/bits"

// set is a set of detectors by their place in the list; the last bit, other, says that words speak against all of them. A
// struct of words stays in registers, an array would not.
type set struct{ a, b, c, d uint64 }

// most is how many detectors a set has room for, beside the bit other.
const most = 255

func bit(k int) uint64 { return 1 << uint(k) }

func one(k int) set { return set{bit(k), bit(k - 64), bit(k - 128), bit(k - 192)} }

func other() set { return set{d: 1 << 63} }

func (s *set) add(k int)     { *s = s.or(one(k)) }
func (s set) or(t set) set   { return set{s.a | t.a, s.b | t.b, s.c | t.c, s.d | t.d} }
func (s set) and(t set) set  { return set{s.a & t.a, s.b & t.b, s.c & t.c, s.d & t.d} }
func (s set) less(t set) set { return set{s.a &^ t.a, s.b &^ t.b, s.c &^ t.c, s.d &^ t.d} }

func (s set) has(k int) bool {
	w := s.a
	switch k >> 6 {
	case 1:
		w = s.b
	case 2:
		w = s.c
	case 3:
		w = s.d
	}
	return w>>(k&63)&1 == 1
}

func (s set) empty() bool      { return s.a|s.b|s.c|s.d == 0 }
func (s set) against() bool    { return s.d>>63 == 1 }
func (s set) detectors() set   { return set{s.a, s.b, s.c, s.d &^ (1 << 63)} }
func (s set) meets(t set) bool { return !s.and(t).empty() }

// pop takes the first detector out; the set must have one.
func (s *set) pop() (k int) {
	switch {
	case s.a != 0:
		k, s.a = bits.TrailingZeros64(s.a), s.a&(s.a-1)
	case s.b != 0:
		k, s.b = 64+bits.TrailingZeros64(s.b), s.b&(s.b-1)
	case s.c != 0:
		k, s.c = 128+bits.TrailingZeros64(s.c), s.c&(s.c-1)
	default:
		k, s.d = 192+bits.TrailingZeros64(s.d), s.d&(s.d-1)
	}
	return k
}
