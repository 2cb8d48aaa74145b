package history

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// intervals are the tables whose rows hold from a version to another.
func intervals() []string {
	return []string{"span", "glance", "link", "outcome", "sighting", "standing", "rollup"}
}

// alone waits until no other scan is being taken in, by this process or another.
func (s *Store) alone(ctx context.Context) (release func(), err error) {
	select {
	case s.taking <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s.pool == nil {
		return func() { <-s.taking }, nil
	}
	conn, err := s.pool.Acquire(ctx)
	if err == nil {
		if _, err = conn.Exec(ctx, "SELECT pg_advisory_lock(hashtext(current_schema() || '.history'))"); err != nil {
			conn.Release()
		}
	}
	if err != nil {
		<-s.taking
		return nil, failed(err)
	}
	return func() {
		// The lock is the connection's: it ends with it, whatever the server answers.
		_ = conn.Hijack().Close(context.WithoutCancel(ctx))
		<-s.taking
	}, nil
}

// undo takes back what a process left that died while it took in a scan. Nobody has seen it.
func (s *Store) undo(ctx context.Context) error {
	var left []int64
	err := s.each(ctx, s.write, "SELECT version FROM scan WHERE version IS NOT NULL AND published = 0", nil, func(scan func(...any) error) error {
		left = append(left, 0)
		return scan(&left[len(left)-1])
	})
	if err != nil {
		return err
	}
	slices.Sort(left)
	for _, v := range left {
		for _, t := range intervals() {
			if err := s.exec(ctx, s.write, "DELETE FROM "+t+" WHERE since = ?", v); err != nil {
				return err
			}
			reset := "UPDATE " + t + " SET until = NULL WHERE until = ?"
			if t == "sighting" {
				reset = "UPDATE sighting SET until = NULL, closer = 0 WHERE until = ?"
			}
			if err := s.exec(ctx, s.write, reset, v); err != nil {
				return err
			}
		}
		for _, q := range []string{"DELETE FROM finding_name WHERE finding IN (SELECT id FROM finding WHERE since = ?)", "DELETE FROM finding WHERE since = ?",
			"DELETE FROM change WHERE version = ?", "UPDATE scan SET version = NULL WHERE version = ?"} {
			if err := s.exec(ctx, s.write, q, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) exec(ctx context.Context, c Conn, query string, args ...any) error {
	_, err := c.ExecContext(ctx, s.q(query), args...)
	return failed(err)
}

// next gives a scan the next version, under which it is taken in.
func (s *Store) next(ctx context.Context, id string) (v int64, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) + 1 FROM scan").Scan(&v); err != nil {
			return failed(err)
		}
		return s.exec(ctx, tx, "UPDATE scan SET version = ? WHERE id = ?", v, id)
	})
	if err != nil {
		return 0, fmt.Errorf("taking in scan %s: %w", id, err)
	}
	return v, nil
}
