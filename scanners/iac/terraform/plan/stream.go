package plan

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// object walks an object; each is called with a key, before its value, which it must consume. Null has no keys.
func (r *reader) object(each func(key string) error) error {
	t, err := r.dec.ReadToken()
	if err != nil {
		return err
	}
	if t.Kind() == 'n' {
		return nil
	}
	if t.Kind() != '{' {
		return errNotPlan
	}
	r.opened = r.dec.InputOffset()
	for r.dec.PeekKind() != '}' {
		key, err := r.dec.ReadToken()
		if err != nil {
			return err
		}
		if err := each(key.String()); err != nil {
			return err
		}
	}
	_, err = r.dec.ReadToken()
	return err
}

func (r *reader) array(each func() error) error {
	t, err := r.dec.ReadToken()
	if err != nil {
		return err
	}
	if t.Kind() == 'n' {
		return nil
	}
	if t.Kind() != '[' {
		return errNotPlan
	}
	for r.dec.PeekKind() != ']' {
		if err := r.stopped(); err != nil {
			return err
		}
		if err := each(); err != nil {
			return err
		}
	}
	_, err = r.dec.ReadToken()
	return err
}

func (r *reader) decode(to any) error {
	v, err := r.dec.ReadValue()
	if err != nil {
		return err
	}
	if json.Unmarshal(v, to, jsontext.AllowDuplicateNames(true)) != nil {
		return errNotPlan
	}
	return nil
}

// lines counts lines while the decoder reads ahead: it keeps only those newlines that were not asked about yet.
type lines struct {
	src     io.Reader
	read    int64
	count   int
	pending []int64
}

// Read implements io.Reader.
func (l *lines) Read(p []byte) (int, error) {
	n, err := l.src.Read(p)
	for i := 0; i < n; {
		j := bytes.IndexByte(p[i:n], '\n')
		if j < 0 {
			break
		}
		l.pending = append(l.pending, l.read+int64(i+j))
		i += j + 1
	}
	l.read += int64(n)
	return n, err
}

// at is the 1-based line of an offset; offsets must not fall.
func (l *lines) at(offset int64) int {
	n := 0
	for n < len(l.pending) && l.pending[n] < offset {
		n++
	}
	l.count += n
	l.pending = append(l.pending[:0], l.pending[n:]...)
	return l.count + 1
}
