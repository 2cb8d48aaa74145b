package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	hcljson "github.com/hashicorp/hcl/v2/json"
	"golang.org/x/sync/errgroup"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/repository"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// module is the code of one directory, parsed once however often it is called.
type module struct {
	dir       string
	variables map[string]*variable
	locals    map[string]*hcl.Attribute
	resources []*resourceBlock
	byName    map[string]*resourceBlock // "type.name", and "data.type.name"
	calls     map[string]*call
	outputs   map[string]hcl.Expression
	concealed map[string]bool // outputs that are sensitive
	providers []*provider
	backend   *block            // where the state is kept; of a root only
	required  map[string]string // sources of providers, by the names that the module gives them
	moves     map[string][]move // by the last name of the new address
	other     bool              // it is from outside of the repository
	values    []values          // files of values in the order in which they apply
}

type variable struct {
	block *body
	at    hcl.Range
}

type resourceBlock struct {
	typ, name string
	data      bool
	body      *body
	at        hcl.Range
	asked     []comment // to let a rule be
}

type call struct {
	name   string
	body   *body
	at     hcl.Range
	source string
	target *module
	gap    *probity.Gap // why target is not there
	deep   bool         // it is, but too far down to be followed
	asked  []comment    // to let a rule be
}

type provider struct {
	name string // "aws", or "aws.eu" with an alias
	body *body
}

// loader reads modules of one root.
type loader struct {
	fsys     fs.FS
	modules  map[string]*module
	installs map[string]string // module key → directory, from .terraform/modules
	mappings []Source
	followed map[string]bool
	sources  map[string][]byte
	seen     mentions
	losses   []resource.Loss
	bytes    int
	spend    func(int)
	places   bool // only where things stand is asked for: expressions are not kept
}

func (l *loader) schema() *hcl.BodySchema {
	if l.places {
		return &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "resource", LabelNames: []string{"type", "name"}}, {Type: "module", LabelNames: []string{"name"}}}}
	}
	return fileSchema()
}

func fileSchema() *hcl.BodySchema {
	return &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "variable", LabelNames: []string{"name"}}, {Type: "locals"}, {Type: "output", LabelNames: []string{"name"}},
		{Type: "resource", LabelNames: []string{"type", "name"}}, {Type: "data", LabelNames: []string{"type", "name"}},
		{Type: "module", LabelNames: []string{"name"}}, {Type: "provider", LabelNames: []string{"name"}},
		{Type: "moved"}, {Type: "terraform"},
	}}
}

// module reads a directory, once.
func (l *loader) module(dir string) (*module, error) {
	if m, ok := l.modules[dir]; ok {
		return m, nil
	}
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return nil, errors.New("the directory cannot be read")
	}
	m := &module{dir: dir, other: l.pack(dir) != "", variables: map[string]*variable{}, locals: map[string]*hcl.Attribute{}, byName: map[string]*resourceBlock{},
		calls: map[string]*call{}, outputs: map[string]hcl.Expression{}, concealed: map[string]bool{}, required: map[string]string{}}
	l.modules[dir] = m
	main, override := configFiles(entries)
	for i, f := range l.files(dir, slices.Concat(main, override)) {
		if f := l.parsed(f); f != nil {
			l.add(m, f, i >= len(main))
		}
	}
	return m, nil
}

// configFiles sorts a directory's files as Terraform and OpenTofu do: overrides last, x.tofu instead of x.tf.
func configFiles(entries []fs.DirEntry) (main, override []string) {
	names := map[string]bool{}
	for _, e := range entries {
		names[e.Name()] = !e.IsDir()
	}
	for _, e := range entries {
		name := e.Name()
		stem, ok := trimExt(name)
		if e.IsDir() || !ok || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
			continue
		}
		if strings.HasSuffix(name, ".tf") && names[stem+".tofu"] || strings.HasSuffix(name, ".tf.json") && names[stem+".tofu.json"] {
			continue
		}
		if stem == "override" || strings.HasSuffix(stem, "_override") {
			override = append(override, name)
		} else {
			main = append(main, name)
		}
	}
	return main, override
}

