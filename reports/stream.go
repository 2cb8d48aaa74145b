package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
)

// stream writes JSON piece by piece. The first error stays and silences the rest.
type stream struct {
	w    *bufio.Writer
	line bytes.Buffer // of the last value
	err  error
}

func newStream(w io.Writer) *stream { return &stream{w: bufio.NewWriterSize(w, 64<<10)} }

func (s *stream) text(t string) {
	if s.err == nil {
		_, s.err = s.w.WriteString(t)
	}
}

// value writes v as one line of JSON without its line's end.
func (s *stream) value(v any) {
	if s.err != nil {
		return
	}
	s.line.Reset()
	if s.err = json.NewEncoder(&s.line).Encode(v); s.err == nil {
		_, s.err = s.w.Write(bytes.TrimSuffix(s.line.Bytes(), []byte("\n")))
	}
}

// members writes the fields of a struct without the braces around them.
func (s *stream) members(v any) {
	if s.err != nil {
		return
	}
	var b []byte
	if b, s.err = json.Marshal(v); s.err == nil {
		_, s.err = s.w.Write(b[1 : len(b)-1])
	}
}

func (s *stream) close() error {
	if s.err != nil {
		return s.err
	}
	return s.w.Flush()
}

// elements writes what a sequence yields, one a line between commas, and counts it.
func elements[T any](s *stream, seq iter.Seq2[T, error]) (n int) {
	for v, err := range each(seq) {
		if s.err = first(s.err, err); s.err != nil {
			return n
		}
		if n > 0 {
			s.text(",")
		}
		s.text("\n")
		s.value(v)
		n++
	}
	return n
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// each is the sequence, or nothing where a scan has none.
func each[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	if seq == nil {
		return func(func(T, error) bool) {}
	}
	return seq
}
