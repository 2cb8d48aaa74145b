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
		if c.origin == nil {
			c.origin = &probity.Origin{File: r.File, Line: r.lines.at(r.opened)}
		}
		switch key {
		case "address":
			return r.decode(&c.address)
		case "module_address":
			return r.decode(&c.module)
		case "mode":
			return r.decode(&mode)
		case "type":
			return r.decode(&c.typ)
		case "name":
			return r.decode(&c.name)
		case "index":
			return r.decode(&c.index)
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
