package history

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// ScansQuery says which scans are asked for, the newest first.
type ScansQuery struct {
	ID     string // this one alone; empty: all
	Series string
	State  State
	Since  time.Time
	After  string // ID of a scan: those before it
	Limit  int    // 0: all
	Bounds Bounds // with any, scans are told of series that saw something within them, with counts of that and without targets
}

const recordColumns = `s.id, r.name, s.targets, s.tool, s.rules, s.started, s.begun, s.finished, s.state, s.why, COALESCE(s.version, 0), s.published, CASE WHEN s.pruned > 0 THEN 1 ELSE 0 END, s.assets, s.outcomes, s.findings
	FROM scan s JOIN series r ON r.id = s.series`

// Scans lists scans, the newest first.
func (s *Store) Scans(ctx context.Context, q ScansQuery) ([]Record, error) {
	var c clause
	c.and("1 = 1")
	if q.ID != "" {
		c.and("s.id = ?", q.ID)
	}
	if q.Series != "" {
		c.and("r.name = ?", q.Series)
	}
	if q.State != "" {
		c.and("s.state = ?", string(q.State))
	}
	if !q.Since.IsZero() {
		c.and("s.started >= ?", q.Since.Unix())
	}
	if q.Bounds.Zero() {
		c.after(q.After, clause{})
		return s.records(ctx, "SELECT "+recordColumns+" WHERE "+c.text()+newestFirst(q.Limit), c.args...)
	}
	var out []Record
	err := s.looking(ctx, func(l *look) (err error) {
		out, err = l.boundedScans(ctx, c, q)
		return err
	})
	return out, err
}

// after takes scans before one, which a condition on scans n allows: one that a viewer may not see is none.
func (c *clause) after(id string, of clause) {
	if id != "" {
		of.and("n.id = ?", id)
		c.and("(s.started, s.id) < (SELECT n.started, n.id FROM scan n WHERE "+of.text()+")", of.args...)
	}
}

func newestFirst(limit int) string {
	if limit > 0 {
		return fmt.Sprintf(" ORDER BY s.started DESC, s.id DESC LIMIT %d", limit)
	}
	return " ORDER BY s.started DESC, s.id DESC"
}

// boundedScans are scans as somebody may know of them who sees some assets alone. Counts of those whose details are gone cannot be
// told.
func (l *look) boundedScans(ctx context.Context, c clause, q ScansQuery) ([]Record, error) {
	a, err := l.asking(ctx, "", "", "", q.Bounds)
	if err != nil {
		return nil, err
	}
	series, err := l.seriesOf(ctx, a.glances)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for id := range series {
		ids = append(ids, id)
	}
	c.numbers("s.series", ids)
	var theirs clause
	theirs.numbers("n.series", ids)
	c.after(q.After, theirs)
	out, err := l.s.recordsBy(ctx, l.c, "SELECT "+recordColumns+" WHERE "+c.text()+newestFirst(q.Limit), c.args...)
	if err != nil {
		return nil, err
	}
	counted, _, err := l.overTime(ctx, a)
	if err != nil {
		return nil, err
	}
	by := map[string]PostureScan{}
	for _, x := range counted {
		by[x.Scan] = x
	}
	for i := range out {
		r := &out[i]
		x := by[r.ID]
		r.Targets, r.Why, r.Version = nil, "", 0
		r.Assets, r.Outcomes, r.Findings = x.Assets, x.Counts.Outcomes, x.Counts.Findings-x.Counts.Waived
	}
	return out, nil
}

func (s *Store) records(ctx context.Context, query string, args ...any) ([]Record, error) {
	return s.recordsBy(ctx, s.read, query, args...)
}

func (s *Store) recordsBy(ctx context.Context, c Conn, query string, args ...any) ([]Record, error) {
	if err := legible(args); err != nil {
		return nil, err
	}
	var out []Record
	err := s.each(ctx, c, query, args, func(scan func(...any) error) error {
		var r Record
		var targets string
		var started, begun, finished int64
		if err := scan(&r.ID, &r.Series, &targets, &r.Tool, &r.Rules, &started, &begun, &finished, &r.State, &r.Why, &r.Version, &r.Published, &r.Pruned, &r.Assets, &r.Outcomes, &r.Findings); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(targets), &r.Targets); err != nil {
			return err
		}
		r.Started = time.Unix(started, 0).UTC()
		if begun > 0 {
			r.Begun = time.Unix(begun, 0).UTC()
		}
		if finished > 0 {
			r.Finished = time.Unix(finished, 0).UTC()
		}
		if !r.Published {
			r.Version = 0
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

// Record is one scan by its ID, or the beginning of it; "last" is the newest published one, "last~1" the one before it in its series.
func (s *Store) Record(ctx context.Context, id string) (Record, error) {
	if rest, ok := strings.CutPrefix(id, "last"); ok {
		return s.last(ctx, rest)
	}
	// Stars and the like mean nothing in a prefix that is compared by its length.
	found, err := s.records(ctx, "SELECT "+recordColumns+" WHERE substr(s.id, 1, ?) = ? ORDER BY s.id LIMIT 2", len(id), id)
	switch {
	case err != nil:
		return Record{}, err
	case len(found) == 0:
		return Record{}, fmt.Errorf("scan %q: %w", id, ErrUnknown)
	case len(found) > 1 && found[0].ID != id:
		return Record{}, fmt.Errorf("scan %q: several begin like that: write more of it", id)
	}
	return found[0], nil
}

func (s *Store) last(ctx context.Context, back string) (Record, error) {
	n := 0
	if back != "" {
		if _, err := fmt.Sscanf(back, "~%d", &n); err != nil || n < 0 {
			return Record{}, fmt.Errorf("scan %q: write last, or last~1 for the one before", "last"+back)
		}
	}
	newest, err := s.records(ctx, "SELECT "+recordColumns+" WHERE s.published = 1 ORDER BY s.version DESC LIMIT 1")
	if err != nil {
		return Record{}, err
	}
	if len(newest) > 0 {
		newest, err = s.records(ctx, "SELECT "+recordColumns+fmt.Sprintf(" WHERE s.published = 1 AND r.name = ? ORDER BY s.version DESC LIMIT 1 OFFSET %d", n), newest[0].Series)
	}
	if err == nil && len(newest) == 0 {
		err = fmt.Errorf("scan %q: %w", "last"+back, ErrUnknown)
	}
	if err != nil {
		return Record{}, err
	}
	return newest[0], nil
}
