package policies

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

// BenchmarkStart is what comes before the first asset is judged: the index is read, and rules of the classes present compiled. The
// corpus is filled up with copies of its rules.
func BenchmarkStart(b *testing.B) {
	const rules = 260
	one := newEstate(1, 0)
	for name, assets := range map[string][]probity.Asset{
		"one-bucket": {one.asset(of{probity.Bucket, "aws.s3.bucket"})}, "all-classes": newEstate(1, 0).different(500),
	} {
		b.Run(fmt.Sprintf("rules=%d/%s", rules, name), func(b *testing.B) {
			cpu := spent()
			for b.Loop() {
				c, err := Load(b.Context(), Options{Parameters: parameters()})
				if err != nil {
					b.Fatal(err)
				}
				if err := c.fillUp(rules); err != nil {
					b.Fatal(err)
				}
				if _, err := c.prepare(b.Context(), Estate{Assets: walk(assets), Linked: nobody, Now: time.Unix(1_800_000_000, 0)}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(b.N), "ms/start")
			b.ReportMetric((spent()-cpu).Seconds()*1e3/float64(b.N), "cpu-ms/start")
		})
	}
}

// fillUp copies rules, each into a package of its own, until there are so many.
func (c *Corpus) fillUp(rules int) error {
	copies := map[string][]byte{}
	for i := 0; len(c.Rules) < rules; i++ {
		r := c.Rules[i]
		src, err := builtin.ReadFile(r.Source.File)
		if err != nil {
			return fmt.Errorf("reading %s: %w", r.Source.File, err)
		}
		file := strings.TrimSuffix(r.Source.File, ".rego") + "-copy.rego"
		from := strings.TrimPrefix(packageOf(r).String(), "data.")
		copies[file] = []byte(strings.Replace(string(src), "package "+from+"\n", "package "+from+"_copy\n", 1))
		r.ID, r.Source.File = r.ID+"-copy", file
		c.Rules = append(c.Rules, r)
	}
	c.source = func(file string) ([]byte, error) {
		if src, ok := copies[file]; ok {
			return src, nil
		}
		return builtin.ReadFile(file)
	}
	return nil
}
