package detectors

import (
	"fmt"
	"io"
)

// Redacted is what a [Value] prints as.
const Redacted = "‹redacted›"

// Value is raw data on its way to a check. Whatever prints, marshals or logs it writes [Redacted]; a closure keeps the
// bytes from printers that walk unexported fields, which no method of ours could stop.
type Value struct{ open func() []byte }

// Of wraps bytes. They are not copied: the value is good for as long as they are.
func Of(b []byte) Value { return Value{open: func() []byte { return b }} }

// From wraps what open gives at each Reveal.
func From(open func() []byte) Value { return Value{open: open} }

// Reveal gives the bytes: the one way to them, for scanners only.
func (v Value) Reveal() []byte {
	if v.open == nil {
		return nil
	}
	return v.open()
}

// String implements [fmt.Stringer].
func (Value) String() string { return Redacted }

// GoString implements [fmt.GoStringer].
func (Value) GoString() string { return Redacted }

// Error lets a value that ends up where an error is logged print redacted as well.
func (Value) Error() string { return Redacted }

// Format implements [fmt.Formatter], for every verb and flag.
func (Value) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, Redacted) }

// MarshalText implements [encoding.TextMarshaler].
func (Value) MarshalText() ([]byte, error) { return []byte(Redacted), nil }

// MarshalJSON implements [json.Marshaler].
func (Value) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }

// MarshalBinary keeps bytes out of gob and its like.
func (Value) MarshalBinary() ([]byte, error) { return []byte(Redacted), nil }
