package sample_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/probity-scan/probity/scanners/sample"
)

func objects(n int) []sample.Object {
	out := make([]sample.Object, n)
	for i := range out {
		out[i] = sample.Object{Key: fmt.Sprintf("p%d/%05d.csv", i%3, i), Size: int64(i)}
	}
	return out
}

func draw(seed string, n int, of []sample.Object) []sample.Drawn {
	d := sample.New([]byte(seed), n)
	for _, o := range of {
		d.Add(o)
	}
	return d.Objects()
}

// TestDrawIsStable: the same seed draws the same objects, whatever the order they come in, and few others once some are new.
func TestDrawIsStable(t *testing.T) {
	t.Parallel()
	all := objects(1000)
	first := map[string]bool{}
	for _, o := range draw("seed", 100, all) {
		first[o.Key] = true
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	same := draw("seed", 100, all)
	for _, o := range same {
		if !first[o.Key] {
			t.Errorf("%s was not drawn before", o.Key)
		}
	}
	again := 0
	for _, o := range draw("seed", 100, append(all, sample.Object{Key: "new.csv"})) {
		if first[o.Key] {
			again++
		}
	}
	if again < len(first)-2 {
		t.Errorf("got %d of %d objects again, want nearly all", again, len(first))
	}
	other := 0
	for _, o := range draw("other", 100, all) {
		if first[o.Key] {
			other++
		}
	}
	if other > 40 {
		t.Errorf("another seed drew %d of the same objects, want about 10", other)
	}
}

// TestDrawIsFair: each object is drawn about as often as any other.
func TestDrawIsFair(t *testing.T) {
	t.Parallel()
	const rounds, n, of = 4000, 10, 50
	all := objects(of)
	counts := map[string]int{}
	for i := range rounds {
		for _, o := range draw(fmt.Sprint(i), n, all) {
			if o.Random {
				counts[o.Key]++
			}
		}
	}
	want := float64(rounds) * n / of
	for key, c := range counts {
		if math.Abs(float64(c)-want) > 5*math.Sqrt(want) {
			t.Errorf("%s was drawn %d times, want about %.0f", key, c, want)
		}
	}
	if len(counts) != of {
		t.Errorf("got %d objects, want %d", len(counts), of)
	}
}

// TestDrawLeavesNoGroupOut: rare formats and prefixes are read too, and do not count as random.
func TestDrawLeavesNoGroupOut(t *testing.T) {
	t.Parallel()
	all := append(objects(10000), sample.Object{Key: "hr/payroll.json", Size: 5})
	found := false
	for _, o := range draw("seed", 100, all) {
		if o.Key == "hr/payroll.json" {
			found = true
		}
	}
	if !found {
		t.Error("the only object of its prefix was not drawn")
	}
}

// TestUpper compares with published values of the exact binomial bound.
func TestUpper(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		found, read int
		want        float64
	}{
		{0, 10, 0.2589}, {0, 59, 0.0495}, {0, 100, 0.0295}, {1, 10, 0.3942}, {5, 10, 0.7776}, {10, 10, 1}, {0, 0, 1}, {3, 200, 0.0383},
	} {
		if got := sample.Upper(c.found, c.read); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("Upper(%d, %d) = %.4f, want %.4f", c.found, c.read, got, c.want)
		}
	}
}

// TestBound allows for what a detector misses, and gives none where nobody knows how much that is.
func TestBound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		found, read int
		recall      float64
		want        float64
	}{{0, 59, 1, 0.0495}, {0, 59, .5, 0.099}, {5, 10, .5, 1}, {0, 0, .9, 1}} {
		if got, ok := sample.Bound(c.found, c.read, c.recall).Get(); !ok || math.Abs(got-c.want) > 0.0005 {
			t.Errorf("Bound(%d, %d, %v) = %.4f, want %.4f", c.found, c.read, c.recall, got, c.want)
		}
	}
	if _, ok := sample.Bound(0, 59, 0).Get(); ok {
		t.Error("got a bound for a detector of which nobody knows what it misses")
	}
}

// TestUpperCovers: of many stores the bound holds for no fewer than 95 in 100.
func TestUpperCovers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	const rounds, n = 4000, 80
	for _, p := range []float64{0.01, 0.05, 0.3} {
		held := 0
		for range rounds {
			k := 0
			for range n {
				if r.Float64() < p {
					k++
				}
			}
			if sample.Upper(k, n) >= p {
				held++
			}
		}
		if float64(held)/rounds < 0.94 {
			t.Errorf("share %.2f: the bound held in %.1f %% of draws", p, 100*float64(held)/rounds)
		}
	}
}
