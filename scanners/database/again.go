package database

import (
	"context"
)

const tries = 3 // of what something else cuts off

// again runs what reads, anew each time, until neither what a replica replays nor a connection that is lost cuts it off.
func (s *session) again(ctx context.Context, run func() error) (err error) {
	for range tries {
		if err = run(); err == nil || ctx.Err() != nil {
			return err
		}
		passing, server := s.passing(err)
		switch {
		case passing && s.conn.PingContext(ctx) == nil:
		case passing || !server && s.conn.PingContext(ctx) != nil:
			if !s.renew(ctx) {
				return err
			}
		default:
			return err
		}
	}
	return err
}

// renew opens another connection in place of one that is lost. A server that does not let in once is not asked again for each table.
func (s *session) renew(ctx context.Context) bool {
	if s.gone {
		return false
	}
	other, err := connect(ctx, s.engine, s.login, s.name, s.stall)
	if err != nil {
		s.gone = true
		return false
	}
	s.close()
	s.pool, s.conn, s.begin = other.pool, other.conn, other.begin
	return true
}
