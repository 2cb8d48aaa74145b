package parquet

// Type is how a value is stored.
type Type int64

// The types of parquet.thrift.
const (
	Boolean Type = iota
	Int32
	Int64
	Int96
	Float
	Double
	Bytes
	Fixed
)

// Meaning is what a stored value stands for.
type Meaning int

// The meanings that are told apart; all else is Plain.
const (
	Plain Meaning = iota
	Text
	UUID
	Date
	Millis // of the day, or since 1970 where Timestamp is set
	Micros
	Nanos
	Decimal
	Unsigned
	Interval
	Half
	Variant
)

// Step is one name of a path.
type Step struct {
	Name string
	Kind StepKind
}

// StepKind says how a step leads on.
type StepKind int

// A list's elements, and a map's keys and values, have no name.
const (
	Named StepKind = iota
	Element
	Key
	Value
)

// Column is one that holds values.
type Column struct {
	Path      []Step
	Type      Type
	Width     int // bytes of a Fixed value
	Meaning   Meaning
	Timestamp bool
	Scale     int // digits behind the point of a Decimal

	defined, repeated int // the highest levels
}

// element is one node of the schema, which lists them depth first.
type element struct {
	name      string
	typed     bool
	kind      Type
	width     int64
	repeat    int64 // 0 required, 1 optional, 2 repeated
	children  int64
	converted int64 // -1: none
	scale     int64
	list      bool
	mapped    bool
	meaning   Meaning
	timestamp bool
}

func readElement(t *thrift) element {
	e := element{converted: -1}
	t.fields(func(id int64, kind byte) bool {
		switch {
		case id == 1 && kind == isI32:
			e.typed, e.kind = true, Type(t.int())
		case id == 4 && kind == isBinary:
			e.name = string(t.bytes())
		case id == 10 && kind == isStruct:
			e.logical(t)
		default:
			to := map[int64]*int64{2: &e.width, 3: &e.repeat, 5: &e.children, 6: &e.converted, 7: &e.scale}[id]
			if to == nil || kind != isI32 {
				return false
			}
			*to = t.int()
		}
		return true
	})
	e.old()
	return e
}

// logical reads the union LogicalType.
func (e *element) logical(t *thrift) {
	t.fields(func(id int64, kind byte) bool {
		if kind != isStruct {
			return false
		}
		switch id {
		case 1, 4, 12: // a string, one of an enumeration, JSON
			e.meaning = Text
		case 2:
			e.mapped = true
		case 3:
			e.list = true
		case 5:
			e.meaning = Decimal
			return e.inside(t, 1, &e.scale)
		case 6:
			e.meaning = Date
		case 7, 8:
			e.timestamp = id == 8
			return e.unit(t)
		case 10:
			signed := true
			t.fields(func(id int64, kind byte) bool {
				signed = signed && (id != 2 || kind != isFalse)
				return false
			})
			if !signed {
				e.meaning = Unsigned
			}
			return true
		case 14:
			e.meaning = UUID
		case 15:
			e.meaning = Half
		case 16:
			e.meaning = Variant
		}
		return false
	})
}

// inside reads one number of a struct.
func (e *element) inside(t *thrift, id int64, to *int64) bool {
	t.fields(func(i int64, kind byte) bool {
		if i != id || kind != isI32 {
			return false
		}
		*to = t.int()
		return true
	})
	return true
}

func (e *element) unit(t *thrift) bool {
	t.fields(func(id int64, kind byte) bool {
		if id != 2 || kind != isStruct {
			return false
		}
		t.fields(func(id int64, _ byte) bool {
			if id >= 1 && id <= 3 {
				e.meaning = Millis + Meaning(id-1)
			}
			return false
		})
		return true
	})
	return true
}