func trimExt(name string) (string, bool) {
	for _, ext := range []string{".tf", ".tf.json", ".tofu", ".tofu.json"} {
		if stem, ok := strings.CutSuffix(name, ext); ok && stem != "" {
			return stem, true
		}
	}
	return "", false
}

// IsConfig reports whether a file of that name holds Terraform configuration.
func IsConfig(name string) bool {
	_, ok := trimExt(name)
	return ok
}

// file is one that was read, and what its syntax is.
type file struct {
	name  string
	src   []byte
	err   error // it could not be read
	body  *hcl.File
	diags hcl.Diagnostics
}

// files reads files of a folder, and parses them side by side.
func (l *loader) files(dir string, names []string) []*file {
	out := make([]*file, len(names))
	var side errgroup.Group
	side.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		out[i] = &file{name: path.Join(dir, name)}
		if out[i].src, out[i].err = l.read(out[i].name); out[i].err == nil {
			side.Go(out[i].parse)
		}
	}
	_ = side.Wait() // none gives an error
	return out
}

var errParser = errors.New("the parser crashed on it: please report it")

// parse knows nothing but the file. A crash of the parser is the file's loss: nobody else could recover from it here.
func (f *file) parse() error {
	defer func() {
		if recover() != nil {
			f.err = errParser
		}
	}()
	if strings.HasSuffix(f.name, ".json") {
		f.body, f.diags = hcljson.Parse(f.src, f.name)
	} else {
		f.body, f.diags = hclsyntax.ParseConfig(f.src, f.name, hcl.InitialPos)
	}
	return nil
}

// one reads and parses a file; nil for one that is lost, which it says.
func (l *loader) one(name string) *hcl.File {
	src, err := l.read(name)
	return l.given(name, src, err)
}

// given is one of which somebody else read the text.
func (l *loader) given(name string, src []byte, err error) *hcl.File {
	f := &file{name: name, src: src, err: err}
	if err == nil {
		_ = f.parse()
	}
	return l.parsed(f)
}

// parsed takes a file's losses; nil for one that is lost.
func (l *loader) parsed(f *file) *hcl.File {
	if f.err != nil {
		l.lose(f.name, 0, 0, f.err.Error())
		return nil
	}
	l.sources[f.name] = f.src
	if f.diags.HasErrors() {
		l.diagnose(f.diags[:slices.IndexFunc(f.diags, isError)+1]) // those after the first follow from it
		return nil
	}
	if b, ok := f.body.Body.(*hclsyntax.Body); ok && !l.places {
		l.seen.add(b, l.spend)
	}
	return f.body
}

// diagnose makes losses of errors. Those without a place are in the file as a whole.
func (l *loader) diagnose(diags hcl.Diagnostics) {
	for _, d := range diags {
		if !isError(d) {
			continue
		}
		name, line, column := "", 0, 0
		if d.Subject != nil {
			name, line, column = d.Subject.Filename, d.Subject.Start.Line, column16(l.sources[d.Subject.Filename], d.Subject.Start)
		}
		l.lose(name, line, column, invalid(d))
	}
}

func isError(d *hcl.Diagnostic) bool { return d.Severity == hcl.DiagError }

func (l *loader) lose(name string, line, column int, because string) {
	l.losses = append(l.losses, resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: because}, Any: true,
		Origin: &probity.Origin{File: name, Line: line, Column: column}})
}

const maxRoot = 256 << 20

var errAbsent = fmt.Errorf("the file cannot be opened: %w", fs.ErrNotExist)

func (l *loader) read(name string) ([]byte, error) { return l.readFrom(l.fsys, name) }

func (l *loader) readFrom(fsys fs.FS, name string) ([]byte, error) {
	src, err := repository.Read(fsys, name, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errAbsent
	}
	if err != nil {
		return nil, err
	}
	if l.bytes += len(src); l.bytes > maxRoot {
		return nil, errors.New("the root's files are larger than 256 MiB together")
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(src) {
		return nil, errors.New("not UTF-8")
	}
	return src, checkNesting(src)
}
