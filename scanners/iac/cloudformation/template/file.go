package template

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/repository"
)

// file is one template, parsed once however often it is used.
type file struct {
	name   string
	src    []byte
	top    *yaml.Node
	wide   []place // characters of two UTF-16 units
	lines  []string
	asking map[int]comment // by line
	err    error
	line   int // of err
}

type place struct{ line, column int }

// open reads a template. With an error the file is there still, to say where it broke off.
func (r *root) open(name string) (*file, error) {
	name = path.Clean(name)
	if f, ok := r.files[name]; ok {
		return f, f.err
	}
	f := &file{name: name}
	r.files[name] = f
	if f.src, f.err = r.read(name); f.err == nil {
		f.top, f.line, f.err = parse(f.src)
	}
	if f.err == nil {
		f.wide = wide(f.src)
	}
	return f, f.err
}

func (r *root) read(name string) ([]byte, error) {
	src, err := readFile(r.fsys, name)
	if err != nil {
		return nil, err
	}
	if r.bytes += len(src); r.bytes > maxRoot {
		return nil, errors.New("the templates are larger than 64 MiB together")
	}
	return src, nil
}

func readFile(fsys fs.FS, name string) ([]byte, error) {
	src, err := repository.Read(fsys, name, maxFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errAbsent
	case err != nil:
		return nil, err
	case len(src) > maxFile:
		return nil, errors.New("the template is larger than 16 MiB")
	}
	if src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")); !utf8.Valid(src) {
		return nil, errors.New("not UTF-8")
	}
	return src, nil
}

var errAbsent = errors.New("the file is not there")

// parse gives the top node, or the line at which the text is no template.
func parse(src []byte) (*yaml.Node, int, error) {
	var jsonErr error
	if text := bytes.TrimLeft(src, " \t\r\n"); len(text) > 0 && text[0] == '{' {
		top, err := parseJSON(src)
		if err == nil {
			return top, 0, nil
		}
		jsonErr = err
	}
	var doc yaml.Node
	if err := unmarshal(src, &doc); err != nil {
		line := 0
		if m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		if jsonErr != nil {
			return nil, line, errors.New("the file is not JSON")
		}
		return nil, line, errors.New("the file is not YAML")
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, 1, errors.New("the file is not a template")
	}
	return doc.Content[0], 0, nil
}

// unmarshal keeps a parser that panics from ending more than this file.
func unmarshal(src []byte, doc *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("the parser gave up")
		}
	}()
	return yaml.Unmarshal(src, doc)
}

// lost is where a file broke off.
func (f *file) lost(name string) *probity.Origin {
	o := &probity.Origin{File: name}
	if f != nil && f.line > 0 {
		o.Line, o.Column = f.line, 1
	}
	return o
}

// origin is where a node starts. The parser counts characters, reports need UTF-16 units.
func (f *file) origin(n *yaml.Node) *probity.Origin {
	o := &probity.Origin{File: f.name, Line: n.Line, Column: n.Column}
	for _, w := range f.wideOn(n.Line) {
		if w.column < n.Column {
			o.Column++
		}
	}
	return o
}

func (f *file) wideOn(line int) []place {
	lo, hi := 0, len(f.wide)
	for lo < hi {
		if mid := (lo + hi) / 2; f.wide[mid].line < line {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	const most = 10_000 // of one line: beyond, columns are a little off
	end := lo
	for end < len(f.wide) && f.wide[end].line == line && end-lo < most {
		end++
	}
	return f.wide[lo:end]
}

func wide(src []byte) []place {
	var out []place
	line, column := 1, 1
	for _, c := range string(src) {
		switch {
		case c == '\n':
			line, column = line+1, 0
		case c > 0xffff:
			out = append(out, place{line, column})
		}
		column++
	}
	return out
}
