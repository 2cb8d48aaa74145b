package content

import (
	"unicode/utf8"
)

// cell collects one text and hands it over, in pieces where it is longer than the limit.
type cell struct {
	buf []byte
	max int
	out Each
}

func (c *cell) add(col *Column, b []byte) error {
	for len(c.buf)+len(b) > c.max {
		n := c.max - len(c.buf)
		c.buf = append(c.buf, b[:n]...)
		b = b[n:]
		cut := seam(c.buf)
		if err := c.out(col, c.buf[:cut]); err != nil {
			return err
		}
		c.buf = append(c.buf[:0], c.buf[cut:]...)
	}
	c.buf = append(c.buf, b...)
	return nil
}

// end hands over what is left, with a last part that need not be copied.
func (c *cell) end(col *Column, last []byte) error {
	if len(c.buf) == 0 && len(last) <= c.max {
		if len(last) == 0 {
			return nil
		}
		return c.out(col, last)
	}
	if err := c.add(col, last); err != nil {
		return err
	}
	var err error
	if len(c.buf) > 0 {
		err = c.out(col, c.buf)
	}
	c.buf = c.buf[:0]
	return err
}

// seam is where a long text may be cut without cutting a value in two: after the last blank or separator near its end.
func seam(b []byte) int {
	for i := len(b) - 1; i > len(b)-4096 && i > len(b)/2; i-- {
		switch b[i] {
		case ' ', '\t', '\n', '\r', ',', ';', '"', '\'', '|', '<', '>', '(', ')':
			return i + 1
		}
	}
	for i := len(b); i > len(b)-utf8.UTFMax && i > 1; i-- {
		if utf8.RuneStart(b[i-1]) {
			if b[i-1] < utf8.RuneSelf {
				return i
			}
			return i - 1
		}
	}
	return len(b)
}
