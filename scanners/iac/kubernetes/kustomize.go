package kubernetes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
)

// kustomization builds a kustomization from files of the repository. What it would fetch or run is taken out, and told.
func (s *Scanner) kustomization(ctx context.Context, fsys fs.FS, dir string) (*source, error) {
	g := &gathering{source: newSource(dir), fsys: fsys, read: map[string]*kustomization.File{}, under: map[string]bool{}, done: map[string]bool{}}
	name := g.name(dir)
	if err := g.dir(dir); err != nil {
		g.source.lose(name, 0, probity.Gap{Reason: probity.Unreadable, Because: strings.TrimPrefix(err.Error(), name+": ")})
		return g.source, nil
	}
	out, err := s.opts.Render(ctx, render.Job{Dir: dir, Files: g.files.files})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		g.source.lose(name, 0, probity.Gap{Reason: probity.Unreadable, Because: err.Error(), Needs: "a kustomization that builds: kustomize build says more"})
	}
	o := &originals{files: g.files.files, kustomizations: g.read, read: map[string][]original{}}
	for _, d := range out.Documents {
		c := chunk{text: []byte(d.Text)}
		top, err := c.parse(false)
		if err != nil || top == nil {
			g.source.lose(d.File, 0, probity.Gap{Reason: probity.Unreadable, Because: "what it builds is no YAML"})
			continue
		}
		g.source.document(top, o.frame(d.File, top), 0)
	}
	return g.source, nil
}

// gathering collects what a kustomization reads.
type gathering struct {
	source *source
	fsys   fs.FS
	files  store
	read   map[string]*kustomization.File // as they are written
	under  map[string]bool                // kustomizations under way: one that leads back to itself is a circle
	done   map[string]bool
}

// name is the file that makes a folder a kustomization.
func (g *gathering) name(dir string) string {
	for _, n := range kustomization.Names() {
		if st, err := fs.Stat(g.fsys, path.Join(dir, n)); err == nil && !st.IsDir() {
			return path.Join(dir, n)
		}
	}
	return path.Join(dir, kustomization.Names()[0])
}

func (g *gathering) dir(dir string) error {
	if g.done[dir] {
		return nil
	}
	name := g.name(dir)
	b, err := file(g.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s has no kustomization.yaml", dir)
	}
	if err != nil {
		return fmt.Errorf("%s: %s", name, lost(err).Because)
	}
	k, err := kustomization.Read(b)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	g.under[dir], g.read[name] = true, k
	out := map[string]bool{}
	for _, part := range k.Parts {
		if gap := g.part(dir, part.Name); gap != nil {
			out[part.Name] = true
			g.source.lose(name, part.Line, *gap)
		}
	}
	for _, c := range k.Charts {
		g.source.lose(name, c.Line, probity.Gap{Reason: probity.Unresolved, Because: "a Helm chart is inflated by running Helm", Needs: "helm template, and its output among the resources"})
	}
	for _, p := range k.Paths {
		if kustomization.IsRemote(p) {
			continue
		}
		if at := path.Join(dir, p); fs.ValidPath(at) && !out[p] {
			if data, err := file(g.fsys, at); err == nil && g.files.files[at] == nil {
				if err := g.files.put(at, data); err != nil {
					return err
				}
			}
		}
	}
	delete(g.under, dir)
	g.done[dir] = true
	text, err := k.Without(out)
	if err != nil {
		return fmt.Errorf("%s: it cannot be written again", name)
	}
	return g.files.put(name, text)
}

// part takes a file or a kustomization that another is made of; the gap is why it cannot.
func (g *gathering) part(dir, name string) *probity.Gap {
	if kustomization.IsRemote(name) {
		return &probity.Gap{Reason: probity.Unresolved, Because: "nothing is fetched: " + printable(name), Needs: "a copy in the repository"}
	}
	at := path.Join(dir, name)
	if !fs.ValidPath(at) || strings.HasPrefix(name, "/") {
		return &probity.Gap{Reason: probity.Unresolved, Because: "it lies outside of the repository"}
	}
	st, err := fs.Stat(g.fsys, at)
	switch {
	case err != nil:
		return &probity.Gap{Reason: probity.Unresolved, Because: "there is no " + printable(name)}
	case !st.IsDir():
		data, err := file(g.fsys, at)
		if err == nil {
			err = g.files.put(at, g.mended(at, data))
		}
		if err != nil {
			gap := lost(err)
			return &gap
		}
	case g.under[at]:
		return &probity.Gap{Reason: probity.Unreadable, Because: "it leads back to itself by " + printable(name)}
	case len(g.under) > maxDepth:
		return &probity.Gap{Reason: probity.Unreadable, Because: "kustomizations are nested too deep"}
	default:
		if err := g.dir(at); err != nil {
			return &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
		}
	}
	return nil
}

