package pdf

import (
	"bytes"
	"math"
)

const (
	nested = 100     // arrays and dictionaries in each other
	values = 1 << 20 // of one object
)

// lexer reads values one after the other.
type lexer struct {
	b     []byte
	at    int
	refs  bool // "1 0 R" is a reference
	depth int
	count int
}

// end is what stands behind the last value, and closing what ends an array or dictionary.
const (
	end     word = ""
	closing word = "]"
	closed  word = ">>"
)

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func isRegular(c byte) bool { return !isSpace(c) && !isDelimiter(c) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// blank skips white space and comments.
func (l *lexer) blank() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// value reads the next one.
func (l *lexer) value() any {
	l.blank()
	if l.at >= len(l.b) {
		return end
	}
	if l.count++; l.count > values {
		l.at = len(l.b)
		return end
	}
	switch c := l.b[l.at]; {
	case c == '/':
		l.at++
		return l.name()
	case c == '(':
		l.at++
		return l.literal()
	case c == '[':
		l.at++
		return l.array()
	case c == '<' && l.at+1 < len(l.b) && l.b[l.at+1] == '<':
		l.at += 2
		return l.dict()
	case c == '<':
		l.at++
		return l.hex()
	case c == '>' && l.at+1 < len(l.b) && l.b[l.at+1] == '>':
		l.at += 2
		return closed
	case isDelimiter(c):
		l.at++
		return word(c)
	case isDigit(c) || c == '+' || c == '-' || c == '.':
		return l.number()
	}
	return l.word()
}

func (l *lexer) word() any {
	from := l.at
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		l.at++
	}
	switch w := word(l.b[from:l.at]); w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	default:
		return w
	}
}

func (l *lexer) name() any {
	var out []byte
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		c := l.b[l.at]
		if c == '#' && l.at+2 < len(l.b) {
			if hi, lo := nibble(l.b[l.at+1]), nibble(l.b[l.at+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				l.at += 2
			}
		}
		out = append(out, c)
		l.at++
	}
	return name(out)
}

func nibble(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// literal reads a string in brackets. One that is never closed ends where its object does.
func (l *lexer) literal() any {
	var out text
	for open, from := 1, l.at; ; {
		if l.at >= len(l.b) {
			if i := bytes.Index(l.b[from:], []byte("endobj")); i >= 0 {
				l.at = from + i
				return out[:min(len(out), i)]
			}
			return out
		}
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return out
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
}

func (l *lexer) escape(out text) text {
	if l.at >= len(l.b) {
		return out
	}
	c := l.b[l.at]
	l.at++
	switch {
	case c >= '0' && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; i++ {
			n = n<<3 | int(l.b[l.at]-'0')
			l.at++
		}
		return append(out, byte(n))
	case c == '\n':
		return out
	case c == '\r':
		if l.at < len(l.b) && l.b[l.at] == '\n' {
			l.at++
		}
		return out
	}
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		c = "\n\r\t\b\f"[i]
	}
	return append(out, c)
}

func (l *lexer) hex() any {
	var out text
	half, hi := false, 0
	for l.at < len(l.b) {
		c := l.b[l.at]
		n := nibble(c)
		if n < 0 && !isSpace(c) {
			if c == '>' {
				l.at++
			}
			break
		}
		l.at++
		switch {
		case n < 0:
		case half:
			out = append(out, byte(hi<<4|n))
			half = false
		default:
			half, hi = true, n
		}
	}
	if half {
		out = append(out, byte(hi<<4))
	}
	return out
}

func (l *lexer) array() any {
	a := array{}
	if l.depth++; l.depth > nested {
		l.at = len(l.b)
	}
	defer func() { l.depth-- }()
	for {
		switch v := l.value().(type) {
		case word:
			if v == closing || v == end || l.refs {
				return a // in an object any word but that ends what was never closed
			}
		default:
			a = append(a, v)
		}
	}
}

// dict reads keys and values; what is neither ends it, as it has never been closed.
func (l *lexer) dict() any {
	m := dict{}
	if l.depth++; l.depth > nested {
		l.at = len(l.b)
	}
	defer func() { l.depth-- }()
	for {
		from := l.at
		switch k := l.value().(type) {
		case name:
			v := l.value()
			if w, is := v.(word); is {
				if w != closed {
					l.at = from
				}
				return m
			}
			m[string(k)] = v
		case word:
			if k != closed {
				l.at = from
			}
			return m
		}
	}
}

// number reads one, or a reference. What has two signs or points is read as other readers do: as far as it makes sense.
func (l *lexer) number() any {
	from := l.at
	sign, n, scale := 1.0, 0.0, 0.0
	for ; l.at < len(l.b) && isRegular(l.b[l.at]); l.at++ {
		switch c := l.b[l.at]; {
		case c == '-' && l.at == from:
			sign = -1
		case c == '.' && scale == 0:
			scale = 1
		case isDigit(c):
			n = n*10 + float64(c-'0')
			scale *= 10
		}
	}
	if scale > 0 && !math.IsInf(scale, 0) {
		return sign * n / scale
	}
	if l.refs && scale == 0 && isDigit(l.b[from]) && n < 1<<31 {
		if gen, ok := l.generation(); ok {
			return ref{int(n), gen}
		}
	}
	if math.IsInf(n, 0) {
		return 0.0
	}
	return sign * n
}

// generation reads what makes a number a reference.
func (l *lexer) generation() (int, bool) {
	at, gen := l.at, 0
	for at < len(l.b) && isSpace(l.b[at]) {
		at++
	}
	digits := at
	for at < len(l.b) && isDigit(l.b[at]) && at < digits+6 {
		gen = gen*10 + int(l.b[at]-'0')
		at++
	}
	blank := at
	for at < len(l.b) && isSpace(l.b[at]) {
		at++
	}
	if digits == l.at || blank == digits || at == blank || at >= len(l.b) || l.b[at] != 'R' || at+1 < len(l.b) && isRegular(l.b[at+1]) {
		return 0, false
	}
	l.at = at + 1
	return gen, true
}
