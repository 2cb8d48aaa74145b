package plan

import (
	"bytes"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// held is what a change says of values, as it is written: taken apart, those of a large estate need many times the memory.
type held struct {
	values, unknown, sensitive jsontext.Value
	before, beforeSensitive    jsontext.Value
	was                        bool // before is asked for
}

// hold keeps the value that follows as it is written.
func (r *reader) hold(into *jsontext.Value) error {
	v, err := r.value()
	*into = bytes.Clone(v)
	return err
}

// keep holds a value, or only that there is one where the resource's address is enough.
func (r *reader) keep(typ string, into *jsontext.Value) error {
	if !r.named[typ] {
		return r.hold(into)
	}
	if r.dec.PeekKind() == '{' {
		*into = jsontext.Value("{}")
	}
	return r.skip()
}

// says reports whether there are values.
func (h held) says() bool {
	v, s := h.values, h.sensitive
	if h.was {
		v, s = h.before, h.beforeSensitive
	}
	return v.Kind() == '{' && s.Kind() != 't'
}

// open takes apart what a change says: its values, what of them is unknown, and what the code sets as before.
func (h held) open() (values, unknown map[string]any, kept map[string]bool) {
	values, _ = taken(h.values).(map[string]any)
	if !h.was {
		unknown, _ = taken(h.unknown).(map[string]any)
		values, _ = redacted(values, taken(h.sensitive)).(map[string]any)
		return values, unknown, nil
	}
	before, _ := taken(h.before).(map[string]any)
	kept = make(map[string]bool, len(before))
	for name, v := range before { // ahead of redaction, which makes secrets alike
		kept[name] = reflect.DeepEqual(v, values[name])
	}
	values, _ = redacted(before, taken(h.beforeSensitive)).(map[string]any)
	return values, nil, kept
}

// taken takes a value apart; it was read before, and so is valid.
func taken(v jsontext.Value) any {
	var out any
	if len(v) == 0 || json.Unmarshal(v, &out, jsontext.AllowDuplicateNames(true)) != nil {
		return nil
	}
	return out
}
