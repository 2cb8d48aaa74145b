package plan

import (
	"strings"
)

const maxName = 2048 // of an ARN, which is the longest name

// called takes the ARN and the ID out of an object, and keeps nothing else of it.
func (r *reader) called(into *[]string) error {
	if r.dec.PeekKind() != '{' {
		return r.skip()
	}
	return r.object(func(key string) error {
		if key != "arn" && key != "id" || r.dec.PeekKind() != '"' {
			return r.skip()
		}
		var s string
		if err := r.decode(&s); err != nil {
			return err
		}
		if s != "" && len(s) <= maxName && !strings.HasSuffix(s, cutMark) {
			*into = append(*into, s)
		}
		return nil
	})
}

// priorState tells what the provider calls what is there now. A plan's changes tell it as well; where one does not, such as
// one that was filtered, the state is the place to look.
func (r *reader) priorState() error {
	wanted := len(r.changes) == 0 // changes may follow
	for _, c := range r.changes {
		wanted = wanted || len(c.names) == 0 && !c.fresh
	}
	if !wanted {
		return r.skip()
	}
	return r.object(func(key string) error {
		if key != "values" {
			return r.skip()
		}
		return r.object(func(key string) error {
			if key != "root_module" {
				return r.skip()
			}
			return r.modules(r.priorResource, 0)
		})
	})
}

func (r *reader) priorResource() error {
	var c change
	mode := ""
	var names []string
	err := r.object(func(key string) error {
		if into := c.identity(r, &mode, key); into != nil {
			return r.decode(into)
		}
		if key == "values" && mode != "data" && (c.typ == "" || r.types[c.typ] && !r.named[c.typ]) {
			return r.called(&names)
		}
		return r.skip()
	})
	if err == nil && len(names) > 0 && mode != "data" && r.types[c.typ] {
		if r.prior == nil {
			r.prior = map[string][]string{}
		}
		r.prior[c.address] = names
	}
	return err
}

// aliases are the names of a change's resource, from the change itself or from the state.
func (r *reader) aliases(c *change) []string {
	for _, addr := range append([]string{c.address}, c.former...) {
		if len(c.names) == 0 {
			c.names = r.prior[addr]
		}
	}
	return c.names
}
