package content

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/twmb/avro/ocf"

	"github.com/probity-scan/probity"
)

// avro reads the records of an object container file, block by block. A block is held in memory.
func (p *parser) avro() error {
	const block = 16 << 20
	r, err := ocf.NewReader(p.in, ocf.WithMaxBlockBytes(block), ocf.WithMaxDecompressedBlockBytes(block))
	if err != nil {
		return p.avroLost()
	}
	defer func() { _ = r.Close() }() // nothing is written
	t := &tree{lexer: p.lexer()}
	for p.ctx.Err() == nil {
		var v any
		switch err := r.Decode(&v); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return p.avroLost()
		}
		p.rep.Records++
		if err := t.value(t.root, v); err != nil {
			return err
		}
		// records may take no bytes at all, and blocks unpack to many
		if t.given += 16; t.given > p.opts.Bytes {
			p.rep.Gap = &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("first %d records", p.rep.Records), Needs: "a larger --bytes"}
			return nil
		}
	}
	return p.ctx.Err()
}

func (p *parser) avroLost() error {
	if !p.in.cut() {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "Avro is damaged, or written in a way that is not read"}
	}
	return nil
}

// tree hands over values that a library has read, at the places that JSON has.
type tree struct {
	*lexer
	given int64 // bytes
}

func (t *tree) value(at *keys, v any) error {
	switch v := v.(type) {
	case nil, bool:
		return nil
	case map[string]any:
		names := make([]string, 0, len(v))
		for n := range v {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			below, err := t.place(at, []byte(n))
			if err != nil {
				return err
			}
			if err := t.value(below, v[n]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		below := t.places.element(at)
		for _, e := range v {
			if err := t.value(below, e); err != nil {
				return err
			}
		}
		return nil
	case string:
		return t.give(at, []byte(v))
	case []byte:
		if !utf8.Valid(v) {
			return nil
		}
		return t.give(at, v)
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return t.give(at, []byte(v.UTC().Format(time.DateOnly)))
		}
		return t.give(at, []byte(v.UTC().Format(time.RFC3339)))
	case float64:
		return t.give(at, strconv.AppendFloat(nil, v, 'f', -1, 64))
	case float32:
		return t.give(at, strconv.AppendFloat(nil, float64(v), 'f', -1, 32))
	}
	return t.give(at, fmt.Append(nil, v))
}

func (t *tree) give(at *keys, b []byte) error {
	t.given += int64(len(b))
	return t.end(at.column(0), b)
}
