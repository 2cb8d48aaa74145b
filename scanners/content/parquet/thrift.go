package parquet

import "encoding/binary"

// The types of Thrift's compact protocol, as they stand in fields and lists.
const (
	isTrue   = 1
	isFalse  = 2
	isByte   = 3
	isI16    = 4
	isI32    = 5
	isI64    = 6
	isDouble = 7
	isBinary = 8
	isList   = 9
	isSet    = 10
	isMap    = 11
	isStruct = 12
	isUUID   = 13
)

const nested = 32 // structs and lists in each other

// thrift reads Thrift's compact protocol. What a header claims allocates nothing: lengths are compared with what is there.
// After an error it gives zeros.
type thrift struct {
	b   []byte
	at  int
	err error
}

func (t *thrift) fail(err error) {
	if t.err == nil {
		t.err = err
	}
	t.at = len(t.b)
}

func (t *thrift) byte() byte {
	if t.at >= len(t.b) {
		t.fail(errShort)
		return 0
	}
	t.at++
	return t.b[t.at-1]
}

func (t *thrift) uvarint() uint64 {
	v, n := binary.Uvarint(t.b[t.at:])
	if n <= 0 {
		t.fail(errShort)
		return 0
	}
	t.at += n
	return v
}

func (t *thrift) int() int64 {
	v := t.uvarint()
	return int64(v>>1) ^ -int64(v&1)
}

// bytes gives a part of the input.
func (t *thrift) bytes() []byte {
	n := t.uvarint()
	if n > uint64(len(t.b)-t.at) {
		t.fail(errShort)
		return nil
	}
	t.at += int(n)
	return t.b[t.at-int(n) : t.at]
}

// fields visits those of a struct; a visit that gives false leaves the field to be skipped.
func (t *thrift) fields(visit func(id int64, kind byte) bool) {
	id := int64(0)
	for t.err == nil {
		b := t.byte()
		kind := b & 15
		if kind == 0 {
			return
		}
		if delta := b >> 4; delta != 0 {
			id += int64(delta)
		} else {
			id = t.int()
		}
		if !visit(id, kind) {
			t.skip(kind, 0)
		}
	}
}

// list visits the elements of a list of one kind; one of another kind is no Parquet.
func (t *thrift) list(kind byte, visit func()) {
	n, of := t.size()
	if n > 0 && of != kind {
		t.fail(errDamaged)
	}
	for i := 0; i < n && t.err == nil; i++ {
		visit()
	}
}

func (t *thrift) size() (n int, kind byte) {
	b := t.byte()
	size := uint64(b >> 4)
	if size == 15 {
		size = t.uvarint()
	}
	if size > uint64(len(t.b)-t.at) { // an element takes at least a byte
		t.fail(errShort)
		return 0, 0
	}
	return int(size), b & 15
}

func (t *thrift) skip(kind byte, deep int) {
	if deep > nested {
		t.fail(errDamaged)
		return
	}
	switch kind {
	case isTrue, isFalse:
	case isByte:
		t.byte()
	case isI16, isI32, isI64:
		t.uvarint()
	case isDouble:
		t.pass(8)
	case isUUID:
		t.pass(16)
	case isBinary:
		t.bytes()
	case isList, isSet:
		n, of := t.size()
		if of == isTrue || of == isFalse {
			t.pass(n)
			return
		}
		for i := 0; i < n && t.err == nil; i++ {
			t.skip(of, deep+1)
		}
	case isMap:
		t.skipMap(deep)
	case isStruct:
		t.fields(func(_ int64, kind byte) bool {
			t.skip(kind, deep+1)
			return true
		})
	default:
		t.fail(errDamaged)
	}
}

func (t *thrift) skipMap(deep int) {
	n := t.uvarint()
	if n == 0 {
		return
	}
	if n > uint64(len(t.b)-t.at) {
		t.fail(errShort)
		return
	}
	kinds := t.byte()
	for i := uint64(0); i < n && t.err == nil; i++ {
		t.skip(kinds>>4, deep+1)
		t.skip(kinds&15, deep+1)
	}
}

func (t *thrift) pass(n int) {
	if n > len(t.b)-t.at {
		t.fail(errShort)
		return
	}
	t.at += n
}