// old reads the ConvertedType that files bear which are older than LogicalType.
func (e *element) old() {
	if e.meaning != Plain || e.list || e.mapped {
		return
	}
	switch e.converted {
	case 0, 4, 19:
		e.meaning = Text
	case 1, 2:
		e.mapped = true
	case 3:
		e.list = true
	case 5:
		e.meaning = Decimal
	case 6:
		e.meaning = Date
	case 7, 9:
		e.meaning, e.timestamp = Millis, e.converted == 9
	case 8, 10:
		e.meaning, e.timestamp = Micros, e.converted == 10
	case 11, 12, 13, 14:
		e.meaning = Unsigned
	case 21:
		e.meaning = Interval
	}
}

// leaves lists the columns of a schema.
func leaves(schema []element) ([]*Column, error) {
	if len(schema) == 0 || schema[0].typed {
		return nil, errDamaged
	}
	w := &walk{schema: schema, at: 1}
	for range schema[0].children {
		if err := w.node(Column{}, parent{}); err != nil {
			return nil, err
		}
	}
	if w.at != len(schema) {
		return nil, errDamaged
	}
	return w.out, nil
}

type walk struct {
	schema []element
	at     int
	out    []*Column
}

// parent is what a node needs to know of the one above.
type parent struct {
	list, mapped bool // its only child repeats
	entry        bool // it is what repeats in a map: key and value
	bare         bool // it is what repeats in a list, and its only child is the element
	variant      bool
	index, deep  int
}

// node reads one with all below it. above is the column so far.
func (w *walk) node(above Column, p parent) error {
	if w.at == len(w.schema) || p.deep > 2*nested {
		return errDamaged
	}
	e := w.schema[w.at]
	w.at++
	if e.repeat < 0 || e.repeat > 2 || e.children < 0 || e.typed && e.children > 0 {
		return errDamaged
	}
	c := above
	c.Path = append(append([]Step(nil), above.Path...), w.steps(e, p)...)
	if e.repeat > 0 {
		c.defined++
	}
	if e.repeat == 2 {
		c.repeated++
	}
	if e.typed {
		return w.leaf(c, e, p)
	}
	below := parent{list: e.list, mapped: e.mapped, entry: p.mapped && e.repeat == 2 && e.children == 2, deep: p.deep + 1,
		bare: p.list && e.repeat == 2 && e.children == 1 && e.name != "array" && !hasSuffix(e.name, "_tuple"), variant: p.variant || e.meaning == Variant}
	for i := range e.children {
		below.index = int(i)
		if err := w.node(c, below); err != nil {
			return err
		}
	}
	return nil
}

// steps is what a node adds to the path. The names of lists' and maps' inner groups are nobody's.
func (w *walk) steps(e element, p parent) []Step {
	switch {
	case p.entry && p.index == 0:
		return []Step{{Kind: Key}}
	case p.entry:
		return []Step{{Kind: Value}}
	case p.bare:
		return nil
	case p.mapped && e.repeat == 2 && e.children == 2:
		return nil
	case p.list && e.repeat == 2:
		return []Step{{Kind: Element}}
	case e.repeat == 2:
		return []Step{{Name: e.name}, {Kind: Element}}
	}
	return []Step{{Name: e.name}}
}

func hasSuffix(s, end string) bool { return len(s) >= len(end) && s[len(s)-len(end):] == end }

func (w *walk) leaf(c Column, e element, p parent) error {
	if e.kind < Boolean || e.kind > Fixed || e.kind == Fixed && (e.width < 1 || e.width > page) {
		return errDamaged
	}
	c.Type, c.Width, c.Meaning, c.Timestamp = e.kind, int(e.width), e.meaning, e.timestamp
	c.Scale = int(min(max(e.scale, 0), 100))
	if p.variant && e.meaning == Plain {
		c.Meaning = Variant
	}
	w.out = append(w.out, &c)
	return nil
}

// size is that of a value stored as it is; 0: each has its own.
func (c *Column) size() int {
	switch c.Type {
	case Int32, Float:
		return 4
	case Int64, Double:
		return 8
	case Int96:
		return 12
	case Fixed:
		return c.Width
	}
	return 0
}
