package personaldata

// distinct counts different values by their hashes, exactly up to its limit and no further.
type distinct struct {
	hashes []uint64 // 0: free
	used   int
}

const mostDistinct = 1 << 14

func (d *distinct) size() int { return d.used }

// add reports whether a hash is new.
func (d *distinct) add(h uint64) bool {
	if d.used >= mostDistinct {
		return false
	}
	h |= 1
	if d.used*2 >= len(d.hashes) {
		d.grow()
	}
	if i := d.place(h); d.hashes[i] == 0 {
		d.hashes[i] = h
		d.used++
		return true
	}
	return false
}

func (d *distinct) has(h uint64) bool { return d.used > 0 && d.hashes[d.place(h)] != 0 }

func (d *distinct) place(h uint64) int {
	mask := len(d.hashes) - 1
	i := int(h>>20) & mask
	for d.hashes[i] != h && d.hashes[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (d *distinct) grow() {
	old := d.hashes
	d.hashes = make([]uint64, max(8, 2*len(old)))
	for _, h := range old {
		if h != 0 {
			d.hashes[d.place(h)] = h
		}
	}
}
