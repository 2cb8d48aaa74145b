package detectors

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"
	"strings"
)

// Known is test data that somebody vouches for: it is nobody's, and no detector finds it.
type Known struct {
	patterns []*regexp.Regexp
	digests  map[string]bool
	key      []byte
}

// Keyed is what entries that are digests begin with.
const Keyed = "hmac:"

var digestForm = regexp.MustCompile("^[0-9a-f]{32}$")

// NewKnown reads entries: patterns over whole values, in which * is any text and ? one character, and digests that [Digest] made
// under a key. Case, spaces and dashes do not matter.
func NewKnown(entries []string, key []byte) (Known, error) {
	k := Known{digests: map[string]bool{}, key: key}
	for _, e := range entries {
		if digest, ok := strings.CutPrefix(e, Keyed); ok {
			if !digestForm.MatchString(digest) {
				return k, errors.New("known: a digest is written as hmac: and 32 hexadecimal digits, as probity detectors hash gives it")
			}
			k.digests[digest] = true
			continue
		}
		text := string(plainly([]byte(e)))
		if len(strings.NewReplacer("*", "", "?", "").Replace(text)) < leastKnown {
			return k, errors.New("known: a pattern needs four characters besides * and ?, or it would let all pass")
		}
		k.patterns = append(k.patterns, regexp.MustCompile("(?s)^"+strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(text))+"$"))
	}
	return k, nil
}

const leastKnown = 4

// Digest is an entry for a value that nobody can try out without the key.
func Digest(value, key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("known test data\x00"))
	h.Write(plainly(value))
	return Keyed + hex.EncodeToString(h.Sum(nil)[:16])
}

// plainly is a value without what is only a way to print it.
func plainly(value []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\t' || r == '\r' {
			return -1
		}
		return r
	}, bytes.ToUpper(value))
}

func (k Known) has(value []byte) bool {
	plain := plainly(value)
	return slices.ContainsFunc(k.patterns, func(p *regexp.Regexp) bool { return p.Match(plain) }) ||
		len(k.digests) > 0 && k.digests[strings.TrimPrefix(Digest(plain, k.key), Keyed)]
}

// Leave gives detectors that do not find what is known.
func (k Known) Leave(all []Detector) []Detector {
	out := slices.Clone(all)
	for i := range out {
		d := &out[i]
		if check := d.Check; check != nil || len(d.Shapes) > 0 {
			d.Check = func(v Value) Strength {
				s := Plausible
				if check != nil {
					s = check(v)
				}
				if s > Rejected && k.has(v.Reveal()) {
					return Rejected
				}
				return s
			}
		}
		d.Find, d.Within = k.leave(d.Find), k.leave(d.Within)
		d.Terms = slices.DeleteFunc(slices.Clone(d.Terms), func(t string) bool { return k.has([]byte(t)) })
	}
	return out
}

func (k Known) leave(find func([]byte, int) Found) func([]byte, int) Found {
	if find == nil {
		return nil
	}
	return func(text []byte, at int) Found {
		f := find(text, at)
		if f.End > f.Start && f.Strength > Rejected && k.has(text[f.Start:f.End]) {
			f.Strength = Rejected
		}
		return f
	}
}
