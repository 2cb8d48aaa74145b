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
	held                       held
	origin                     *probity.Origin
	bare                       bool // nothing tells which attributes are unknown
	former, names              []string
	fresh, updated             bool // there is none yet; it stays, with other settings
	// kept tells, of what was before a change, which attributes the code sets now as it did then; nil: all
	kept map[string]bool
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
	mode, deposed, previous := "", "", ""
	var actions []string
	err := r.object(func(key string) error {
		if into := c.identity(r, &mode, key); into != nil {
			return r.decode(into)
		}
		switch key {
		case "module_address":
			return r.decode(&c.module)
		case "deposed":
			return r.decode(&deposed)
		case "previous_address":
			return r.decode(&previous)
		case "change":
			// the type stands before the change, so that most changes need no decoding
			if c.typ == "" || r.types[c.typ] && mode != "data" {
				return r.body(c, &actions)
			}
		}
		return r.skip()
	})
	switch {
	case err != nil:
		return err
	case !r.types[c.typ] || mode == "data" || deposed != "" || !r.asked(c, actions):
		return nil
	case c.address == "":
		return errNotPlan
	case !c.held.says():
		r.blank = append(r.blank, c.address)
		return nil
	}
	if previous != "" && previous != c.address {
		c.former = []string{previous}
	}
	c.fresh, c.updated = slices.Equal(actions, []string{"create"}), slices.Equal(actions, []string{"update"})
	r.changes = append(r.changes, c)
	r.byAddr[c.address] = c
	return nil
}

func (r *reader) body(c *change, actions *[]string) error {
	h := &c.held
	return r.object(func(key string) error {
		switch {
		case key == "actions":
			return r.decode(actions)
		case r.named[c.typ] && key != "after" && key != "before":
			return r.skip()
		}
		switch key {
		case "after":
			return r.keep(c.typ, &h.values)
		case "after_unknown":
			return r.hold(&h.unknown)
		case "after_sensitive":
			return r.hold(&h.sensitive)
		case "before":
			if r.Before {
				return r.keep(c.typ, &h.before)
			}
			return r.called(&c.names)
		case "before_sensitive":
			if r.Before {
				return r.hold(&h.beforeSensitive)
			}
		}
		return r.skip()
	})
}

// asked reports whether a change leaves, or with Before finds, something. What does not change is then read as it will be.
func (r *reader) asked(c *change, actions []string) bool {
	if !r.Before {
		return !gone(actions)
	}
	c.held.was = !slices.Equal(actions, []string{"no-op"})
	return !c.held.was || c.held.before.Kind() == '{'
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

// setBy is what is known to set the attributes: with Before, the code of today as far as nothing has changed.
func (c *change) setBy(conf map[string]any) map[string]any {
	if c.kept == nil {
		return conf
	}
	out := map[string]any{}
	for name, e := range conf {
		if c.kept[name] {
			out[name] = e
		}
	}
	return out
}
