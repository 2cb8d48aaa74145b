package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/corpus"
)

// estate is one corpus on disk.
type estate struct {
	*corpus.Corpus
	dir string
}

// BenchmarkIaC scans estates of PROBITY_BENCH_SIZES resources, as code and as plan, beside the limit and the other scanners that are
// installed. Ratios are to Probity, its own to the limit.
func BenchmarkIaC(b *testing.B) {
	mine := ours(b)
	for _, size := range sizes(b) {
		e := estate{corpus.New(7, size, mix()...), b.TempDir()}
		if err := e.Save(e.dir); err != nil {
			b.Fatal(err)
		}
		for _, form := range []struct{ name, target string }{{"code", "infra"}, {"plan", "plan.json"}} {
			target := filepath.Join(e.dir, form.target)
			var least, we run
			name := fmt.Sprintf("%s/%d/", form.name, size)
			b.Run(name+"limit", func(b *testing.B) { least = e.limit(b, target) })
			b.Run(name+mine.name, func(b *testing.B) {
				we = e.scan(b, mine, target)
				b.ReportMetric(ratio(we.cpu, least.cpu), "×limit-cpu")
			})
			for _, s := range others() {
				b.Run(name+s.name, func(b *testing.B) {
					they := e.scan(b, s, target)
					b.ReportMetric(ratio(they.wall, we.wall), "×time")
					b.ReportMetric(ratio(they.cpu, we.cpu), "×cpu")
					b.ReportMetric(ratio(they.peak, we.peak), "×memory")
				})
			}
		}
	}
}

// mix is every style, and most values written where they are used, as people do.
func mix() []string {
	var out []string
	for range 12 {
		out = append(out, "literal")
	}
	return append(out, corpus.Decided()...)
}

func sizes(b *testing.B) []int {
	if out := numbers(b, "PROBITY_BENCH_SIZES"); out != nil {
		return out
	}
	return []int{200, 2000}
}

// limit reads the estate on one processor and does nothing with it.
func (e estate) limit(b *testing.B, target string) run {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	var runs []run
	for b.Loop() {
		cmd := command(b.Context(), e.dir, self)
		cmd.Env = append(os.Environ(), limitOf+"="+target, "GOMAXPROCS=1")
		runs = append(runs, measured(b, cmd))
	}
	return report(b, runs)
}

// scan measures a scanner, and asks how much of what was planted it told of.
func (e estate) scan(b *testing.B, s scanner, target string) run {
	dir := b.TempDir()
	var runs []run
	for b.Loop() {
		runs = append(runs, measure(b, dir, s.command[0], append(s.command[1:len(s.command):len(s.command)], s.args(target)...)...))
	}
	r := report(b, runs)
	if s.failed == nil {
		return r
	}
	failed := s.failed(b, dir, target)
	score(b, e.Stores, func(store corpus.Store) (bad, told bool) {
		return store.Bad, failed[[2]string{s.rule(store), store.Address}]
	})
	return r
}

func report(b *testing.B, runs []run) run {
	r := median(runs)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(r.wall.Seconds(), "s")
	b.ReportMetric(r.cpu.Seconds(), "s-cpu")
	b.ReportMetric(r.peak, "MB")
	return r
}
