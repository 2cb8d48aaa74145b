package database

import (
	"context"
	"sync"

	"github.com/probity-scan/probity"
)

// readers tell who reads each table of a database, by the name that people write; nil: nobody looked.
type readers func(table string) probity.List[probity.Grant]

// keeper keeps who reads the tables of a database from its first piece to its last, so that the catalogue is read once.
type keeper struct {
	mu sync.Mutex
	of map[string]readers
}

// key tells databases apart, and whom they show their catalogue to.
func (l Login) key() string { return l.User + "@" + l.ref(l.Database).ID }

func (k *keeper) readers(ctx context.Context, s *session, l Login, p piece) (readers, error) {
	k.mu.Lock()
	r, ok := k.of[l.key()]
	k.mu.Unlock()
	if ok && p.after != "" {
		return r, nil
	}
	if err := s.again(ctx, func() (err error) { r, err = s.readers(ctx, s); return err }); err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		k.of = map[string]readers{}
	}
	k.of[l.key()] = r
	return r, nil
}

func (k *keeper) drop(l Login) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.of, l.key())
}
