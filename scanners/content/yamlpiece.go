package content

import (
	"bytes"
	"strings"
)

const (
	piece  = 64 << 10 // of a document, after which it is cut before a key or an element
	pieces = 1 << 20  // of one that cannot be cut; a longer one is read as text
	outer  = 100      // keys and elements around a line that are known; deeper ones are cut no more
)

// cutter cuts documents where lines begin keys or elements, so that none has to be held. What stands around a piece is written before it.
type cutter struct {
	in       *window
	buf      []byte
	line     int // of what the piece begins with
	around   int // lines of what stands around it
	head     int // bytes of that
	cut      bool
	anchored bool
	block    int // a text of lines goes on that are further in than this; negative: none
	chain    []level
}

// level is a key or a dash around a line.
type level struct {
	at  int
	key string // empty: a dash
}

// keyed is how much of a line is a key with its colon; 0: it begins with none that is plain to see.
func keyed(line []byte) int {
	if len(line) == 0 || bytes.IndexByte([]byte("#&*!|>%@`{}[],?:"), line[0]) >= 0 || line[0] == '-' && (len(line) == 1 || line[1] == ' ') {
		return 0
	}
	from := 0
	if line[0] == '"' || line[0] == '\'' {
		if from = 1 + bytes.IndexByte(line[1:], line[0]); from == 0 || bytes.IndexByte(line[:from], '\\') >= 0 {
			return 0
		}
		from++
	}
	for i := from; i < min(len(line), 100); i++ {
		switch {
		case line[i] == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' || line[i+1] == '\r'):
			return i + 1
		case from > 0 && line[i] != ' ', line[i] == '#' && line[i-1] == ' ':
			return 0
		}
	}
	return 0
}

// announces reports whether lines of text follow what ends so: "|", ">-", "|2 # why".
func announces(rest []byte) bool {
	if i := bytes.Index(rest, []byte(" #")); i >= 0 {
		rest = rest[:i]
	}
	rest = bytes.TrimRight(rest, " \t\r")
	mark := bytes.TrimRight(rest, "+-0123456789")
	n := len(mark)
	return n > 0 && (mark[n-1] == '|' || mark[n-1] == '>') && len(rest) < n+3 && (n == 1 || mark[n-2] == ' ' || mark[n-2] == '\t')
}

// next holds the lines that follow; whole is false where they cannot be cut. A piece that does not parse goes on with more of them.
func (c *cutter) next(more bool) (whole bool) {
	most := len(c.buf) + piece
	if !more {
		c.buf, c.anchored = c.buf[:0], false
		c.prefix()
		most, c.line = piece, c.in.line
	}
	c.cut = false
	for {
		c.in.begin("line")
		next, _, _ := bytes.Cut(c.in.peek(512), []byte{'\n'})
		if len(c.in.unread()) == 0 || len(c.buf) > c.head && c.splits(next, len(c.buf) >= most) {
			return true
		}
		c.see(next)
		start := len(c.buf)
		for {
			b, stop, ok := c.in.until("\n")
			c.buf = append(c.buf, b...)
			if stop != 0 {
				c.buf = append(c.buf, '\n')
			}
			if len(c.buf) > pieces {
				return false
			}
			if !ok || stop != 0 {
				break
			}
		}
		c.anchored = c.anchored || bytes.Contains(c.buf[start:], []byte(" &"))
	}
}

// prefix writes what stands around the piece.
func (c *cutter) prefix() {
	c.around = len(c.chain)
	for _, l := range c.chain {
		c.buf = append(c.buf, strings.Repeat(" ", l.at)...)
		if l.key == "" {
			c.buf = append(c.buf, '-', '\n')
		} else {
			c.buf = append(append(c.buf, l.key...), '\n')
		}
	}
	c.head = len(c.buf)
}

// splits reports whether a piece ends before a line. An alias needs its anchor in the same piece.
func (c *cutter) splits(line []byte, full bool) bool {
	if bytes.HasPrefix(line, []byte("---")) {
		c.chain, c.block = c.chain[:0], -1
		return c.buf[0] != '%' || bytes.Contains(c.buf, []byte("\n---"))
	}
	if !full || c.anchored || c.goesOn(line) {
		return false
	}
	levels, _ := c.levels(line)
	if len(levels) == 0 || len(c.chain) >= outer {
		return false
	}
	c.chain = c.outside(levels[0])
	c.cut = true
	return true
}

// goesOn reports whether a line says nothing of its own.
func (c *cutter) goesOn(line []byte) bool {
	text := bytes.TrimLeft(line, " ")
	return len(bytes.TrimSpace(text)) == 0 || text[0] == '#' || c.block >= 0 && len(line)-len(text) > c.block
}

// levels reads the dashes and the key that a line begins with, and what follows.
func (c *cutter) levels(line []byte) (levels []level, rest []byte) {
	at := 0
	for {
		for at < len(line) && line[at] == ' ' {
			at++
		}
		if at+1 < len(line) && line[at] == '-' && line[at+1] == ' ' || at+1 == len(line) && line[at] == '-' {
			levels = append(levels, level{at: at})
			at++
			continue
		}
		if n := keyed(line[at:]); n > 0 {
			levels = append(levels, level{at, string(line[at : at+n])})
			at += n
		}
		return levels, line[at:]
	}
}

// outside is what stands around a line that begins so.
func (c *cutter) outside(first level) []level {
	n := len(c.chain)
	for n > 0 && (c.chain[n-1].at > first.at || c.chain[n-1].at == first.at && (first.key != "" || c.chain[n-1].key == "")) {
		n--
	}
	return c.chain[:n]
}

// see takes a line into the chain.
func (c *cutter) see(line []byte) {
	if c.goesOn(line) {
		return
	}
	c.block = -1
	levels, rest := c.levels(line)
	if len(levels) == 0 {
		return
	}
	c.chain = c.outside(levels[0])
	if len(c.chain) < outer {
		c.chain = append(c.chain, levels...)
	}
	if announces(rest) {
		c.block = levels[len(levels)-1].at
	}
}
