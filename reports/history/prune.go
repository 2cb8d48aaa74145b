package history

import (
	"context"
	"strings"
	"time"
)

// Retention is how long the history keeps what. The zero value keeps for ever.
type Retention struct {
	Details time.Duration // assets, outcomes, evidence and fixed findings, from when they held last
	Counts  time.Duration // scans and what they counted: no asset is named there; the audit, and waivers that ended
}

// DefaultRetention keeps details for 400 days: a year, so that a yearly audit sees the last one, and a month to make it in. Counts
// stay three years.
func DefaultRetention() Retention {
	return Retention{Details: 400 * 24 * time.Hour, Counts: 3 * 366 * 24 * time.Hour}
}

// Prune removes what is older than the retention, in short transactions. What still holds stays, unless its series was last
// scanned before that time.
func (s *Store) Prune(ctx context.Context, r Retention) error {
	release, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.undo(ctx); err != nil {
		return err
	}
	if r.Details > 0 {
		before := s.o.Now().Add(-r.Details).Unix()
		if err := s.pruneDetails(ctx, before); err != nil {
			return err
		}
		if err := s.pruneNotices(ctx, before); err != nil {
			return err
		}
	}
	if r.Counts > 0 {
		before := s.o.Now().Add(-r.Counts).Unix()
		if err := s.pruneDeeds(ctx, before); err != nil {
			return err
		}
		return s.pruneCounts(ctx, before)
	}
	return nil
}

// pruneDeeds removes what people did before a time: the audit of it, and waivers that ended before.
func (s *Store) pruneDeeds(ctx context.Context, before int64) error {
	if err := s.remove(ctx, "audit", "id", "at < ?", before); err != nil {
		return err
	}
	return s.remove(ctx, "waiver", "id", "expires < ? AND withdrawn < ?", before, before)
}

// holds reports whether scans that began before a time meet a condition: mostly there is none, and nothing to look for.
func (s *Store) holds(ctx context.Context, before int64, condition string) (bool, error) {
	var n int64
	err := s.write.QueryRowContext(ctx, s.q("SELECT COUNT(*) FROM scan WHERE started < ? AND "+condition), before).Scan(&n)
	return n > 0, failed(err)
}

// pruneDetails removes what no scan since a time tells of.
func (s *Store) pruneDetails(ctx context.Context, before int64) error {
	if some, err := s.holds(ctx, before, "published = 1 AND pruned = 0"); err != nil || !some {
		return err
	}
	oldest := map[int64]int64{} // version that is kept, by series
	var all []int64
	err := s.each(ctx, s.write, "SELECT series, COALESCE(MIN(CASE WHEN started >= ? THEN version END), 0) FROM scan WHERE published = 1 GROUP BY series", []any{before}, func(scan func(...any) error) error {
		var series, version int64
		err := scan(&series, &version)
		oldest[series] = version
		all = append(all, series)
		return err
	})
	if err != nil {
		return err
	}
	for _, series := range all {
		where, args := "series = ? AND until <= ?", []any{series, oldest[series]}
		if oldest[series] == 0 {
			where, args = "series = ?", []any{series}
		}
		for table, key := range map[string]string{"span": "asset, series, since", "glance": "asset, series, since", "link": "asset, series, kind, target, since", "outcome": "asset, rule, series, since", "sighting": "finding, asset, series, since"} {
			if err := s.remove(ctx, table, key, where, args...); err != nil {
				return err
			}
		}
	}
	old := "(SELECT version FROM scan WHERE started < ? AND version IS NOT NULL)"
	steps := []struct {
		table, key, where string
		args              []any
	}{
		{"change", "version, asset, rule", "version IN " + old, []any{before}},
		{"standing", "finding, since", "until IN " + old, []any{before}},
		{"finding", "id", "id IN (SELECT finding FROM standing WHERE until IS NULL AND state = ? AND since IN " + old + ") OR id NOT IN (SELECT finding FROM sighting) AND id NOT IN (SELECT finding FROM standing WHERE state = ?)",
			[]any{numberOf(Fixed), before, numberOf(Fixed)}},
		{"standing", "finding, since", "finding NOT IN (SELECT id FROM finding)", nil},
		{"sighting", "finding, asset, series, since", "finding NOT IN (SELECT id FROM finding)", nil},
		{"finding_name", "fingerprint", "finding NOT IN (SELECT id FROM finding)", nil},
	}
	for _, st := range steps {
		if err := s.remove(ctx, st.table, st.key, st.where, st.args...); err != nil {
			return err
		}
	}
	if err := s.exec(ctx, s.write, "UPDATE scan SET pruned = 1, header = NULL, corpus = NULL, coverage = NULL WHERE published = 1 AND pruned = 0 AND started < ?", before); err != nil {
		return err
	}
	return s.pruneOrphans(ctx)
}

