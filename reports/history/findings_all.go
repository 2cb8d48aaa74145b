package history

import (
	"context"
	"iter"
)

// EachFinding lists all findings that are asked for, whatever the limit, as of one moment. Which they are and what state they are in is read
// at once, at some ten bytes a finding; what is told of them is read some hundred at a time, as of the same version, so that whoever reads
// slowly keeps no view of the database open.
func (s *Store) EachFinding(ctx context.Context, q FindingsQuery) (iter.Seq2[Known, error], error) {
	p, err := pieceOf(q.After, q.Limit, 0)
	if err != nil {
		return nil, err
	}
	var ids []int64
	var states []int8
	var as moment
	err = s.looking(ctx, func(l *look) (err error) {
		as = l.moment
		ids, states, err = l.found(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	skip := min(p.skip, len(ids))
	return func(yield func(Known, error) bool) {
		const some = 500
		for at := skip; at < len(ids); at += some {
			end := min(at+some, len(ids))
			var rows []Known
			err := s.looking(ctx, func(l *look) (err error) {
				if l.version != as.version {
					l.moment, l.quiet = as, false
				}
				rows, err = l.known(ctx, ids[at:end], q.Sort)
				return err
			})
			if err != nil {
				yield(Known{}, err)
				return
			}
			place := make(map[int64]int8, end-at)
			for i := at; i < end; i++ {
				place[ids[i]] = states[i]
			}
			for _, k := range rows {
				k.State = standingOf(int64(place[k.ID]))
				if !yield(k, nil) {
					return
				}
			}
		}
	}, nil
}
