package parquet

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Text writes a stored value as people would, behind to or as it is; ok is false where it is no text, nor anything else that is read.
func (c *Column) Text(to, v []byte) (text []byte, ok bool) {
	switch c.Type {
	case Int32:
		return c.number(to, int64(int32(binary.LittleEndian.Uint32(v))), 32), true
	case Int64:
		return c.number(to, int64(binary.LittleEndian.Uint64(v)), 64), true
	case Int96: // nanoseconds of a day, and the day by its Julian number
		day := time.Unix((int64(binary.LittleEndian.Uint32(v[8:]))-2440588)*86400, 0)
		return moment(to, day.Add(time.Duration(binary.LittleEndian.Uint64(v)))), true
	case Float:
		return float(to, float64(math.Float32frombits(binary.LittleEndian.Uint32(v))), 32), true
	case Double:
		return float(to, math.Float64frombits(binary.LittleEndian.Uint64(v)), 64), true
	}
	switch {
	case c.Meaning == Decimal && len(v) <= 64:
		return decimal(to, signed(v), c.Scale), true
	case c.Meaning == UUID && len(v) == 16:
		return uuid(to, v), true
	case c.Meaning == Half, c.Meaning == Interval:
		return nil, true // says nothing of anybody
	case c.Meaning == Variant:
		return nil, false
	case utf8.Valid(v):
		if c.Type == Fixed {
			v = bytes.TrimRight(v, "\x00 ")
		}
		return v, true
	case c.Meaning == Text:
		return append(to, strings.ToValidUTF8(string(v), "\ufffd")...), true
	}
	return nil, false
}

func (c *Column) number(to []byte, n int64, size int) []byte {
	switch c.Meaning {
	case Date:
		return time.Unix(n*86400, 0).UTC().AppendFormat(to, time.DateOnly)
	case Decimal:
		return decimal(to, big.NewInt(n), c.Scale)
	case Unsigned:
		if size == 32 {
			n &= math.MaxUint32
		}
		return strconv.AppendUint(to, uint64(n), 10)
	case Millis, Micros, Nanos:
		at := map[Meaning]func(int64) time.Time{Millis: time.UnixMilli, Micros: time.UnixMicro, Nanos: func(n int64) time.Time { return time.Unix(0, n) }}[c.Meaning](n)
		if !c.Timestamp {
			return at.UTC().AppendFormat(to, time.TimeOnly)
		}
		return moment(to, at)
	}
	return strconv.AppendInt(to, n, 10)
}

// moment writes a day, with the time where there is one.
func moment(to []byte, at time.Time) []byte {
	at = at.UTC()
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.AppendFormat(to, time.DateOnly)
	}
	return at.AppendFormat(to, time.RFC3339)
}

func float(to []byte, f float64, size int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return to
	}
	return strconv.AppendFloat(to, f, 'f', -1, size)
}

// signed is a number of any length, the highest byte first, in two's complement.
func signed(v []byte) *big.Int {
	n := new(big.Int).SetBytes(v)
	if len(v) > 0 && v[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(v))))
	}
	return n
}

// decimal writes a number with a point before its last digits.
func decimal(to []byte, n *big.Int, scale int) []byte {
	digits := new(big.Int).Abs(n).String()
	if n.Sign() < 0 {
		to = append(to, '-')
	}
	if scale == 0 {
		return append(to, digits...)
	}
	if short := scale + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	to = append(to, digits[:len(digits)-scale]...)
	return append(append(to, '.'), digits[len(digits)-scale:]...)
}

func uuid(to, v []byte) []byte {
	for i, part := range [][]byte{v[:4], v[4:6], v[6:8], v[8:10], v[10:]} {
		if i > 0 {
			to = append(to, '-')
		}
		to = hex.AppendEncode(to, part)
	}
	return to
}
