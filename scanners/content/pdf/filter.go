package pdf

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"errors"
	"io"
)

// decode unpacks a stream as far as the budget goes. What is damaged or cut off gives what could be unpacked.
func (d *document) decode(s *stream) ([]byte, error) {
	filters, params := d.chain(s.dict)
	var r io.Reader = bytes.NewReader(s.raw)
	if d.key != nil && !s.plain && (len(filters) == 0 || filters[0] != "Crypt") {
		r = bytes.NewReader(d.key.open(s.raw, s.of, d.key.streams))
	}
	for i, f := range filters {
		if i == 8 {
			d.rep.Damaged++
			return nil, nil
		}
		switch f {
		case "FlateDecode", "Fl":
			r = inflate(r)
		case "LZWDecode", "LZW":
			r = &lzw{r: r, late: params[i]["EarlyChange"] == 0.0}
		case "ASCII85Decode", "A85":
			r = ascii85.NewDecoder(&until85{r: r})
		case "ASCIIHexDecode", "AHx":
			r = &unhex{r: r}
		case "RunLengthDecode", "RL":
			r = &runs{r: r}
		case "Crypt":
		default: // a picture, or nothing the standard knows
			return nil, nil
		}
		if p := params[i]; d.integer(p["Predictor"], 0, 15) >= 10 {
			r = d.predicted(r, p)
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, *d.left+1))
	if err != nil {
		d.rep.Damaged++
	}
	room := int(min(*d.left, int64(len(b))))
	err = d.spend(len(b) + 64)
	return b[:room], err
}

// chain lists the filters of a stream, each with its parameters.
func (d *document) chain(m dict) (filters []string, params []dict) {
	one := func(long, short string) array {
		v := d.resolve(m[long])
		if v == nil {
			v = d.resolve(m[short])
		}
		if a, is := v.(array); is {
			return a
		}
		return array{v}
	}
	ps := one("DecodeParms", "DP")
	for i, f := range one("Filter", "F") {
		n := d.name(f)
		if n == "" {
			continue
		}
		var p dict
		if i < len(ps) {
			p = d.dict(ps[i])
		}
		filters, params = append(filters, n), append(params, p)
	}
	return filters, params
}

// inflate skips the header of zlib, and does not ask for its checksum, which damaged files lack.
func inflate(r io.Reader) io.Reader {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return bytes.NewReader(nil)
	}
	return flate.NewReader(r)
}

// until85 ends at "~>", and leaves out "<~".
type until85 struct {
	r    io.Reader
	done bool
}

func (u *until85) Read(p []byte) (int, error) {
	if u.done {
		return 0, io.EOF
	}
	n, err := u.r.Read(p)
	if bytes.HasPrefix(p[:n], []byte("<~")) {
		p[0], p[1] = ' ', ' '
	}
	if i := bytes.IndexByte(p[:n], '~'); i >= 0 {
		u.done, n = true, i
	}
	return n, err
}

type unhex struct {
	r    io.Reader
	hi   int
	half bool
	done bool
}

func (u *unhex) Read(p []byte) (int, error) {
	if u.done || len(p) == 0 {
		return 0, io.EOF
	}
	in := make([]byte, len(p))
	n, err := u.r.Read(in)
	out := 0
	for _, c := range in[:n] {
		if c == '>' {
			u.done = true
			break
		}
		v := nibble(c)
		switch {
		case v < 0:
		case u.half:
			p[out] = byte(u.hi<<4 | v)
			out++
			u.half = false
		default:
			u.half, u.hi = true, v
		}
	}
	if (u.done || err != nil) && u.half && out < len(p) {
		p[out] = byte(u.hi << 4)
		out++
		u.half = false
	}
	return out, err
}

// runs reads RunLengthDecode.
type runs struct {
	r    io.Reader
	rest []byte
	buf  [128]byte
}

func (u *runs) Read(p []byte) (int, error) {
	for len(u.rest) == 0 {
		if _, err := io.ReadFull(u.r, u.buf[:1]); err != nil {
			return 0, err
		}
		switch n := int(u.buf[0]); {
		case n == 128:
			return 0, io.EOF
		case n < 128:
			m, err := io.ReadFull(u.r, u.buf[:n+1])
			if m == 0 {
				return 0, err
			}
			u.rest = u.buf[:m]
		default:
			if _, err := io.ReadFull(u.r, u.buf[:1]); err != nil {
				return 0, err
			}
			for i := range 257 - n {
				u.buf[i] = u.buf[0]
			}
			u.rest = u.buf[:257-n]
		}
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// predicted undoes what PNG's filters did to rows (ISO 32000-1, 7.4.4.4).
func (d *document) predicted(r io.Reader, p dict) io.Reader {
	bits := max(d.integer(p["Colors"], 1, 32), 1) * max(d.integer(orElse(p["BitsPerComponent"], 8.0), 1, 16), 1)
	cols := d.integer(orElse(p["Columns"], 1.0), 1, 1<<20)
	return &rows{r: r, pixel: max(bits/8, 1), row: make([]byte, 1+(bits*cols+7)/8), above: make([]byte, (bits*cols+7)/8)}
}

func orElse(v, other any) any {
	if v == nil {
		return other
	}
	return v
}

type rows struct {
	r          io.Reader
	pixel      int
	row, above []byte
	rest       []byte
}

func (u *rows) Read(p []byte) (int, error) {
	if len(u.rest) == 0 {
		n, err := io.ReadFull(u.r, u.row)
		if n < 2 {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF
			}
			return 0, err
		}
		row := u.row[1:n]
		for i := range row {
			var left, corner byte
			if i >= u.pixel {
				left, corner = row[i-u.pixel], u.above[i-u.pixel]
			}
			switch u.row[0] {
			case 1:
				row[i] += left
			case 2:
				row[i] += u.above[i]
			case 3:
				row[i] += byte((int(left) + int(u.above[i])) / 2)
			case 4:
				row[i] += paeth(int(left), int(u.above[i]), int(corner))
			}
		}
		copy(u.above, row)
		u.rest = row
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// paeth is the neighbour nearest to left + above - corner (PNG, 9.4).
func paeth(left, above, corner int) byte {
	p := left + above - corner
	a, b, c := abs(p-left), abs(p-above), abs(p-corner)
	switch {
	case a <= b && a <= c:
		return byte(left)
	case b <= c:
		return byte(above)
	}
	return byte(corner)
}

func abs(n int) int { return max(n, -n) }