// mended is a file without the documents that kustomize would refuse, and with it all others: each is told, and leaves its
// lines behind.
func (g *gathering) mended(name string, b []byte) []byte {
	b = bytes.Clone(b)
	for _, c := range chunks(b) {
		because := refused(c)
		if because == "" {
			continue
		}
		g.source.lose(name, c.line+1, probity.Gap{Reason: probity.Unreadable, Because: because})
		for i := range c.text { // a part of the file's own bytes
			if c.text[i] != '\n' {
				c.text[i] = ' '
			}
		}
	}
	return b
}

// refused says why kustomize takes a document for none; empty where it takes it.
func refused(c chunk) string {
	top, err := c.parse(false)
	switch {
	case err != nil:
		return err.Error() + why(c.text)
	case top == nil || top.Kind != yaml.MappingNode || nameOf(top) != "":
		return ""
	}
	h, is := headerOf(top)
	if generated := field(top, "metadata"); is && !strings.HasSuffix(h.kind, "List") && (generated == nil || field(generated, "generateName") == nil) {
		return "it has no name"
	}
	return ""
}

// printable is a name from a file as it can be told. A URL may bear a password before its host, and a token behind its path.
func printable(s string) string {
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		if _, host, ok := strings.Cut(rest, "@"); ok {
			rest = host
		}
		s = scheme + "://" + rest
	}
	s, query, _ := strings.Cut(s, "?")
	for part := range strings.SplitSeq(query, "&") {
		if strings.HasPrefix(part, "ref=") { // what else it says may be a token
			s += "?" + part
		}
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
	if len(s) > 200 {
		s = s[:200] + "…"
	}
	return s
}

// original is a document as it stands in a file that a kustomization reads.
type original struct {
	header
	name string
	chunk
	top *yaml.Node
}

// originals finds what built documents were made of.
type originals struct {
	files          map[string][]byte
	kustomizations map[string]*kustomization.File
	read           map[string][]original
}

func (o *originals) frame(file string, top *yaml.Node) frame {
	h, _ := headerOf(top)
	name := nameOf(top)
	if k := o.kustomizations[file]; k != nil {
		return frame{file: file, place: built{file: file, top: k.Generator(name)}}
	}
	var best *original
	score := -1
	for _, c := range o.of(file) {
		if c.header != h {
			continue
		}
		n := 0 // a prefix and a suffix may have been added to the name
		if strings.Contains(name, c.name) {
			n = 1 + len(c.name)
		}
		if n > score {
			best, score = &c, n
		}
	}
	if best == nil {
		return frame{file: file, place: built{file: file}}
	}
	return frame{file: file, place: built{file: file, before: best.line, top: best.top}, remarks: whole(remarks(file, best.line, best.text))}
}

func nameOf(top *yaml.Node) string {
	if meta := field(top, "metadata"); meta != nil {
		if name := field(meta, "name"); name != nil {
			return name.Value
		}
	}
	return ""
}

func (o *originals) of(file string) []original {
	if all, ok := o.read[file]; ok {
		return all
	}
	var all []original
	for _, c := range chunks(o.files[file]) {
		if top, err := c.parse(false); err == nil && top != nil {
			if h, ok := headerOf(top); ok {
				all = append(all, original{header: h, name: nameOf(top), chunk: c, top: top})
			}
		}
	}
	o.read[file] = all
	return slices.Clip(all)
}

// whole are remarks of which each holds for all of a document.
func whole(all []remark) []remark {
	for i := range all {
		all[i].line = 0
	}
	return all
}
