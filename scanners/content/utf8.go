package content

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"github.com/probity-scan/probity"
)

// utf8Reader hands on UTF-8 as it is, and takes bytes that are none for Windows-1252, in which many old exports are written. It
// remembers the first such byte, and the first that has no meaning there either.
type utf8Reader struct {
	at    int64 // bytes read so far
	line  int
	old   place
	undef place
}

type place struct {
	byte int64 // 1-based; 0: only the line is known
	line int   // 1-based; 0: there is none
}

var _ transform.Transformer = (*utf8Reader)(nil)

// Reset implements [transform.Transformer]; a reader serves one object, and starts where it was made.
func (*utf8Reader) Reset() {}

// Transform implements [transform.Transformer].
func (u *utf8Reader) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if n := whole(src[:min(len(dst), len(src))]); n > 0 && utf8.Valid(src[:n]) {
		nDst = copy(dst, src[:n])
		u.passed(src[:n])
		switch {
		case n == len(src):
			return nDst, n, nil
		case len(dst)-n < utf8.UTFMax:
			return nDst, n, transform.ErrShortDst
		}
		nSrc = n
	}
	start := nSrc
	for nSrc < len(src) {
		if !atEOF && !utf8.FullRune(src[nSrc:]) {
			err = transform.ErrShortSrc
			break
		}
		r, n := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(src[nSrc])
			u.odd(src[start:nSrc], r == utf8.RuneError)
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			err = transform.ErrShortDst
			break
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += n
	}
	u.passed(src[start:nSrc])
	return nDst, nSrc, err
}

// whole is the length of b without a character at its end that is cut.
func whole(b []byte) int {
	for n := len(b); n > 0 && n > len(b)-utf8.UTFMax; n-- {
		if utf8.RuneStart(b[n-1]) {
			if !utf8.FullRune(b[n-1:]) {
				return n - 1
			}
			break
		}
	}
	return len(b)
}

func (u *utf8Reader) passed(b []byte) {
	u.at += int64(len(b))
	if u.undef.line == 0 {
		u.line += bytes.Count(b, []byte{'\n'})
	}
}

// odd notes a byte that is not UTF-8, behind those given.
func (u *utf8Reader) odd(before []byte, undefined bool) {
	if u.old.line != 0 && (!undefined || u.undef.line != 0) {
		return
	}
	p := place{u.at + int64(len(before)) + 1, u.line + bytes.Count(before, []byte{'\n'})}
	if u.old.line == 0 {
		u.old = p
	}
	if undefined && u.undef.line == 0 {
		u.undef = p
	}
}

// gap is what cannot be told for sure: JSON is UTF-8 (RFC 8259, section 8.1), other text may be older.
func (u *utf8Reader) gap(f Format) *probity.Gap {
	if f == JSON || f == NDJSON {
		return u.old.gap("not UTF-8, which JSON must be,", "JSON in UTF-8")
	}
	return u.undef.gap("neither UTF-8 nor Windows-1252", "text in UTF-8")
}

func (p place) gap(what, needs string) *probity.Gap {
	if p.line == 0 {
		return nil
	}
	at := fmt.Sprintf("byte %d, line %d", p.byte, p.line)
	if p.byte == 0 {
		at = fmt.Sprintf("line %d", p.line)
	}
	return &probity.Gap{Reason: probity.Unreadable, Because: what + " at " + at, Needs: needs}
}
