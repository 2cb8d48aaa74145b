package plan

import (
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
	v, err := r.value()
	if err != nil {
		return err
	}
	if json.Unmarshal(v, to, jsontext.AllowDuplicateNames(true)) != nil {
		return errNotPlan
	}
	return nil
}

// value reads a value of bounded size; it is good until the next one.
func (r *reader) value() (jsontext.Value, error) {
	r.lines.bounded, r.lines.budget = true, maxValue
	v, err := r.dec.ReadValue()
	r.lines.bounded = false
	return v, err
}

// skip passes a value over. Unlike the decoder's own way it keeps nothing of it, and can be interrupted.
func (r *reader) skip() error {
	const often = 1 << 12
	for n, depth := 0, r.dec.StackDepth(); ; n++ {
		if _, err := r.dec.ReadToken(); err != nil {
			return err
		}
		if r.dec.StackDepth() <= depth {
			return nil
		}
		if n%often == 0 {
			r.lines.at(r.dec.InputOffset())
			if err := r.stopped(); err != nil {
				return err
			}
		}
	}
}
