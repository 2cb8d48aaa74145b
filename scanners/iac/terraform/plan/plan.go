// Package plan reads a plan as `terraform show -json` writes it, as a stream: a plan of thousands of resources is mostly
// what nobody asked for.
package plan

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Options say how to read a plan.
type Options struct {
	File  string   // repository-relative, for origins
	Types []string // resource types that are wanted
	Named []string // resource types of which the address is enough
	// Before asks for what is there before the plan is applied, under the addresses that it has afterwards.
	Before bool
	// Source opens the code that the plan was made from, given what its root module declares. Nil, and nil for an answer: it
	// is not at hand.
	Source func(Declared) *config.Places
}

// Declared is what a plan's configuration has in its root module.
type Declared struct {
	Resources [][2]string // types and names, of the types that are wanted
	Calls     []string    // of modules
}

// reader holds what is known of a plan so far.
type reader struct {
	Options
	stopped   func() error // the context's error
	dec       *jsontext.Decoder
	lines     *source
	opened    int64 // where the object began that is being walked
	types     map[string]bool
	named     map[string]bool // of types, those of which the address is enough
	changes   []*change
	byAddr    map[string]*change
	variables map[string]any
	providers map[string]providerConfig
	root      *moduleConfig
	code      *config.Module // of the root module; nil: not at hand
	prior     map[string][]string
	planned   planned
	blank     []string // changes that do not say what will be
	readable  bool     // something told of resources, even if that there are none
	losses    []resource.Loss
}

var (
	errNotPlan = errors.New("the file is not a plan written by terraform show -json")
	errNothing = errors.New("the plan says nothing of resources")
)

// Read gives the resources that will exist after the plan, or that exist by a state. What was read before an error is given
// beside its loss.
func Read(ctx context.Context, src io.ReadSeeker, o Options) ([]*resource.Resource, []resource.Loss) {
	r := &reader{Options: o, stopped: ctx.Err, types: map[string]bool{}, named: map[string]bool{}, byAddr: map[string]*change{}, variables: map[string]any{}, root: &moduleConfig{}}
	for _, t := range o.Named {
		r.types[t], r.named[t] = true, true
	}
	for _, t := range o.Types {
		r.types[t], r.named[t] = true, false
	}
	r.from(src)
	err := r.read()
	r.note(err)
	if !r.Before || r.planned.state { // planned values are those afterwards
		if more := r.rest(src); err == nil {
			r.note(more)
		}
	}
	for _, addr := range r.blank {
		if r.byAddr[addr] == nil {
			r.lose("a change does not say what will be", probity.Unreadable)
			break
		}
	}
	if r.Source != nil {
		if p := r.Source(r.declared()); p != nil {
			r.code = p.Root()
		}
	}
	return r.resources(), r.losses
}

func (r *reader) note(err error) {
	if err != nil {
		r.losses = append(r.losses, resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: reason(err)},
			Origin: &probity.Origin{File: r.File, Line: r.lines.at(r.dec.InputOffset())}, Any: true})
	}
}

// reason says an error without the decoder's text, which may quote the plan.
func reason(err error) string {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, errNotPlan):
		return errNotPlan.Error()
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the plan ends too early"
	case errors.Is(err, errDeep):
		return errDeep.Error()
	case errors.Is(err, errLarge):
		return errLarge.Error()
	case errors.Is(err, errNothing):
		return errNothing.Error()
	case errors.As(err, &syntax):
		return "the plan is not valid JSON"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "reading was interrupted"
	}
	return "the plan cannot be read"
}

func (r *reader) read() error {
	seen := false
	err := r.object(func(key string) error {
		switch key {
		case "format_version":
			return r.version()
		case "resource_changes":
			seen = true
			return r.array(func() error {
				r.readable = true
				return r.change()
			})
		case "configuration":
			return r.configuration()
		case "variables":
			return r.object(func(name string) error {
				var v struct {
					Value any `json:"value"`
				}
				if err := r.decode(&v); err != nil {
					return err
				}
				r.variables[name] = v.Value
				return nil
			})
		case "deferred_changes":
			return r.array(func() error {
				r.lose("a part of the plan is deferred", probity.Computed)
				return r.skip()
			})
		case "errored":
			t, err := r.dec.ReadToken()
			if err == nil && t.Kind() == 't' {
				r.lose("the plan ended with an error", probity.Unresolved)
			}
			return err
		case "complete":
			t, err := r.dec.ReadToken()
			if err == nil && t.Kind() == 'f' {
				r.lose("the plan is not complete: it was made with -target, or leaves something for later", probity.Unresolved)
			}
			return err
		case "prior_state":
			return r.priorState()
		case "planned_values", "values":
			seen = true
			r.planned.state = key == "values"
			return r.plannedValues()
		}
		return r.skip()
	})
	if err == nil && !seen {
		return errNotPlan
	}
	if err == nil {
		if _, err := r.dec.ReadToken(); !errors.Is(err, io.EOF) {
			return errNotPlan
		}
	}
	if err == nil && !r.readable {
		return errNothing
	}
	return err
}

// version tells of a format newer than the one that is read here: Terraform promises no more than its major version.
func (r *reader) version() error {
	var v string
	if err := r.decode(&v); err != nil {
		return err
	}
	if major, _, _ := strings.Cut(v, "."); major != "0" && major != "1" {
		r.lose("the plan has a format that is not known", probity.Unreadable)
	}
	return nil
}

func (r *reader) lose(because string, why probity.Reason) {
	r.losses = append(r.losses, resource.Loss{Gap: probity.Gap{Reason: why, Because: because}, Origin: &probity.Origin{File: r.File}, Any: true})
}
