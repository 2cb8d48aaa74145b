package history_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/history/historytest"
)

// size is how many outcomes the estate has: a million for the figures in docs/history.md, by make bench-history.
func size() int {
	if n, err := strconv.Atoi(os.Getenv("PROBITY_HISTORY_OUTCOMES")); err == nil {
		return n
	}
	return 20_000
}

// nights are how many are taken in: thirty for the figures in docs/history.md.
func nights() int {
	if n, err := strconv.Atoi(os.Getenv("PROBITY_HISTORY_NIGHTS")); err == nil {
		return n
	}
	return 30
}

// BenchmarkHistory takes in a first night and thirty more, of which each changes one in ten thousand assets, and asks what pages ask.
func BenchmarkHistory(b *testing.B) {
	dir := b.TempDir()
	began := time.Date(2026, 10, 1, 3, 0, 0, 0, time.UTC)
	s, err := history.OpenFolder(b.Context(), dir, history.Options{Now: now})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	night := 0
	take := func(b *testing.B) {
		b.Helper()
		before := processor()
		scan := historytest.Big(size()/historytest.BigRules, night, began.AddDate(0, 0, night))
		id, err := s.Begin(b.Context(), history.Run{Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
		if err == nil {
			_, err = s.Take(b.Context(), id, scan)
		}
		if err != nil {
			b.Fatal(err)
		}
		night++
		b.ReportMetric((processor() - before).Seconds(), "cpu-s/op")
		b.ReportMetric(float64(onDisk(b, dir))/1e6, "MB")
	}
	b.Run("first night", func(b *testing.B) {
		for range b.N {
			take(b)
		}
	})
	for night < nights() {
		take(b)
	}
	b.Run("a later night", func(b *testing.B) {
		for range b.N {
			take(b)
		}
	})
	b.Run("what pages count, read anew", func(b *testing.B) {
		before := processor()
		for range b.N {
			r, err := history.Look(b.Context(), dir, history.Options{Now: now})
			if err == nil {
				err = errors.Join(r.Ready(b.Context()), r.Close())
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric((processor()-before).Seconds()*1000/float64(b.N), "cpu-ms/op")
	})
	team := history.Bounds{Tags: map[string][]string{"team": {"team-3"}}}
	half := history.Bounds{Accounts: []string{"aws/?", "aws/??", "aws/1??"}}
	for _, viewer := range []struct {
		name   string
		bounds history.Bounds
	}{{"all", history.Bounds{}}, {"a team", team}, {"half", half}} {
		for _, p := range pages(s, viewer.bounds, began.AddDate(0, 0, night-1)) {
			b.Run(p.name+", "+viewer.name, func(b *testing.B) {
				before := processor()
				for range b.N {
					n, err := p.ask(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(n), "rows")
				}
				b.ReportMetric((processor()-before).Seconds()*1000/float64(b.N), "cpu-ms/op")
			})
		}
	}
}

// page is what one page asks, and how many rows it is told.
type page struct {
	name string
	ask  func(context.Context) (int, error)
}

func pages(s *history.Store, b history.Bounds, last time.Time) []page {
	findings := func(q history.FindingsQuery) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			q.Bounds, q.Limit = b, 100
			r, err := s.Findings(ctx, q)
			return int(r.Total), err
		}
	}
	assets := func(q history.AssetsQuery) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			q.Bounds = b
			r, err := s.Assets(ctx, q)
			return int(r.Total), err
		}
	}
	posture := func(q history.PostureQuery) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			q.Bounds = b
			r, err := s.Posture(ctx, q)
			return int(r.Assets), err
		}
	}
	group := ""
	if all, err := s.Unknowns(context.Background(), history.UnknownsQuery{Limit: 1}); err == nil && len(all.Groups) > 0 {
		group = all.Groups[0].ID
	}
	ref := probity.Ref{ID: "arn:aws:s3:::store-0000003"} // of a team and an account that all see
	return []page{
		{"posture", posture(history.PostureQuery{})},
		{"posture of a framework", posture(history.PostureQuery{Framework: "gdpr"})},
		{"posture of an account", posture(history.PostureQuery{Account: "aws/3"})},
		{"findings", findings(history.FindingsQuery{})},
		{"findings, the last page", findings(history.FindingsQuery{After: "40000"})},
		{"findings of a rule", findings(history.FindingsQuery{Rule: "rule-00"})},
		{"findings that are new", findings(history.FindingsQuery{Changed: last, Causes: []cause.Cause{cause.Estate}})},
		{"findings of an account", findings(history.FindingsQuery{Account: "aws/3"})},
		{"findings with data", findings(history.FindingsQuery{Category: probity.Contact})},
		{"findings by text", findings(history.FindingsQuery{Text: "0000103"})},
		{"a finding", func(ctx context.Context) (int, error) {
			page, err := s.Findings(ctx, history.FindingsQuery{Account: "aws/4", Limit: 1, Bounds: b})
			if err != nil || len(page.Rows) == 0 {
				return 0, err
			}
			r, err := s.Life(ctx, page.Rows[0].Fingerprint, b)
			return len(r.Moments), err
		}},
		{"unknown", func(ctx context.Context) (int, error) {
			r, err := s.Unknowns(ctx, history.UnknownsQuery{Bounds: b})
			return int(r.Outcomes), err
		}},
		{"unknown of a group", func(ctx context.Context) (int, error) {
			rows, err := s.UnknownRows(ctx, history.UnknownsQuery{Group: group, Bounds: b})
			if errors.Is(err, history.ErrUnknown) { // of those who see none of it
				err = nil
			}
			return int(rows.Total), err
		}},
		{"map", func(ctx context.Context) (int, error) {
			r, err := s.DataMap(ctx, history.MapQuery{Bounds: b})
			return int(r.Stores), err
		}},
		{"stores", assets(history.AssetsQuery{})},
		{"stores, the last page", assets(history.AssetsQuery{After: "90000"})},
		{"stores of an account", assets(history.AssetsQuery{Account: "aws/3"})},
		{"stores by tag", assets(history.AssetsQuery{Tag: "team=team-3"})},
		{"stores with data that fail", assets(history.AssetsQuery{Category: probity.Contact, Failing: true, Country: "DE"})},
		{"stores by text", assets(history.AssetsQuery{Text: "0000103"})},
		{"a store", func(ctx context.Context) (int, error) { r, err := s.Asset(ctx, ref, b); return len(r.Findings), err }},
		{"frameworks", func(ctx context.Context) (int, error) {
			r, err := s.Frameworks(ctx, history.FrameworksQuery{Bounds: b})
			return len(r), err
		}},
		{"a framework", func(ctx context.Context) (int, error) {
			r, err := s.Framework(ctx, "gdpr", history.FrameworksQuery{Bounds: b})
			return len(r.Rows), err
		}},
		{"accounts", func(ctx context.Context) (int, error) {
			r, err := s.Accounts(ctx, history.AccountsQuery{Bounds: b})
			return int(r.Total), err
		}},
		{"sources", func(ctx context.Context) (int, error) { r, err := s.Sources(ctx, b); return len(r), err }},
		{"scans", func(ctx context.Context) (int, error) {
			r, err := s.Scans(ctx, history.ScansQuery{Limit: 50, Bounds: b})
			return len(r), err
		}},
		{"changes", func(ctx context.Context) (int, error) {
			r, err := s.Changes(ctx, history.ChangesQuery{Limit: 100, Bounds: b})
			return int(r.Total), err
		}},
		{"waivers", func(ctx context.Context) (int, error) {
			r, err := s.Waivers(ctx, history.WaiversQuery{Bounds: b})
			return int(r.Total), err
		}},
	}
}

func onDisk(b *testing.B, dir string) (total int64) {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range files {
		if st, err := os.Stat(f); err == nil {
			total += st.Size()
		}
	}
	return total
}
