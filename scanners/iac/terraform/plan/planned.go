package plan

import (
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// planned is what a plan's planned_values, or a state's values, tell of resources beside changes. Changes tell more, and
// stand behind them: so the first reading takes the addresses only, and a second one what no change told.
type planned struct {
	addrs []string
	state bool // a state is complete: what is not in it is not set
	now   bool // the second reading
}

var errDone = errors.New("the planned values are read")

// rest reads what planned values tell of resources that no change told of.
func (r *reader) rest(src io.ReadSeeker) error {
	uncovered := false
	for _, a := range r.planned.addrs {
		uncovered = uncovered || r.byAddr[a] == nil
	}
	if !uncovered {
		return nil
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r.planned.now = true
	r.from(src)
	err := r.object(func(key string) error {
		if key != "planned_values" && key != "values" {
			return r.skip()
		}
		if err := r.plannedValues(); err != nil {
			return err
		}
		return errDone
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

func (r *reader) from(src io.Reader) {
	// a shell of Windows writes UTF-16, and others put a byte order mark before UTF-8
	r.lines = &source{src: transform.NewReader(src, unicode.BOMOverride(transform.Nop))}
	r.dec = jsontext.NewDecoder(r.lines, jsontext.AllowDuplicateNames(true))
}

func (r *reader) plannedValues() error {
	return r.object(func(key string) error {
		if key != "root_module" {
			return r.skip()
		}
		r.readable = r.readable || r.dec.PeekKind() == '{'
		return r.modules(r.plannedResource, 0)
	})
}

// modules walks the resources of a module and of those below it.
func (r *reader) modules(each func() error, depth int) error {
	if depth > maxModuleDepth {
		return errDeep
	}
	return r.object(func(key string) error {
		switch key {
		case "resources":
			return r.array(each)
		case "child_modules":
			return r.array(func() error { return r.modules(each, depth+1) })
		}
		return r.skip()
	})
}

func (r *reader) plannedResource() error {
	c := &change{bare: !r.planned.state}
	mode, blank := "", true
	// address and type stand before the values, so that most need no decoding
	wanted := func(mode string) bool {
		return r.planned.now && mode != "data" && (c.typ == "" || r.types[c.typ]) && r.byAddr[c.address] == nil
	}
	err := r.object(func(key string) error {
		if into := c.identity(r, &mode, key); into != nil {
			return r.decode(into)
		}
		switch key {
		case "values":
			blank = r.dec.PeekKind() != '{'
			if wanted(mode) {
				return r.keep(c.typ, &c.held.values)
			}
		case "sensitive_values":
			if wanted(mode) && !r.named[c.typ] {
				return r.hold(&c.held.sensitive)
			}
		}
		return r.skip()
	})
	if err != nil || !r.types[c.typ] || mode == "data" {
		return err
	}
	if c.address == "" {
		return errNotPlan
	}
	if blank || r.planned.now && r.byAddr[c.address] == nil && !c.held.says() {
		r.blank = append(r.blank, c.address)
		return nil
	}
	c.module = moduleOf(c.address)
	switch {
	case !r.planned.now:
		r.planned.addrs = append(r.planned.addrs, c.address)
	case r.byAddr[c.address] == nil:
		r.changes = append(r.changes, c)
		r.byAddr[c.address] = c
	}
	return nil
}

// moduleOf is the address of the module instance that a resource's address begins with.
func moduleOf(addr string) string {
	rest := addr
	for {
		tail, ok := strings.CutPrefix(rest, "module.")
		if !ok {
			return strings.TrimSuffix(strings.TrimSuffix(addr, rest), ".")
		}
		_, _, tail = head(tail)
		if rest = strings.TrimPrefix(tail, "."); rest == "" {
			return ""
		}
	}
}
