package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/probity-scan/probity"
)

// Read gives the scan that [JSON] wrote. Only its header is held: each walk over an iterator reads the file again.
// A file of a newer major format, or one that was cut off, is refused here.
func Read(r io.ReaderAt, size int64) (probity.Scan, error) {
	end, err := readEnd(r, size)
	if err != nil {
		return probity.Scan{}, err
	}
	f := file{r: r, size: size}
	h, err := f.header()
	if err != nil {
		return probity.Scan{}, err
	}
	return probity.Scan{
		Header:   h,
		Coverage: section[probity.Coverage](f, "coverage", end.Coverage),
		Assets:   section[probity.Asset](f, "assets", end.Assets),
		Outcomes: section[probity.Outcome](f, "outcomes", end.Outcomes),
	}, nil
}

// readEnd looks at the tail alone, so that a cut-off file of any size is refused at once.
func readEnd(r io.ReaderAt, size int64) (End, error) {
	cut := errors.New("reading scan: the file is cut off or is no scan of probity (its end is missing); write it again with -o json=FILE")
	tail := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return End{}, fmt.Errorf("reading scan: %w", err)
	}
	at := bytes.LastIndex(tail, []byte(`"end"`))
	if at < 0 {
		return End{}, cut
	}
	whole := append([]byte("{"), tail[at:]...)
	var doc struct {
		End *End `json:"end"`
	}
	if json.Unmarshal(whole, &doc) != nil || doc.End == nil {
		return End{}, cut
	}
	return *doc.End, nil
}

type file struct {
	r    io.ReaderAt
	size int64
}

// header reads the members before the first list.
func (f file) header() (probity.Header, error) {
	var h probity.Header
	fields := headerFields(&h)
	for name, dec := range f.members {
		if name == "" || name == "coverage" {
			break
		}
		raw, err := dec.ReadValue()
		if err != nil {
			return h, broken(dec)
		}
		if to, ok := fields[name]; ok && json.Unmarshal(raw, to) != nil {
			return h, fmt.Errorf("reading scan: member %s has another shape than format %s says", name, probity.Format)
		}
		if name == "format" {
			if err := readable(h.Format); err != nil {
				return h, err
			}
		}
	}
	if h.Format == "" {
		return h, errors.New("reading scan: no format told; this is no scan of probity")
	}
	return h, nil
}

// headerFields maps the header's JSON names to where they go.
func headerFields(h *probity.Header) map[string]any {
	out := map[string]any{}
	v := reflect.ValueOf(h).Elem()
	for i := range v.NumField() {
		out[probity.FieldName(v.Type().Field(i))] = v.Field(i).Addr().Interface()
	}
	return out
}

// readable refuses a newer major format; a newer minor one only adds members.
func readable(format string) error {
	major := func(s string) int {
		m, _, _ := strings.Cut(s, ".")
		n, err := strconv.Atoi(m)
		if err != nil {
			return -1
		}
		return n
	}
	if have, can := major(format), major(probity.Format); have < 0 || have > can {
		return fmt.Errorf("reading scan: format %.20q is not one this probity reads (%s and older); use a newer probity", format, probity.Format)
	}
	return nil
}

// members yields the names of the document's members, with a decoder that stands before each value; the caller reads it.
func (f file) members(yield func(string, *jsontext.Decoder) bool) {
	dec := jsontext.NewDecoder(io.NewSectionReader(f.r, 0, f.size))
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '{' {
		yield("", dec)
		return
	}
	for dec.PeekKind() == '"' {
		t, err := dec.ReadToken()
		if err != nil || !yield(t.String(), dec) {
			return
		}
	}
}

func section[T any](f file, name string, want int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		for at, dec := range f.members {
			if at != name {
				if dec.SkipValue() != nil {
					yield(zero, broken(dec))
					return
				}
				continue
			}
			n, more := items(dec, yield)
			if more && n != want {
				yield(zero, fmt.Errorf("reading scan: %d elements in %s, its end says %d", n, name, want))
			}
			return
		}
		yield(zero, fmt.Errorf("reading scan: member %s is missing", name))
	}
}

// items yields a list's elements; more is false when the walk was ended by an error or by yield.
func items[T any](dec *jsontext.Decoder, yield func(T, error) bool) (n int, more bool) {
	var zero T
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '[' {
		yield(zero, broken(dec))
		return 0, false
	}
	for dec.PeekKind() != ']' {
		raw, err := dec.ReadValue()
		if err != nil {
			yield(zero, broken(dec))
			return n, false
		}
		var v T
		if json.Unmarshal(raw, &v) != nil {
			yield(zero, fmt.Errorf("reading scan: element %d before byte %d has another shape than format %s says", n+1, dec.InputOffset(), probity.Format))
			return n, false
		}
		if n++; !yield(v, nil) {
			return n, false
		}
	}
	return n, true
}

// broken tells where, never what: a parser's own error quotes the file.
func broken(dec *jsontext.Decoder) error {
	return fmt.Errorf("reading scan: no valid JSON after byte %d", dec.InputOffset())
}
