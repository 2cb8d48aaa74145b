package history

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

// Member is a process that takes units.
type Member struct {
	ID     string // as its jobs name it
	Queues []string
	Seen   time.Time
}

// Beat notes that a process lives.
func (s *Store) Beat(ctx context.Context, m Member) error {
	return s.exec(ctx, s.write, "INSERT INTO member (id, queues, seen) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET queues = excluded.queues, seen = excluded.seen",
		m.ID, strings.Join(m.Queues, " "), m.Seen.Unix())
}

// Leave notes that a process ended by itself.
func (s *Store) Leave(ctx context.Context, id string) error {
	return s.exec(ctx, s.write, "DELETE FROM member WHERE id = ?", id)
}

// Dead are processes that gave no sign of life since a time.
func (s *Store) Dead(ctx context.Context, since time.Time) ([]string, error) {
	var out []string
	err := s.each(ctx, s.write, "SELECT id FROM member WHERE seen < ? ORDER BY id", []any{since.Unix()}, func(row func(...any) error) error {
		var id string
		err := row(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// Bury gives the jobs of a process that died to others.
func (s *Store) Bury(ctx context.Context, id string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, "DELETE FROM member WHERE id = ?", id); err != nil {
			return err
		}
		return s.exec(ctx, tx, "UPDATE river_job SET state = 'available' WHERE state = 'running' AND attempted_by[array_length(attempted_by, 1)] = ?", id)
	})
}

// JobsFormat is the last migration of the tables of jobs, which their engine makes.
func (s *Store) JobsFormat(ctx context.Context) (is int, err error) {
	err = s.write.QueryRowContext(ctx, "SELECT MAX(version) FROM river_migration").Scan(&is)
	return is, failed(err)
}

// FreeJobs gives all jobs that run to others: for whoever holds the folder of SQLite, and so knows that nobody is left who runs them.
func (s *Store) FreeJobs(ctx context.Context) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, "DELETE FROM member"); err != nil {
			return err
		}
		return s.exec(ctx, tx, "UPDATE river_job SET state = 'available' WHERE state = 'running'")
	})
}

// Manned are the queues that some process takes units of.
func (s *Store) Manned(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := s.each(ctx, s.write, "SELECT queues FROM member", nil, func(row func(...any) error) error {
		var queues string
		err := row(&queues)
		for q := range strings.FieldsSeq(queues) {
			out[q] = true
		}
		return err
	})
	return out, err
}

// Hold lets nobody else end a unit of a scan before the transaction ends, so that of two last units one knows that it is.
func (s *Store) Hold(ctx context.Context, tx *sql.Tx, scan string) error {
	if !s.dialect.numbered { // its transactions are one after the other
		return nil
	}
	var id string
	return failed(tx.QueryRowContext(ctx, "SELECT id FROM scan WHERE id = $1 FOR UPDATE", scan).Scan(&id))
}
