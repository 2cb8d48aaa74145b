package pdf

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// matrix is [a b c d e f] of ISO 32000-1, 8.3.3.
type matrix [6]float64

// times is m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

const (
	held = 64 << 10 // bytes of a page's text, after which it is handed over

	// parts of the height of letters
	lineGap = 0.5
	wordGap = 0.15
	cellGap = 2.0
)

// writer puts characters in a row, with blanks, tabs and line breaks where their places say so.
type writer struct {
	*document
	buf    []byte
	given  int // bytes
	images int

	begun bool
	x, y  float64 // where the last character ends
	line  line
}

// put writes what a character means, at its place; right is the way of a character as wide as its letters are high.
func (w *writer) put(s string, at matrix, width float64, upright bool) error {
	dx, dy := at[0], at[1] // along the line
	size := math.Hypot(dx, dy)
	high := math.Hypot(at[2], at[3])
	if size > 0 && high > 0 && w.begun {
		x, y := at[4]-w.x, at[5]-w.y
		along, across := (x*dx+y*dy)/size/high, (y*dx-x*dy)/size/high
		if upright {
			along, across = -across, along
		}
		switch {
		case math.Abs(across) > lineGap, along < -cellGap:
			w.blank('\n')
		case along > cellGap:
			w.blank('\t')
		case along > wordGap:
			w.blank(' ')
		}
	}
	w.begun = true
	w.line.see(s, at[4]*dx+at[5]*dy)
	w.x, w.y = at[4]+dx*width, at[5]+dy*width
	if upright {
		w.x, w.y = at[4]-at[2], at[5]-at[3]
	}
	switch s {
	case "":
		return nil
	case " ":
		w.blank(' ')
		return nil
	}
	w.buf = append(w.buf, plain(s)...)
	if len(w.buf) < held {
		return nil
	}
	return w.flush()
}

// blank writes one that is not double.
func (w *writer) blank(c byte) {
	if c == '\n' {
		w.line.turn(w.buf)
	}
	if n := len(w.buf); n > 0 {
		switch last := w.buf[n-1]; {
		case last == '\n', last == ' ' && c == ' ', last == '\t' && c != '\n':
		case last == ' ', last == '\t':
			w.buf[n-1] = c
		default:
			w.buf = append(w.buf, c)
		}
	}
	if c == '\n' {
		w.line.from = len(w.buf)
	}
}

// flush hands over what was written.
func (w *writer) flush() error {
	w.line.turn(w.buf)
	w.given += len(w.buf)
	b := w.buf
	w.buf, w.line.from = w.buf[:0], 0
	return w.give(b)
}

// plain writes what fonts draw as one as the letters it is.
func plain(s string) string {
	if s[0] < 0x80 && len(s) == 1 {
		if s[0] < ' ' {
			return " "
		}
		return s
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r == '\u00a0' || r >= 0xfb00 && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc }) {
		s = norm.NFKC.String(s) // ligatures, and the shapes of Arabic letters
	}
	return strings.ReplaceAll(s, "\u00ad", "")
}
