// Package synthetic makes up labelled texts with personal data of nobody, and with numbers that only look so, for tests and
// benchmarks. Its check digits are computed in other ways than the detectors check them.
package synthetic

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
)

// number makes the digits of an identifier: a body, and what the issuer appends to it.
type number struct {
	id   string
	body func(r *rand.Rand) string
	tail func(body string) string // empty: this body has none; nil: the body is all
	in   string                   // in print: 9 takes one character, the rest stands as it is; empty: as it is
}

func figures(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

func pick(r *rand.Rand, from string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[r.IntN(len(from))]
	}
	return string(b)
}

func one(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// day is a day of birth in a layout of D, M and Y, where four Ys are a whole year.
func day(r *rand.Rand, layout string) string {
	y, m, d := 1940+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28)
	return strings.NewReplacer("YYYY", strconv.Itoa(y), "YY", fmt.Sprintf("%02d", y%100), "MM", fmt.Sprintf("%02d", m), "DD", fmt.Sprintf("%02d", d)).Replace(layout)
}

// dot is the sum of digits times weights, which are written as a list.
func dot(digits, weights string) (sum int) {
	for i, w := range strings.Fields(weights) {
		k, _ := strconv.Atoi(w)
		sum += k * int(digits[i]-'0')
	}
	return sum
}

// solve gives the digit that makes what it is told come true, or nothing.
func solve(is func(x int) bool) string {
	for x := range 10 {
		if is(x) {
			return strconv.Itoa(x)
		}
	}
	return ""
}

// doubled gives the digit after which the sum of digits, every other one doubled and cast out by nines, ends in 0.
func doubled(body string) string {
	return solve(func(x int) bool {
		sum := x
		for i, c := range body {
			n := int(c - '0')
			if (len(body)-i)%2 == 1 {
				n *= 2
			}
			sum += n/10 + n%10
		}
		return sum%10 == 0
	})
}

// modulo is a number of any length modulo m; letters are 10 to 35.
func modulo(text string, m int64) int {
	var spelt strings.Builder
	for _, c := range text {
		if c >= 'A' && c <= 'Z' {
			spelt.WriteString(strconv.Itoa(int(c-'A') + 10))
		} else {
			spelt.WriteRune(c)
		}
	}
	n, _ := new(big.Int).SetString(spelt.String(), 10)
	return int(new(big.Int).Mod(n, big.NewInt(m)).Int64())
}

// hybrid is the digit of ISO 7064 MOD 11,10.
func hybrid(body string) string {
	return solve(func(x int) bool {
		p := 10
		for _, c := range body {
			if p = (p + int(c-'0')) % 10; p == 0 {
				p = 10
			}
			p = 2 * p % 11
		}
		return (p+x)%10 == 1
	})
}

// dihedral is Verhoeff's digit, computed in the symmetries of the pentagon: below five turns, above them flips.
func dihedral(body string) string {
	times := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return 5 + (a+b-5)%5
		case b < 5:
			return 5 + (a-5-b+5)%5
		}
		return (a - b + 5) % 5
	}
	permute := func(n, x int) int {
		for range n % 8 {
			x = [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}[x]
		}
		return x
	}
	return solve(func(x int) bool {
		all, c := body+strconv.Itoa(x), 0
		for i := range len(all) {
			c = times(c, permute(i, int(all[len(all)-1-i]-'0')))
		}
		return c == 0
	})
}

// Number is a made-up identifier as its detector knows it. Wrong ones fail their check digits.
func Number(r *rand.Rand, id string, wrong bool) string {
	for _, n := range numbers() {
		if n.id != id {
			continue
		}
		for {
			body, tail := n.body(r), ""
			if n.tail == nil { // it ends as it is
				body, tail = body[:len(body)-1], body[len(body)-1:]
			} else {
				tail = n.tail(body)
			}
			if tail == "" {
				continue
			}
			if wrong {
				tail = spoiled(r, tail)
			}
			if all := body + tail; n.in == "" || r.IntN(2) == 0 {
				return all
			} else {
				return printed(all, n.in)
			}
		}
	}
	return ""
}

// Numbers are the identifiers that have check digits.
func Numbers() (ids []string) {
	for _, n := range numbers() {
		ids = append(ids, n.id)
	}
	return ids
}

func printed(s, in string) string {
	var b strings.Builder
	k := 0
	for _, c := range in {
		if c == '9' {
			b.WriteByte(s[k])
			k++
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// spoiled changes the last character to another of its kind.
func spoiled(r *rand.Rand, tail string) string {
	last := tail[len(tail)-1]
	var to byte
	if last >= '0' && last <= '9' {
		to = '0' + (last-'0'+byte(1+r.IntN(9)))%10
	} else {
		to = 'A' + (last-'A'+byte(1+r.IntN(25)))%26
	}
	return tail[:len(tail)-1] + string(to)
}
