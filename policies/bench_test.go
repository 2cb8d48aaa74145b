package policies

import (
	"cmp"
	"fmt"
	"iter"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

func walk(assets []probity.Asset) iter.Seq2[probity.Asset, error] {
	return func(yield func(probity.Asset, error) bool) {
		for i := range assets {
			if !yield(assets[i], nil) {
				return
			}
		}
	}
}

// BenchmarkCorpus judges estates by all built-in rules: every asset different, and as alike as estates are, with all known and
// with a gap in ten facts.
func BenchmarkCorpus(b *testing.B) {
	for _, size := range strings.Fields(cmp.Or(os.Getenv("PROBITY_BENCH_ASSETS"), "1000")) {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		for _, gaps := range []int{0, 10} {
			b.Run(fmt.Sprintf("different/gaps=%d/assets=%d", gaps, n), func(b *testing.B) { judgeEstate(b, newEstate(1, gaps).different(n)) })
			b.Run(fmt.Sprintf("alike/gaps=%d/assets=%d", gaps, n), func(b *testing.B) { judgeEstate(b, newEstate(1, gaps).alike(n)) })
		}
	}
}

func judgeEstate(b *testing.B, assets []probity.Asset) {
	b.Helper()
	c, err := Load(b.Context(), Options{Parameters: parameters()})
	if err != nil {
		b.Fatal(err)
	}
	judged := c.Judge(b.Context(), Estate{Assets: walk(assets), Linked: nobody, Now: time.Unix(1_800_000_000, 0)})
	runtime.GC()
	outcomes, verdicts, before, cpu := 0, map[probity.Verdict]int{}, live(), spent()
	for b.Loop() {
		for o, err := range judged {
			if err != nil {
				b.Fatal(err)
			}
			verdicts[o.Verdict]++
			outcomes++
		}
	}
	b.ReportMetric(float64(outcomes)/b.Elapsed().Seconds(), "outcomes/s")
	b.ReportMetric(float64(outcomes)/(spent()-cpu).Seconds(), "outcomes/cpu-s")
	b.ReportMetric(float64(outcomes)/float64(b.N), "outcomes")
	b.ReportMetric(100*float64(verdicts[probity.Fail])/float64(outcomes), "%fail")
	b.ReportMetric(100*float64(verdicts[probity.Unknown])/float64(outcomes), "%unknown")
	b.ReportMetric(held(b, judged, before), "MB-held")
	runtime.KeepAlive(assets)
}

// held is the memory that is alive at most, in MB, beside what was before. It is looked for in a pass of its own, which waits for the
// collector of garbage: beside one that is at work all that comes up meanwhile counts as alive, which on a busy machine is most of it.
func held(b *testing.B, judged iter.Seq2[probity.Outcome, error], before uint64) float64 {
	b.Helper()
	const some = 20_000
	outcomes, most := 0, before
	for _, err := range judged {
		if err != nil {
			b.Fatal(err)
		}
		if outcomes++; outcomes%some == 0 {
			runtime.GC()
			most = max(most, live())
		}
	}
	return float64(most-before) / 1e6
}

// live is what the last collection of garbage left, in bytes.
func live() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// declared is the configuration as a person writes it, with all that rules ask for.
func declared() map[string]any {
	return map[string]any{"config": parameters()}
}

func parameters() map[string]any {
	return map[string]any{
		"trusted_accounts": []any{"000000002000", "000000002001", "o-example"}, "assessed_stores": []any{"aws.rds.*"},
		"allowed_extensions": []any{"pgcrypto"}, "known_servers": []any{"backup"},
	}
}
