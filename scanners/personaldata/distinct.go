package personaldata

import (
	"math"
	"math/bits"
)

// distinct estimates how many different values there were, from hashes under a key that is never stored: few exactly, more
// by HyperLogLog (Flajolet and others, 2007), which forgets them.
type distinct struct {
	waiting   [16]uint64 // to be added: a column's memory is then asked for at once, not between those of others
	waits     int        // how many
	few       hashes
	registers []uint8 // the longest run of zeros seen, and one, by the first bits of a hash
	spare     []uint8 // for them, all zero
}

// reset empties it, and keeps the room.
func (d *distinct) reset() {
	d.waits = 0
	d.few.reset()
	if d.registers != nil {
		clear(d.registers)
		d.registers, d.spare = nil, d.registers
	}
}

const (
	exactly   = 128 // values
	precision = 11  // bits: 2 KB, and a standard error of 1.04/sqrt(2048), 2.3 %
)

func (d *distinct) add(h uint64) {
	d.waiting[d.waits&15] = h
	if d.waits++; d.waits == len(d.waiting) {
		d.settle()
	}
}

// settle adds those that wait.
func (d *distinct) settle() {
	waiting := d.waiting[:d.waits]
	d.waits = 0
	for _, h := range waiting {
		if d.registers != nil {
			d.register(h)
		} else if d.few.add(h); d.few.used > exactly {
			d.forget()
		}
	}
}

func (d *distinct) register(h uint64) {
	i, zeros := h>>(64-precision), uint8(bits.LeadingZeros64(h<<precision|1))+1
	d.registers[i] = max(d.registers[i], zeros)
}

// forget goes on without the hashes themselves.
func (d *distinct) forget() {
	if d.registers == nil {
		if d.registers = d.spare; d.registers == nil {
			d.registers = make([]uint8, 1<<precision)
		}
	}
	for _, h := range d.few.all {
		if h != 0 {
			d.register(h)
		}
	}
	d.few.reset()
}

// join adds what another has.
func (d *distinct) join(o *distinct) {
	o.settle()
	for _, h := range o.few.all {
		if h != 0 {
			d.add(h)
		}
	}
	if o.registers == nil {
		return
	}
	d.settle()
	d.forget()
	for i, zeros := range o.registers {
		d.registers[i] = max(d.registers[i], zeros)
	}
}

func (d *distinct) size() int {
	d.settle()
	if d.registers == nil {
		return d.few.used
	}
	const m = 1 << precision
	sum, empty := 0., 0
	for _, zeros := range d.registers {
		sum += 1 / float64(uint64(1)<<zeros)
		empty += oneIf(zeros == 0)
	}
	estimate := .7213 / (1 + 1.079/m) * m * m / sum
	if estimate < 2.5*m && empty > 0 {
		estimate = m * math.Log(m/float64(empty))
	}
	return int(math.Round(estimate))
}

// hashes is a set of hashes.
type hashes struct {
	all  []uint64 // 0: free
	used int
}

// reset empties the set, and keeps the room if it is not large.
func (s *hashes) reset() {
	const large = 1 << 10
	if s.used == 0 {
		return
	}
	if s.used = 0; len(s.all) > large {
		s.all = nil
	}
	clear(s.all)
}

// add reports whether a hash is new.
func (s *hashes) add(h uint64) bool {
	h |= 1
	if s.used*2 >= len(s.all) && (len(s.all) == 0 || s.used*2 > len(s.all)) {
		s.grow()
	}
	i := s.place(h)
	if s.all[i] != 0 {
		return false
	}
	s.all[i] = h
	s.used++
	return true
}

func (s *hashes) place(h uint64) int {
	mask := len(s.all) - 1
	i := int(h>>20) & mask
	for s.all[i] != h && s.all[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (s *hashes) grow() {
	const least = 16
	old := s.all
	s.all = make([]uint64, max(least, 4*len(old)))
	for _, h := range old {
		if h != 0 {
			s.all[s.place(h)] = h
		}
	}
}
