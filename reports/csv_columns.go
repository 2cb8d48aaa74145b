package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Columns are those of a table whose rows are of one type: its fields by their JSON names, inner ones behind a dot, and of maps over
// words one a word.
type Columns struct {
	names []string
	cells []func(row reflect.Value) string
}

// ColumnsOf are the columns of rows of a type.
func ColumnsOf(row reflect.Type) Columns {
	var c Columns
	c.add("", row, func(v reflect.Value) reflect.Value { return v })
	return c
}

func (c *Columns) add(name string, t reflect.Type, at func(reflect.Value) reflect.Value) {
	words, counts := overWords(t)
	switch {
	case counts:
		for _, w := range words {
			c.cell(dotted(name, w), func(row reflect.Value) string { return cellText(at(row).MapIndex(reflect.ValueOf(w).Convert(t.Key()))) })
		}
	case t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]():
		for i := range t.NumField() {
			f := t.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() || key == "-" {
				continue
			}
			if key == "" && !f.Anonymous {
				key = f.Name
			}
			c.add(dotted(name, key), f.Type, func(row reflect.Value) reflect.Value { return at(row).Field(i) })
		}
	default:
		c.cell(name, func(row reflect.Value) string { return cellText(at(row)) })
	}
}

func (c *Columns) cell(name string, text func(reflect.Value) string) {
	c.names, c.cells = append(c.names, name), append(c.cells, text)
}

func dotted(a, b string) string { return strings.Trim(a+"."+b, ".") }

// overWords are the words that a map goes over, if it does over some.
func overWords(t reflect.Type) ([]string, bool) {
	if t.Kind() != reflect.Map || t.Key().Kind() != reflect.String {
		return nil, false
	}
	v, ok := reflect.Zero(t.Key()).Interface().(interface{ Values() []string })
	if !ok {
		return nil, false
	}
	return v.Values(), true
}

// cellText is a value in a cell: lists are joined, and what has parts is JSON.
func cellText(v reflect.Value) string {
	if !v.IsValid() {
		return ""
	}
	if t, ok := v.Interface().(time.Time); ok {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		return cellText(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = cellText(v.Index(i))
		}
		return strings.Join(parts, "; ")
	case reflect.Struct, reflect.Map:
		b, err := json.Marshal(v.Interface())
		if err != nil {
			return ""
		}
		return string(b)
	default:
		return fmt.Sprint(v.Interface())
	}
}

// Sheet is a table that is being written.
type Sheet struct {
	*spreadsheet
	c Columns
}

// Sheet begins a table, whose first row is the names of columns.
func (c Columns) Sheet(w io.Writer) *Sheet {
	return &Sheet{newSpreadsheet(w, append([]string{}, c.names...)...), c}
}

// Row writes one row, of the type that the columns are of.
func (s *Sheet) Row(of any) error {
	v, cells := reflect.ValueOf(of), make([]string, len(s.c.cells))
	for i, text := range s.c.cells {
		cells[i] = text(v)
	}
	s.row(cells...)
	return s.err
}

// Close writes what is left.
func (s *Sheet) Close() error { return s.close() }
