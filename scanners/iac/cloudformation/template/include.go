package template

import (
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
)

// include reads what AWS::Include names, where that is a file beside the template as before "aws cloudformation package".
func (s scope) include(n *yaml.Node) ([]entry, *probity.Gap) {
	if textOf(member(n, "Name")) != "AWS::Include" {
		return nil, &probity.Gap{Reason: probity.Unresolved, Because: "the macro " + shown(macro(n)) + " makes it"}
	}
	v := s.eval(member(member(n, "Parameters"), "Location"))
	location, ok := plain(v)
	if !ok {
		g := why(v)
		return nil, &g
	}
	name, ok := s.local(location)
	if !ok {
		return nil, &probity.Gap{Reason: probity.Unresolved, Needs: shown(location), Because: "what AWS::Include names is not fetched"}
	}
	if s.root.depth >= maxDepth {
		return nil, &probity.Gap{Reason: probity.Unresolved, Because: "files include each other without end"}
	}
	s.root.depth++
	defer func() { s.root.depth-- }()
	f, err := s.root.open(name)
	if err != nil {
		return nil, &probity.Gap{Reason: probity.Unreadable, Because: shown(location) + ": " + err.Error()}
	}
	s.src = f
	return s.members(f.top)
}

func (s scope) local(location string) (string, bool) { return local(s.from().name, location) }

// local is the file that a location in a template names, if it is none to be fetched.
func local(template, location string) (string, bool) {
	if location == "" || strings.Contains(location, "://") || strings.Contains(location, dynamic) || path.IsAbs(location) {
		return "", false
	}
	name := path.Join(path.Dir(template), strings.TrimPrefix(location, "file:"))
	return name, fs.ValidPath(name)
}

// from is the file in which the scope stands.
func (s scope) from() *file {
	if s.src != nil {
		return s.src
	}
	return s.file
}

func (s scope) origin(n *yaml.Node) *probity.Origin { return s.from().origin(n) }
