package history_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// rules of an estate of benchmarks: one asset has an outcome of each.
const rules = 10

// big is a scan of assets by ten rules; every twentieth outcome fails, and each night some assets are others.
func big(assets, night int, now time.Time) probity.Scan {
	var rs []probity.Rule
	for r := range rules {
		rs = append(rs, probity.Rule{ID: fmt.Sprintf("rule-%02d", r), Behaviour: 1, Reads: []probity.Path{"exposure.public"}, Obligations: []probity.Obligation{"access-control"}})
	}
	// Of what is changed, another tenth of a thousandth each night.
	turned := func(i int) bool { return night > 0 && i%10000 == night%10000 }
	ref := func(i int) probity.Ref { return probity.Ref{ID: fmt.Sprintf("arn:aws:s3:::store-%07d", i)} }
	return probity.Scan{
		Header: probity.Header{Format: probity.Format, Tool: "probity 1.0.0", Started: now, Targets: []string{"aws:"}, Rules: rs,
			Frameworks: []probity.Framework{{ID: "gdpr", Controls: []probity.Control{{ID: "32", Obligations: []probity.Obligation{"access-control"}}}}}},
		Assets: func(yield func(probity.Asset, error) bool) {
			for i := range assets {
				a := probity.Asset{Ref: ref(i), Name: fmt.Sprintf("store-%07d", i), Kind: "aws.s3.bucket", Class: probity.Bucket,
					Scope: probity.Scope{Provider: "aws", Account: strconv.Itoa(i % 400), Region: "eu-west-1"}}
				o := &probity.Origin{Call: "s3:GetBucketPolicy", At: now}
				a.Exposure.Public = probity.Known(turned(i), o)
				a.Owner = probity.Known("team", o)
				a.Tags = probity.Known(map[string]string{"team": "a", "stage": "production"}, o)
				a.Resilience.Versioning = probity.Known(true, o)
				a.Labels = probity.Open(probity.Gap{Reason: probity.Sampled}, o, probity.Label{Detector: "email", Category: probity.Contact, On: "clients.csv:mail", Found: 3, Protection: probity.Clear, AsOf: now})
				if !yield(a, nil) {
					return
				}
			}
		},
		Outcomes: outcomes(assets, turned, ref),
	}
}

func outcomes(assets int, turned func(int) bool, ref func(int) probity.Ref) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		for i := range assets {
			for r := range rules {
				o := probity.Outcome{Rule: fmt.Sprintf("rule-%02d", r), Asset: ref(i), Verdict: probity.Pass}
				if (i*rules+r)%20 == 0 != (turned(i) && r == 0) {
					o.Verdict = probity.Fail
					o.Evidence = []probity.Evidence{{Asset: o.Asset, Fact: "exposure.public", Value: true}}
					o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(o.Rule, o.Asset, "exposure.public", ""), Asset: o.Asset, Fact: "exposure.public",
						Message: "the store can be read by anybody", Risk: probity.Risk{Severity: probity.Severity(probity.High.Values()[i%4])}}}
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}

// size is how many outcomes the estate has: a million for the figures in docs/history.md, by make bench-history.
func size() int {
	if n, err := strconv.Atoi(os.Getenv("PROBITY_HISTORY_OUTCOMES")); err == nil {
		return n
	}
	return 20_000
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
		scan := big(size()/rules, night, began.AddDate(0, 0, night))
		id, err := s.Begin(b.Context(), history.Run{Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
		if err == nil {
			_, err = s.Take(b.Context(), id, scan)
		}
		if err != nil {
			b.Fatal(err)
		}
		night++
		b.ReportMetric(float64(onDisk(b, dir))/1e6, "MB")
	}
	b.Run("first night", func(b *testing.B) {
		for range b.N {
			take(b)
		}
	})
	for night < 30 {
		take(b)
	}
	b.Run("a later night", func(b *testing.B) {
		for range b.N {
			take(b)
		}
	})
	for name, ask := range map[string]func(context.Context) (int, error){
		"scans": func(ctx context.Context) (int, error) {
			r, err := s.Scans(ctx, history.ScansQuery{Limit: 50})
			return len(r), err
		},
		"worst": func(ctx context.Context) (int, error) {
			r, err := s.Findings(ctx, history.FindingsQuery{Limit: 100})
			return len(r.Rows), err
		},
		"of rule": func(ctx context.Context) (int, error) {
			r, err := s.Findings(ctx, history.FindingsQuery{Rule: "rule-00", Limit: 100})
			return len(r.Rows), err
		},
		"new": func(ctx context.Context) (int, error) {
			r, err := s.Findings(ctx, history.FindingsQuery{Changed: began.AddDate(0, 0, night-1), Causes: []cause.Cause{cause.Estate}, Limit: 100})
			return len(r.Rows), err
		},
		"of account": func(ctx context.Context) (int, error) {
			r, err := s.Findings(ctx, history.FindingsQuery{Account: "aws/17", Limit: 100})
			return len(r.Rows), err
		},
		"trend": func(ctx context.Context) (int, error) {
			r, err := s.Trend(ctx, history.TrendQuery{})
			return len(r), err
		},
		"trend of framework": func(ctx context.Context) (int, error) {
			r, err := s.Trend(ctx, history.TrendQuery{By: history.ByFramework})
			return len(r), err
		},
		"posture by account": func(ctx context.Context) (int, error) {
			r, err := s.Trend(ctx, history.TrendQuery{By: history.ByAccount, Latest: true})
			return len(r), err
		},
		"changes": func(ctx context.Context) (int, error) {
			r, err := s.Changes(ctx, history.ChangesQuery{})
			return len(r.Rows), err
		},
		"life": func(ctx context.Context) (int, error) {
			r, err := s.Life(ctx, probity.Fingerprint("rule-00", probity.Ref{ID: "arn:aws:s3:::store-0000000"}, "exposure.public", ""), history.Bounds{})
			return len(r.Moments), err
		},
		"store": func(ctx context.Context) (int, error) {
			r, err := s.Known(ctx, "arn:aws:s3:::store-0000000")
			return len(r), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				n, err := ask(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(n), "rows")
			}
		})
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
