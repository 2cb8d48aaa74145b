package personaldata

// table has sets by hash. A look-up in a map costs more than most checks.
type table struct {
	hashes []uint64 // 0: free
	sets   []uint16 // the place in all
	all    []set
	ids    map[set]uint16
	used   int
}

func newTable(size int) table {
	return table{hashes: make([]uint64, size), sets: make([]uint16, size), all: make([]set, 1), ids: map[set]uint16{{}: 0}}
}

// place is where a hash is, or would be.
func (t *table) place(h uint64) int {
	mask := len(t.hashes) - 1
	i := int(h>>40) & mask
	for t.hashes[i] != h && t.hashes[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

// at gives the set of a hash, which is empty for most.
func (t *table) at(h uint64) set { return *t.of(h) }

func (t *table) of(h uint64) *set { return &t.all[t.sets[t.place(h)]] }

func (t *table) has(h uint64) bool { return t.hashes[t.place(h)] == h }

func (t *table) add(h uint64, s set) {
	if t.used*2 >= len(t.hashes) {
		t.grow()
	}
	i := t.place(h)
	t.used += oneIf(t.hashes[i] == 0)
	t.hashes[i] = h
	s = s.or(t.all[t.sets[i]])
	id, known := t.ids[s]
	if !known {
		id = uint16(len(t.all))
		t.ids[s], t.all = id, append(t.all, s)
	}
	t.sets[i] = id
}

func (t *table) grow() {
	hashes, sets := t.hashes, t.sets
	t.hashes, t.sets = make([]uint64, 2*len(hashes)), make([]uint16, 2*len(hashes))
	for k, h := range hashes {
		if h != 0 {
			i := t.place(h)
			t.hashes[i], t.sets[i] = h, sets[k]
		}
	}
}
