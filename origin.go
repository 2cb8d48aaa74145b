package probity

import (
	"fmt"
	"time"
)

// Origin says where a fact came from: a place in a file, an API call, a query, the provider's default, or other facts.
type Origin struct {
	File    string     `json:"file,omitempty"`    // repository-relative, with slashes
	Line    int        `json:"line,omitempty"`    // 1-based
	Column  int        `json:"column,omitempty"`  // 1-based, in UTF-16 code units
	Call    string     `json:"call,omitempty"`    // "s3:GetBucketPolicy"
	Query   string     `json:"query,omitempty"`   // SQL text without values
	Default string     `json:"default,omitempty"` // the provider's, with the date it holds from: "encrypted since 2023-01-05"
	Derived []Evidence `json:"derived,omitempty"` // the facts it was worked out from, often of other assets
	At      time.Time  `json:"at,omitzero"`       // when it was read; live sources only
	// Caller is the block that called the module which holds the place, and so on outwards. For a module that was installed
	// from elsewhere the place is the caller's, whose reader can mend it, and Inside is the line in the module.
	Caller *Origin `json:"caller,omitempty"`
	Inside *Origin `json:"inside,omitempty"`
}

// Place is what Source gives, and o itself where that is all it says: thousands of findings share it.
func (o *Origin) Place() *Origin {
	if o != nil && o.File != "" && o.Call == "" && o.Query == "" && o.Default == "" && len(o.Derived) == 0 && o.At.IsZero() {
		return o
	}
	at, ok := o.Source()
	if !ok {
		return nil
	}
	place := at // what is nowhere asks for no memory
	return &place
}

// Source is the first place in a file that the fact rests on, down through the facts it was derived from.
func (o *Origin) Source() (place Origin, ok bool) {
	if o == nil {
		return Origin{}, false
	}
	if o.File != "" {
		return Origin{File: o.File, Line: o.Line, Column: o.Column, Caller: o.Caller, Inside: o.Inside}, true
	}
	for _, e := range o.Derived {
		if place, ok := e.Origin.Source(); ok {
			return place, true
		}
	}
	return Origin{}, false
}

// String is the origin in a few words, for people.
func (o *Origin) String() string {
	switch {
	case o == nil:
		return ""
	case o.Default != "":
		return "default: " + o.Default
	case o.File != "" && o.Line > 0:
		return fmt.Sprintf("%s:%d:%d", o.File, o.Line, max(o.Column, 1))
	case o.File != "":
		return o.File
	case o.Call != "":
		return o.Call
	case o.Query != "":
		return o.Query
	}
	for _, e := range o.Derived {
		if s := e.Origin.String(); s != "" {
			return s
		}
	}
	return ""
}
