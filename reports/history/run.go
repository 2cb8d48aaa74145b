package history

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// State is how a scan ended.
type State string

// The states of scans.
const (
	Running    State = "running"
	Complete   State = "complete"
	Incomplete State = "incomplete" // something was lost: see its coverage and trouble
	Failed     State = "failed"     // there is nothing to tell of but why
)

// Run is a scan that begins.
type Run struct {
	Series  string   // what it is compared with; empty: scans of the same targets
	Targets []string // as they are shown: without secrets
	Tool    string
	Started time.Time
	Alone   bool // only where no other of its series runs
}

// Record is what is known of a scan at once.
type Record struct {
	ID        string    `json:"id"`
	Series    string    `json:"series"`
	Targets   []string  `json:"targets"`
	Tool      string    `json:"tool"`
	Rules     string    `json:"rules_digest,omitempty"`
	Started   time.Time `json:"started"`
	Begun     time.Time `json:"begun,omitzero"` // when it began to run: of a tick that was missed or waited, later than it counts for
	Finished  time.Time `json:"finished,omitzero"`
	State     State     `json:"state"`
	Why       string    `json:"why,omitempty"`     // of one that failed
	Version   int64     `json:"version,omitempty"` // its place in the order of scans; 0: it is not published
	Published bool      `json:"published"`
	Pruned    bool      `json:"pruned,omitempty"` // its details are gone: counts alone are kept
	Assets    int64     `json:"assets"`
	Outcomes  int64     `json:"outcomes"`
	Findings  int64     `json:"findings"` // that stand
}

// SeriesOf is the name of a series of scans of the same targets.
func SeriesOf(targets []string) string {
	t := slices.Clone(targets)
	slices.Sort(t)
	return strings.Join(slices.Compact(t), " ")
}

// name is a scan's: when it began, and a digest of its series, so that two that begin at once differ.
func (r Run) name() string {
	sum := sha256.Sum256([]byte(r.Series + "\x00" + r.Started.UTC().Format(time.RFC3339Nano)))
	return r.Started.UTC().Format("20060102T150405Z") + "-" + hex.EncodeToString(sum[:3])
}

// Begin notes that a scan runs, and names it. One that is older than the last of its series is refused.
func (s *Store) Begin(ctx context.Context, r Run) (id string, err error) {
	if r.Series == "" {
		r.Series = SeriesOf(r.Targets)
	}
	targets, err := json.Marshal(append([]string{}, r.Targets...))
	if err != nil {
		return "", fmt.Errorf("history: %w", err)
	}
	if r.Started.Unix() <= 0 {
		return "", errors.New("history: the scan does not say when it began: it is no scan of probity")
	}
	id = r.name()
	err = s.within(ctx, func(tx *sql.Tx) error {
		series, err := s.series(ctx, tx, r.Series)
		if err != nil {
			return err
		}
		if err := s.exec(ctx, tx, "DELETE FROM scan WHERE id = ? AND state = ?", id, string(Failed)); err != nil {
			return err
		}
		var later string
		err = tx.QueryRowContext(ctx, s.q("SELECT id FROM scan WHERE series = ? AND published = 1 AND started > ? ORDER BY started DESC LIMIT 1"), series, r.Started.Unix()).Scan(&later)
		if err == nil {
			return fmt.Errorf("history: the scan of %s is older than %s, the last of %q: take scans in the order in which they were made", r.Started.UTC().Format(time.RFC3339), later, r.Series)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return failed(err)
		}
		if r.Alone {
			var others int
			if err := tx.QueryRowContext(ctx, s.q("SELECT COUNT(*) FROM scan WHERE series = ? AND state = ? AND id <> ?"), series, string(Running), id).Scan(&others); err != nil {
				return failed(err)
			}
			if others > 0 {
				return fmt.Errorf("history: scan %s: %w", id, ErrBusy)
			}
		}
		done, err := tx.ExecContext(ctx, s.q("INSERT INTO scan (id, series, targets, tool, started, begun, state) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
			id, series, string(targets), r.Tool, r.Started.Unix(), s.o.Now().Unix(), string(Running))
		if err != nil {
			return failed(err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("history: scan %s: %w", id, ErrThere)
		}
		return nil
	})
	return id, err
}

// series is the number of a series, which is made where there is none.
func (s *Store) series(ctx context.Context, tx *sql.Tx, name string) (id int64, err error) {
	if s.dialect.numbered { // two servers may begin at once
		if err := s.exec(ctx, tx, "LOCK TABLE series IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return 0, err
		}
	}
	// The condition tells SQLite's parser that ON CONFLICT belongs to no join.
	if err := s.exec(ctx, tx, "INSERT INTO series (id, name) SELECT COALESCE(MAX(id), 0) + 1, ? FROM series WHERE 1 = 1 ON CONFLICT DO NOTHING", name); err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, s.q("SELECT id FROM series WHERE name = ?"), name).Scan(&id)
	return id, failed(err)
}

// Fail notes that a scan came to nothing, and why in one line.
func (s *Store) Fail(ctx context.Context, id, why string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, "DELETE FROM unit WHERE scan = ?", id); err != nil {
			return err
		}
		return s.exec(ctx, tx, "UPDATE scan SET state = ?, why = ?, finished = ? WHERE id = ? AND published = 0", string(Failed), why, s.o.Now().Unix(), id)
	})
}
