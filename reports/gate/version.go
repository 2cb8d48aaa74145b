package gate

import (
	"regexp"
	"strconv"
	"strings"
)

// Latest as a version asks all rules.
const Latest = "latest"

var version = regexp.MustCompile(`^v?\d+(\.\d+){0,2}$`)

// Version reports whether a text names a version of Probity, such as 0.1.0.
func Version(s string) bool { return s == Latest || version.MatchString(s) }

// After reports whether version a came after b. Latest is after all; an empty one after none.
func After(a, b string) bool {
	if a == "" || b == Latest || a == b {
		return false
	}
	if b == "" || a == Latest {
		return true
	}
	x, y := numbers(a), numbers(b)
	for i := range x {
		if x[i] != y[i] {
			return x[i] > y[i]
		}
	}
	return false
}

func numbers(v string) (out [3]int) {
	v, _, _ = strings.Cut(strings.TrimPrefix(v, "v"), "-")
	for i, s := range strings.SplitN(v, ".", 3) {
		out[i], _ = strconv.Atoi(s) // what is no number is 0: the oldest
	}
	return out
}
