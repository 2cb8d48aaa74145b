// Package parquet reads columns of Parquet files that strangers wrote, in bounded memory: a footer of 16 MiB, a page of 32 MiB and
// its dictionary at a time. docs/adr tells why no library does. It follows parquet.thrift and Encodings.md of apache/parquet-format.
package parquet

import (
	"encoding/binary"
	"errors"
	"io"
)

// Error is why a file or a column is not read. It never quotes one.
type Error string

func (e Error) Error() string { return string(e) }

// The errors of this package. All others are those of the reader, or of who takes the values.
const (
	ErrEncrypted   Error = "encrypted"
	ErrUnsupported Error = "written in a way that is not read"
	ErrLarge       Error = "of pages larger than 32 MiB, or with a footer larger than 16 MiB"

	errDamaged Error = "damaged"
	errShort   Error = "ends too early"
)

const (
	footer   = 16 << 20 // bytes of it
	elements = 20000    // of the schema
	chunks   = 1 << 20  // columns times row groups
	magic    = 4
)

// File is what the footer tells.
type File struct {
	Columns []*Column // those that hold values, in their order
	Groups  []Group

	r    io.ReaderAt
	size int64
}

// Group is a part of the rows.
type Group struct {
	Rows   int64
	Chunks []Chunk // one a column
}

// Chunk is a column's part of a group.
type Chunk struct {
	Unpacked int64 // bytes, as the file claims

	encrypted   bool
	elsewhere   bool // in another file
	packing     int64
	values      int64
	packed      int64
	pages, dict int64 // where they begin; dict is 0 where there is none
}

// End is where the chunk ends in the file.
func (c Chunk) End() int64 { return c.begin() + c.packed }

// begin is where its first page is.
func (c Chunk) begin() int64 {
	if c.dict > 0 && c.dict < c.pages {
		return c.dict
	}
	return c.pages
}

// Open reads the footer.
func Open(r io.ReaderAt, size int64) (*File, error) {
	var tail [8]byte
	if size < int64(len(tail))+magic {
		return nil, errShort
	}
	if err := readAt(r, tail[:], size-int64(len(tail))); err != nil {
		return nil, err
	}
	switch string(tail[4:]) {
	case "PAR1":
	case "PARE":
		return nil, ErrEncrypted
	default:
		return nil, errDamaged
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if n > size-int64(len(tail))-magic {
		return nil, errDamaged
	}
	if n > footer {
		return nil, ErrLarge
	}
	b := make([]byte, n)
	if err := readAt(r, b, size-int64(len(tail))-n); err != nil {
		return nil, err
	}
	f := &File{r: r, size: size}
	return f, f.footer(b)
}

// readAt fills b, or says why not.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return errShort
	}
	return err
}

func (f *File) footer(b []byte) error {
	t := &thrift{b: b}
	var schema []element
	total := 0
	t.fields(func(id int64, kind byte) bool {
		switch {
		case id == 2 && kind == isList:
			t.list(isStruct, func() {
				if len(schema) == elements {
					t.fail(ErrLarge)
					return
				}
				schema = append(schema, readElement(t))
			})
		case id == 4 && kind == isList:
			t.list(isStruct, func() {
				g := readGroup(t)
				if total += len(g.Chunks) + 1; total > chunks {
					t.fail(ErrLarge)
					return
				}
				f.Groups = append(f.Groups, g)
			})
		default:
			return false
		}
		return true
	})
	if t.err != nil {
		return t.err
	}
	var err error
	if f.Columns, err = leaves(schema); err != nil {
		return err
	}
	for _, g := range f.Groups {
		if len(g.Chunks) != len(f.Columns) {
			return errDamaged
		}
	}
	return nil
}

func readGroup(t *thrift) Group {
	var g Group
	t.fields(func(id int64, kind byte) bool {
		switch {
		case id == 1 && kind == isList:
			t.list(isStruct, func() {
				if len(g.Chunks) == elements {
					t.fail(ErrLarge)
					return
				}
				g.Chunks = append(g.Chunks, readChunk(t))
			})
		case id == 3 && kind == isI64:
			g.Rows = max(0, t.int())
		default:
			return false
		}
		return true
	})
	return g
}

func readChunk(t *thrift) Chunk {
	var c Chunk
	t.fields(func(id int64, kind byte) bool {
		switch {
		case id == 1 && kind == isBinary:
			c.elsewhere = len(t.bytes()) > 0
		case id == 3 && kind == isStruct:
			c.meta(t)
		case id == 8 && kind == isStruct, id == 9 && kind == isBinary:
			c.encrypted = true
			return false
		default:
			return false
		}
		return true
	})
	return c
}

func (c *Chunk) meta(t *thrift) {
	t.fields(func(id int64, kind byte) bool {
		to := map[int64]*int64{4: &c.packing, 5: &c.values, 6: &c.Unpacked, 7: &c.packed, 9: &c.pages, 11: &c.dict}[id]
		if to == nil || kind != isI32 && kind != isI64 {
			return false
		}
		*to = t.int()
		return true
	})
}
