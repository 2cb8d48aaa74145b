package kubernetes

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// source is what the files of a unit declare, and what of them could not be read.
type source struct {
	root    string
	objects []*object
	losses  []resource.Loss
	unread  map[string]int // objects that hold data and that nobody here reads, by kind
	ids     map[probity.Ref]bool
	byKind  map[string][]*object
	claimed map[string]*object // claims, by namespace and name

	byNamespace map[[2]string][]*object

	apart bool // what is read now has its file as its root
}

func newSource(root string) *source {
	return &source{root: root, unread: map[string]int{}, ids: map[probity.Ref]bool{}}
}

func (s *source) lose(file string, line int, g probity.Gap) {
	o := &probity.Origin{File: file}
	if line > 0 {
		o.Line, o.Column = line, 1
	}
	s.losses = append(s.losses, resource.Loss{Gap: g, Origin: o, Any: true})
}

// frame is what the objects of a document have in common.
type frame struct {
	file    string
	line    int // lines before the document
	place   placer
	remarks []remark
	given   func(string) bool
}

// stream reads all documents of a file.
func (s *source) stream(file string, b []byte) {
	json := strings.HasSuffix(strings.ToLower(file), ".json")
	all := chunks(b)
	if json {
		all = []chunk{{text: b}}
	}
	for _, c := range all {
		top, err := c.parse(json)
		if err != nil {
			s.lose(file, c.line+1, probity.Gap{Reason: probity.Unreadable, Because: err.Error() + why(c.text)})
			continue
		}
		if top != nil {
			s.document(top, frame{file: file, line: c.line, place: written{file, c.line}, remarks: remarks(file, c.line, c.text)}, 0)
		}
	}
}

func why(text []byte) string {
	if strings.Contains(string(text), "{{") {
		return ": " + errTemplate.Error()
	}
	return ""
}

// document reads an object, or each of a list.
func (s *source) document(top *yaml.Node, x frame, depth int) {
	h, ok := headerOf(top)
	if !ok {
		if kind := field(top, "kind"); field(top, "apiVersion") != nil && kind != nil && kind.Kind == yaml.MappingNode {
			s.lose(x.file, x.line+top.Line, probity.Gap{Reason: probity.Unreadable, Because: errTemplate.Error()})
		}
		return
	}
	if list := field(top, "items"); list != nil && list.Kind == yaml.SequenceNode && strings.HasSuffix(h.kind, "List") && depth < 3 {
		for i, e := range list.Content {
			one := x
			one.remarks = nil
			for _, r := range x.remarks {
				if r.line >= x.line+e.Line && (i+1 == len(list.Content) || r.line < x.line+list.Content[i+1].Line) || r.line < x.line+list.Content[0].Line {
					one.remarks = append(one.remarks, r)
				}
			}
			s.document(e, one, depth+1)
		}
		return
	}
	if of := h.group + "/" + h.kind; isStore(of) {
		s.unread[of]++
		return
	}
	if !isRead(h) {
		return
	}
	o, err := newObject(h, top, x.place, s.root)
	if err != nil {
		s.lose(x.file, x.line+top.Line, probity.Gap{Reason: probity.Unreadable, Because: err.Error()})
		return
	}
	o.given = x.given
	for _, r := range x.remarks {
		o.ignores = append(o.ignores, r.Ignore)
	}
	s.add(o, x.file)
}

// add keeps an object. One that was declared before under the same name has its file as its root.
func (s *source) add(o *object, file string) {
	if s.apart || s.ids[o.ref()] {
		o.root = file
	}
	for n := 2; s.ids[o.ref()]; n++ {
		name, _, _ := strings.Cut(o.name, "#")
		o.name = fmt.Sprintf("%s#%d", name, n)
	}
	s.ids[o.ref()] = true
	s.objects = append(s.objects, o)
}

// of are the objects of some kinds, in the order of the kinds. All must have been read.
func (s *source) of(kinds ...string) []*object {
	if len(kinds) == 1 {
		return s.kinds()[kinds[0]]
	}
	var out []*object
	for _, k := range kinds {
		out = append(out, s.kinds()[k]...)
	}
	return out
}

func (s *source) kinds() map[string][]*object {
	if s.byKind == nil {
		s.byKind = map[string][]*object{}
		for _, o := range s.objects {
			s.byKind[o.group+"/"+o.kind] = append(s.byKind[o.group+"/"+o.kind], o)
		}
	}
	return s.byKind
}

// beside are the objects of a kind in a namespace.
func (s *source) beside(namespace, kind string) []*object {
	if s.byNamespace == nil {
		s.byNamespace = map[[2]string][]*object{}
		for _, o := range s.objects {
			key := [2]string{o.namespace, o.group + "/" + o.kind}
			s.byNamespace[key] = append(s.byNamespace[key], o)
		}
	}
	return s.byNamespace[[2]string{namespace, kind}]
}

// absent is a fact that holds because nothing else was declared: false, unless something could not be read.
func absent[T any](s *source, v T, at *probity.Origin) probity.Fact[T] {
	if g := s.doubt(); g != nil {
		return probity.Missing[T](*g, at)
	}
	return probity.Known(v, at)
}

// rest closes a list, unless something could not be read.
func rest[T any](s *source, at *probity.Origin, items ...T) probity.List[T] {
	if g := s.doubt(); g != nil {
		return probity.Open(*g, at, items...)
	}
	return probity.Whole(at, items...)
}

// wrong is a setting of what is wrong: one thing is enough for a verdict, and only that there is none needs all to be read.
func wrong(s *source, at *probity.Origin, names ...string) probity.List[string] {
	if len(names) > 0 {
		return probity.Whole(at, names...)
	}
	return rest(s, at, names...)
}

func (s *source) doubt() *probity.Gap {
	if len(s.losses) == 0 {
		return nil
	}
	g := s.losses[0].Doubt()
	return &g
}
