package plan

import (
	"slices"
	"strconv"

	probity "github.com/probity-scan/probity"
)

// change is one resource instance after the plan.
type change struct {
	address, module, typ, name string
	index                      any // float64 or string
	after                      map[string]any
	unknown                    map[string]any
	origin                     *probity.Origin
	bare                       bool // nothing tells which attributes are unknown
}

// identity gives what a field of the resource's identity is read into, and nil for other fields.
func (c *change) identity(r *reader, mode *string, key string) any {
	if c.origin == nil {
		c.origin = &probity.Origin{File: r.File, Line: r.lines.at(r.opened)}
	}
	switch key {
	case "address":
		return &c.address
	case "mode":
		return mode
	case "type":
		return &c.typ
	case "name":
		return &c.name
	case "index":
		return &c.index
	}
	return nil
}

func (r *reader) change() error {
	c := &change{}
	mode, deposed := "", ""
	var body struct {
		Actions   []string       `json:"actions"`
		After     map[string]any `json:"after"`
		Unknown   any            `json:"after_unknown"`
		Sensitive any            `json:"after_sensitive"`
	}
	err := r.object(func(key string) error {
		if into := c.identity(r, &mode, key); into != nil {
			return r.decode(into)
		}
		switch key {
		case "module_address":
			return r.decode(&c.module)
		case "deposed":
			return r.decode(&deposed)
		case "change":
			// the type stands before the change, so that most changes need no decoding
			if c.typ == "" || r.types[c.typ] && mode != "data" {
				return r.decode(&body)
			}
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	c.after, _ = redacted(body.After, body.Sensitive).(map[string]any)
	switch {
	case !r.types[c.typ] || mode == "data" || deposed != "" || gone(body.Actions):
		return nil
	case c.address == "":
		return errNotPlan
	case c.after == nil:
		r.blank = append(r.blank, c.address)
		return nil
	}
	c.unknown, _ = body.Unknown.(map[string]any)
	r.changes = append(r.changes, c)
	r.byAddr[c.address] = c
	return nil
}

// gone: what is deleted or forgotten is not judged, what is replaced is.
func gone(actions []string) bool {
	return !slices.Contains(actions, "create") && (slices.Contains(actions, "delete") || slices.Contains(actions, "forget"))
}

// suffix is the instance key as addresses write it.
func suffix(index any) string {
	switch i := index.(type) {
	case float64:
		return "[" + strconv.Itoa(int(i)) + "]"
	case string:
		return "[" + strconv.Quote(i) + "]"
	}
	return ""
}
