package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
)

// Point is what a scan counted under one key of a dimension.
type Point struct {
	Scan     string                     `json:"scan"`
	Series   string                     `json:"series"`
	Started  time.Time                  `json:"started"`
	State    State                      `json:"state"`
	Key      string                     `json:"key,omitempty"`
	Verdicts map[probity.Verdict]int64  `json:"verdicts"`
	Failing  map[probity.Severity]int64 `json:"failing"`  // outcomes by their worst finding that stands
	Findings int64                      `json:"findings"` // violations
	Waived   int64                      `json:"waived"`
}

// TrendQuery says which counts are asked for, the oldest scan first.
type TrendQuery struct {
	Series string // empty: all
	By     string // a dimension; empty: ByAll
	Key    string // empty: all keys of the dimension
	Since  time.Time
	Latest bool // the newest scan of each series alone
}

// Trend gives counts from the rollups.
func (s *Store) Trend(ctx context.Context, q TrendQuery) ([]Point, error) {
	if q.By == "" {
		q.By = ByAll
	}
	where, args := "s.published = 1 AND s.pruned < 2 AND u.dim = ?", []any{q.By}
	if q.Series != "" {
		where, args = where+" AND r.name = ?", append(args, q.Series)
	}
	if q.Key != "" {
		where, args = where+" AND u.key = ?", append(args, q.Key)
	}
	if !q.Since.IsZero() {
		where, args = where+" AND s.started >= ?", append(args, q.Since.Unix())
	}
	if q.Latest {
		where += " AND s.version = (SELECT MAX(l.version) FROM scan l WHERE l.series = s.series AND l.published = 1)"
	}
	var out []Point
	last := int64(0)
	err := s.each(ctx, s.read, `SELECT s.version, s.id, r.name, s.started, s.state, u.key, u.verdict, u.severity, u.outcomes, u.findings, u.waived
		FROM scan s JOIN series r ON r.id = s.series JOIN rollup u ON u.series = s.series AND u.since <= s.version AND (u.until IS NULL OR u.until > s.version) WHERE `+where+" ORDER BY s.version, u.key, u.verdict, u.severity", args, func(scan func(...any) error) error {
		var p Point
		var version, started, verdict, severity, outcomes, findings, waived int64
		if err := scan(&version, &p.Scan, &p.Series, &started, &p.State, &p.Key, &verdict, &severity, &outcomes, &findings, &waived); err != nil {
			return err
		}
		if n := len(out); n == 0 || last != version || out[n-1].Key != p.Key {
			p.Started, p.Verdicts, p.Failing = seconds(started), map[probity.Verdict]int64{}, map[probity.Severity]int64{}
			out, last = append(out, p), version
		}
		at := &out[len(out)-1]
		at.Verdicts[verdictOf(verdict)] += outcomes
		if verdictOf(verdict) == probity.Fail {
			at.Findings += findings
			at.Waived += waived
			if severity > 0 {
				at.Failing[severityOf(severity)] += outcomes
			}
		}
		return nil
	})
	return out, err
}
