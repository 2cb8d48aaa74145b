package reports

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"testing"

	"github.com/probity-scan/probity"
)

// estate is a scan of n buckets that nobody holds in memory: of each rule a third fails, a third passes, a third is unknown.
func estate(n int) probity.Scan {
	s := clinic()
	s.Assets = func(yield func(probity.Asset, error) bool) {
		for i := range n {
			if !yield(estateAsset(i), nil) {
				return
			}
		}
	}
	s.Outcomes = estateOutcomes(n, s.Rules)
	return s
}

func estateAsset(i int) probity.Asset {
	o := pos(fmt.Sprintf("infra/team%04d.tf", i/100), i%100*10+1, 1)
	a := probity.Asset{Ref: tf(fmt.Sprintf("aws_s3_bucket.b%07d", i)), Name: fmt.Sprint("b", i), Kind: "aws.s3.bucket", Class: probity.Bucket,
		Scope: probity.Scope{Provider: "aws", Account: fmt.Sprintf("%012d", i/1000), Region: "eu-central-1"}, Origin: o,
		Encryption: probity.Encryption{AtRest: probity.Known(i%3 != 0, o)}}
	if i%5 == 0 {
		a.Labels = probity.Whole(o, label("email", probity.Contact, "people.csv:mail", 10, 10, 1))
	}
	return a
}

func estateOutcomes(n int, rules []probity.Rule) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		for i := range n {
			a := tf(fmt.Sprintf("aws_s3_bucket.b%07d", i))
			for j, r := range rules {
				o := probity.Outcome{Rule: r.ID, Asset: a, Verdict: probity.Pass}
				place := pos(fmt.Sprintf("infra/team%04d.tf", i/100), i%100*10+1, 1)
				switch (i + j) % 3 {
				case 0:
					o = failing(r.ID, a, r.Severity, a.ID+" is as it should not be", ev(a, "encryption.at_rest", false, place))
				case 1:
					o = unknown(r.ID, a, gap(a, "resilience.backup_days", probity.Gap{Reason: probity.Unresolved, Needs: fmt.Sprint("variable v", i)}, place))
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}

// counting counts bytes and looks at the heap now and then.
type counting struct{ bytes, writes, peak uint64 }

func (c *counting) Write(p []byte) (int, error) {
	c.bytes += uint64(len(p))
	if c.writes++; c.writes%64 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.peak = max(c.peak, m.HeapAlloc)
	}
	return len(p), nil
}

// A page of an estate stays small enough to mail, and says what it hides; code hosts get as much as they take.
func TestReportsOfAnEstateAreBounded(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]struct {
		write func(io.Writer, probity.Scan) error
		most  uint64
	}{
		"html":  {func(w io.Writer, s probity.Scan) error { return HTML(w, s, HTMLOptions{}) }, 4 << 20},
		"sarif": {func(w io.Writer, s probity.Scan) error { return SARIF(w, s, SARIFOptions{Max: 1000}) }, 4 << 20},
		"text":  {func(w io.Writer, s probity.Scan) error { return Summary(w, s, SummaryOptions{}) }, 16 << 10},
	} {
		var c counting
		if err := f.write(&c, estate(5000)); err != nil {
			t.Fatal(err)
		}
		if c.bytes > f.most {
			t.Errorf("%s: %d bytes of 40,000 outcomes, want at most %d", name, c.bytes, f.most)
		}
	}
}

func BenchmarkFormats(b *testing.B) {
	for _, f := range Formats() {
		for _, n := range []int{1_000, 20_000} {
			b.Run(fmt.Sprintf("%s/%d-assets", f.Name, n), func(b *testing.B) {
				var c counting
				for b.Loop() {
					c = counting{}
					if err := f.Write(&c, estate(n)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(c.bytes)/1e6, "MB-out")
				b.ReportMetric(float64(c.peak)/1e6, "MB-heap-peak")
			})
		}
	}
}
