package policies

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// stamp stands for parts of an asset: equal for equal parts, and for others never but by a chance of 1 in 2¹²⁸.
type stamp [2]uint64

// seeds make sums that nobody can foresee.
type seeds [2]maphash.Seed

func newSeeds() seeds { return seeds{maphash.MakeSeed(), maphash.MakeSeed()} }

func (s *seeds) of(b []byte) stamp { return stamp{maphash.Bytes(s[0], b), maphash.Bytes(s[1], b)} }

// remembered bounds the memory of a scan for what rules said, in bytes.
const remembered = 16 << 20

// memory keeps what was said of parts of assets: no more than twice its limit, what was asked for last. With 0 that is nothing.
type memory struct {
	limit  int64
	held   atomic.Int64 // of the young
	ageing sync.Mutex
	shards [64]shard
}

// shard is a part of a memory with a lock of its own. The old are those from before the memory was full.
type shard struct {
	mu         sync.Mutex
	young, old map[stamp]memo
}

type memo struct {
	said any
	size int
}

func (m *memory) shard(k stamp) *shard { return &m.shards[k[0]%uint64(len(m.shards))] }

// get gives nil for what is not remembered.
func (m *memory) get(k stamp) any {
	s := m.shard(k)
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.young[k]; ok {
		return e.said
	}
	e, ok := s.old[k]
	if ok {
		m.keep(s, k, e)
	}
	return e.said
}

func (m *memory) put(k stamp, said any, size int) {
	const entry = 80
	if m.limit == 0 {
		return
	}
	s := m.shard(k)
	s.mu.Lock()
	m.keep(s, k, memo{said, size + entry})
	s.mu.Unlock()
	m.age()
}

func (m *memory) keep(s *shard, k stamp, e memo) {
	if s.young == nil {
		s.young = map[stamp]memo{}
	}
	s.young[k] = e
	m.held.Add(int64(e.size))
}

// age forgets what is old, and makes old what was young, once that has reached the limit.
func (m *memory) age() {
	if m.held.Load() < m.limit {
		return
	}
	m.ageing.Lock()
	defer m.ageing.Unlock()
	if m.held.Load() < m.limit {
		return // another goroutine was first
	}
	m.held.Store(0)
	for i := range m.shards {
		s := &m.shards[i]
		s.mu.Lock()
		s.young, s.old = nil, s.young
		s.mu.Unlock()
	}
}

// worth is whether remembering pays for a rule: not where no two assets are alike in what it reads.
type worth struct{ asked, tried, met atomic.Uint32 }

// tries reports whether to look: where it paid before, and now and then in any case.
func (w *worth) tries() bool {
	const rarely = 16
	return w.pays() || w.asked.Add(1)%rarely == 0
}

// looked counts how often somebody looked, and met what was looked for.
func (w *worth) looked(tried, met uint32) {
	const most = 4096
	m := w.met.Add(met)
	if n := w.tried.Add(tried); n >= most { // what was long ago counts half
		w.tried.Store(n / 2)
		w.met.Store(m / 2)
	}
}

// pays reports whether what was looked for was met often enough.
func (w *worth) pays() bool {
	const enough, often = 128, 8
	n := w.tried.Load()
	return n < enough || w.met.Load()*often > n
}
