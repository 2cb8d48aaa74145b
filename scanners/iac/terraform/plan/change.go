package plan

import (
	"reflect"
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

// body is what a change does.
type body struct {
	actions              []string
	before, after        map[string]any
	unknown              any
	hidden, hiddenBefore any
	names                []string // ARN and ID of what is there now
}

func (r *reader) change() error {
	c := &change{}
	mode, deposed, previous := "", "", ""
	var b body
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
				return r.body(&b)
			}
		}
		return r.skip()
	})
	switch {
	case err != nil:
		return err
	case !r.types[c.typ] || mode == "data" || deposed != "" || !r.judged(c, b):
		return nil
	case c.address == "":
		return errNotPlan
	case c.after == nil:
		r.blank = append(r.blank, c.address)
		return nil
	}
	if previous != "" && previous != c.address {
		c.former = []string{previous}
	}
	c.names, c.fresh = b.names, slices.Equal(b.actions, []string{"create"})
	c.updated = slices.Equal(b.actions, []string{"update"})
	r.changes = append(r.changes, c)
	r.byAddr[c.address] = c
	return nil
}

func (r *reader) body(b *body) error {
	return r.object(func(key string) error {
		switch key {
		case "actions":
			return r.decode(&b.actions)
		case "after":
			return r.decode(&b.after)
		case "after_unknown":
			return r.decode(&b.unknown)
		case "after_sensitive":
			return r.decode(&b.hidden)
		case "before":
			if r.Before {
				return r.decode(&b.before)
			}
			return r.names(&b.names)
		case "before_sensitive":
			if r.Before {
				return r.decode(&b.hiddenBefore)
			}
		}
		return r.skip()
	})
}

// judged fills in what is asked for: what will be, or with Before what was. It reports whether there is such a thing.
func (r *reader) judged(c *change, b body) bool {
	if !r.Before || slices.Equal(b.actions, []string{"no-op"}) {
		c.after, _ = redacted(b.after, b.hidden).(map[string]any)
		c.unknown, _ = b.unknown.(map[string]any)
		return !gone(b.actions)
	}
	c.kept = make(map[string]bool, len(b.before))
	for name, v := range b.before { // ahead of redaction, which makes secrets alike
		c.kept[name] = reflect.DeepEqual(v, b.after[name])
	}
	c.after, _ = redacted(b.before, b.hiddenBefore).(map[string]any)
	return b.before != nil
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
