package config

import (
	"github.com/hashicorp/hcl/v2"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// standing is where a module's code stands for its readers: which block calls it, or for one from outside of the repository
// the block that calls the outermost such module, whose line somebody can change.
type standing struct {
	sources map[string][]byte
	caller  *probity.Origin // of a module from outside: its caller there, nil for the outermost
	host    *probity.Origin // set in a module from outside
}

// called is the standing of a module that a block at a range of this one calls.
func (s standing) called(at hcl.Range, other bool) standing {
	o := s.origin(at)
	switch {
	case other && s.host != nil:
		return standing{s.sources, o.Inside, s.host}
	case other:
		return standing{s.sources, nil, o}
	}
	return standing{s.sources, o, nil}
}

// origin is where a range of the module's code starts, as its readers look for it.
func (s standing) origin(at hcl.Range) *probity.Origin {
	o := origin(s.sources, at)
	o.Caller = s.caller
	if s.host == nil {
		return o
	}
	place := *s.host
	place.Inside = o
	return &place
}

// place tells a loss of the module's files at the block that calls it from outside.
func (s standing) place(l *resource.Loss) {
	if s.host == nil {
		return
	}
	in, at := *l.Origin, *s.host
	in.Caller = s.caller
	at.Inside = &in
	l.Origin = &at
}
