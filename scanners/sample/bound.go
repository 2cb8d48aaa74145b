package sample

import (
	"math"

	"github.com/probity-scan/probity"
)

// Upper is the largest share of a store's objects that may hold something, with 95 % confidence, when found of read objects do
// that were drawn at random (Clopper and Pearson, 1934, one-sided). It is 1 where nothing was read.
func Upper(found, read int) float64 {
	if read <= 0 || found >= read {
		return 1
	}
	if found < 0 {
		found = 0
	}
	low, high := float64(found)/float64(read), 1.0
	for range 60 {
		p := (low + high) / 2
		if atMost(found, read, p) > 0.05 {
			low = p
		} else {
			high = p
		}
	}
	return high
}

// Bound is Upper for a detector that finds a share of what is there, its recall: where a share p of the units holds something, a share
// of p times recall shows it.
func Bound(found, read int, recall float64) probity.Fact[float64] {
	if recall <= 0 {
		return probity.Missing[float64](probity.Gap{Reason: probity.NotCollected, Because: "nobody measured how much of it its detector finds"}, nil)
	}
	return probity.Known(min(1, Upper(found, read)/recall), nil)
}

// atMost is the chance that no more than k of n draws hold what a share p of the objects holds.
func atMost(k, n int, p float64) float64 {
	if p <= 0 {
		return 1
	}
	if p >= 1 {
		return 0
	}
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// choose is the logarithm of the number of ways to choose k of n.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
