package gate

import (
	"iter"
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

func now() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

func day(n int) time.Time { return now().Truncate(24*time.Hour).AddDate(0, 0, n) }

func over[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// bucket is an asset of root infra; versions is what decides rule versioning.
func bucket(id string, versions bool) probity.Asset {
	a := probity.Asset{Ref: ref(id), Kind: "aws.s3.bucket", Class: probity.Bucket}
	a.Resilience.Versioning = probity.Known(versions, nil)
	return a
}

func ref(id string) probity.Ref { return probity.Ref{Root: "infra", ID: id} }

// fail is a finding of a rule with a digest that stands for what decides it.
func fail(rule, id string, s probity.Severity, digest string) probity.Outcome {
	f := probity.Finding{Fingerprint: probity.Fingerprint(rule, ref(id), "fact", ""), Asset: ref(id), Fact: "fact", Digest: digest, Risk: probity.Risk{Severity: s}}
	return probity.Outcome{Rule: rule, Asset: ref(id), Verdict: probity.Fail, Findings: []probity.Finding{f}}
}

func unknown(rule, id string, r probity.Reason) probity.Outcome {
	o := fail(rule, id, probity.Medium, "gap "+string(r))
	o.Findings[0].Fact, o.Findings[0].Fingerprint = "gap", probity.Fingerprint(rule, ref(id), "gap", "")
	o.Verdict, o.Evidence = probity.Unknown, []probity.Evidence{{Asset: ref(id), Fact: "gap", Gap: &probity.Gap{Reason: r}}}
	return o
}

func pass(rule, id string) probity.Outcome {
	return probity.Outcome{Rule: rule, Asset: ref(id), Verdict: probity.Pass}
}

// scanOf has a whole listing of buckets, and rules versioning and open.
func scanOf(assets []probity.Asset, outcomes ...probity.Outcome) probity.Scan {
	listing := probity.Coverage{Supply: probity.Supply{Kind: "aws.s3.bucket", Class: probity.Bucket, On: probity.Ref{Root: "infra", ID: "."}}}
	return probity.Scan{
		Header: probity.Header{Rules: []probity.Rule{{ID: "versioning", Behaviour: 1, Since: "0.1.0", Obligations: []probity.Obligation{"restore"}},
			{ID: "open", Behaviour: 2, Since: "0.1.0", Changed: "0.2.0"}},
			Frameworks: []probity.Framework{{ID: "gdpr", Controls: []probity.Control{{ID: "32", Obligations: []probity.Obligation{"restore"}}}}}},
		Coverage: over([]probity.Coverage{listing}), Assets: over(assets), Outcomes: over(outcomes),
	}
}

// one is a scan of bucket a that keeps no versions.
func one(s probity.Severity) probity.Scan {
	return scanOf([]probity.Asset{bucket("a", false)}, fail("versioning", "a", s, "d1"))
}

func judged(t *testing.T, s probity.Scan, o Options) (probity.Scan, Decision) {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = now()
	}
	s, d, err := Judge(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return s, d
}

func findings(t *testing.T, s probity.Scan) map[string]probity.Finding {
	t.Helper()
	out := map[string]probity.Finding{}
	for o, err := range s.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Findings {
			out[o.Rule+" "+f.Asset.ID] = f
		}
	}
	return out
}

func notices(s probity.Scan) (out []string) {
	for _, n := range s.Notices {
		out = append(out, string(n.Kind)+": "+n.Text)
	}
	return out
}