// pruneOrphans removes what nothing points at any more.
func (s *Store) pruneOrphans(ctx context.Context) error {
	err := s.remove(ctx, "asset", "id", `id NOT IN (SELECT asset FROM span) AND id NOT IN (SELECT asset FROM finding) AND id NOT IN (SELECT asset FROM standing) AND id NOT IN (SELECT asset FROM sighting)
		AND id NOT IN (SELECT asset FROM change) AND id NOT IN (SELECT life FROM asset WHERE life <> id)`)
	if err == nil {
		err = s.remove(ctx, "asset_name", "name, asset", "asset NOT IN (SELECT id FROM asset)")
	}
	if err == nil {
		err = s.remove(ctx, "doc", "digest", "digest NOT IN (SELECT corpus FROM scan WHERE corpus IS NOT NULL) AND digest NOT IN (SELECT coverage FROM scan WHERE coverage IS NOT NULL)")
	}
	for _, d := range []struct{ table, rows, in string }{{"cohort", "cohort_mark", "SELECT cohort FROM glance UNION SELECT cohort FROM asset"}, {"tagging", "tagging_mark", "SELECT tagging FROM glance UNION SELECT tagging FROM asset"}, {"profile", "profile_rule", "SELECT profile FROM glance"}, {"content", "content_label", "SELECT content FROM glance"}} {
		if err == nil {
			err = s.remove(ctx, d.table, "id", "id NOT IN ("+d.in+")")
		}
		if err == nil {
			err = s.exec(ctx, s.write, "DELETE FROM "+d.rows+" WHERE "+d.table+" NOT IN (SELECT id FROM "+d.table+")")
		}
	}
	for _, q := range []string{"DELETE FROM profile_need WHERE profile NOT IN (SELECT id FROM profile)", "DELETE FROM need WHERE id NOT IN (SELECT need FROM profile_need)"} {
		if err == nil {
			err = s.exec(ctx, s.write, q)
		}
	}
	return err
}

func (s *Store) pruneCounts(ctx context.Context, before int64) error {
	if some, err := s.holds(ctx, before, "pruned < 2"); err != nil || !some {
		return err
	}
	err := s.remove(ctx, "rollup", "dim, series, key, verdict, severity, since", `until IN (SELECT version FROM scan WHERE started < ? AND version IS NOT NULL)
		OR series NOT IN (SELECT series FROM scan WHERE started >= ? AND published = 1)`, before, before)
	if err != nil {
		return err
	}
	if err := s.exec(ctx, s.write, "UPDATE scan SET pruned = 2 WHERE started < ? AND pruned = 1", before); err != nil {
		return err
	}
	// Scans that something still points at tell when it began.
	return s.remove(ctx, "scan", "id", `started < ? AND (version IS NULL OR pruned = 2 AND version NOT IN (SELECT since FROM finding) AND version NOT IN (SELECT since FROM standing)) AND state <> ?`,
		before, string(Running))
}

// remove deletes rows some thousand at a time.
func (s *Store) remove(ctx context.Context, table, key, where string, args ...any) error {
	of := key
	if strings.Contains(key, ",") {
		of = "(" + key + ")"
	}
	for {
		done, err := s.write.ExecContext(ctx, s.q("DELETE FROM "+table+" WHERE "+of+" IN (SELECT "+key+" FROM "+table+" WHERE "+where+" LIMIT 5000)"), args...)
		if err != nil {
			return failed(err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return failed(err)
		}
	}
}
