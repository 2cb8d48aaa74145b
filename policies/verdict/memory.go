package verdict

import (
	"sync"
	"sync/atomic"
)

// memory is what the rules of a set remember together: no more than twice its limit, what was asked for last. With 0 that is
// nothing.
type memory struct {
	limit int64
	held  atomic.Int64 // of the young
	rules sync.Mutex
	all   []*answers
}

// answers are what was said to one question, by the key of what it read. The old ones are those from before the memory was full.
type answers struct {
	memory *memory

	mu         sync.Mutex
	young, old map[string]entry
}

// entry is what is known of documents that begin with a key: where the rule reads next, or what was said.
type entry struct {
	next *place
	said any
}

func (m *memory) of() *answers {
	v := &answers{memory: m}
	m.rules.Lock()
	defer m.rules.Unlock()
	m.all = append(m.all, v)
	return v
}

// get gives the zero entry for what is not remembered.
func (v *answers) get(key []byte) entry {
	v.mu.Lock()
	defer v.mu.Unlock()
	if e, ok := v.young[string(key)]; ok {
		return e
	}
	e, ok := v.old[string(key)]
	if ok {
		v.keep(string(key), e)
	}
	return e
}

func (v *answers) put(key []byte, said any) {
	if v.memory.limit == 0 {
		return
	}
	v.mu.Lock()
	v.keep(string(key), entry{said: said})
	v.mu.Unlock()
	v.memory.age()
}

// follow remembers an evaluation: after each read which one came next, and at the end the answer.
func (v *answers) follow(t *reading, said any) {
	if v.memory.limit == 0 || t.loose {
		return
	}
	v.mu.Lock()
	for _, s := range t.steps {
		if e, ok := v.young[string(t.key[:s.at])]; !ok || e.next != s.place {
			v.keep(string(t.key[:s.at]), entry{next: s.place})
		}
	}
	v.keep(string(t.key), entry{said: said})
	v.mu.Unlock()
	v.memory.age()
}

func (v *answers) keep(key string, e entry) {
	if v.young == nil {
		v.young = map[string]entry{}
	}
	v.young[key] = e
	v.memory.held.Add(e.size(len(key)))
}

// age forgets what is old, and makes old what was young, once that has reached the limit.
func (m *memory) age() {
	if m.held.Load() < m.limit {
		return
	}
	m.rules.Lock()
	defer m.rules.Unlock()
	if m.held.Load() < m.limit {
		return // another goroutine was first
	}
	m.held.Store(0)
	for _, v := range m.all {
		v.mu.Lock()
		v.young, v.old = nil, v.young
		v.mu.Unlock()
	}
}

// size is about how many bytes a remembered entry takes.
func (e entry) size(key int) int64 {
	const base, result, violation, gap = 96, 88, 32, 64
	n := int64(base + key)
	if r, ok := e.said.(*verdict); ok {
		n += int64(result + violation*len(r.Violations) + gap*len(r.Deciding))
	}
	return n
}
