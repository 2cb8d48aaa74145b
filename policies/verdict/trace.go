package verdict

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/topdown"
)

// traced bounds the steps that a trace shows.
const traced = 500

// Trace is how the rule is evaluated over what is known of an input, step by step, as OPA writes it: gaps are absent.
func (r *Rule) Trace(ctx context.Context, input *Node) ([]string, error) {
	doc, _ := project(input, r.reach.wanted).term(nil)
	r.set.opa.RLock()
	defer r.set.opa.RUnlock()
	q, err := r.query()
	if err != nil {
		return nil, fmt.Errorf("preparing %s: %w", r.violation, err)
	}
	t := &steps{}
	err = q.over(ctx, doc).WithQueryTracer(t).Iter(ctx, func(topdown.QueryResult) error { return nil })
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	topdown.PrettyTraceWithOpts(&b, t.events, topdown.PrettyTraceOptions{Locations: true})
	return strings.Split(strings.TrimRight(b.String(), "\n"), "\n"), nil
}

// steps keeps the first events of an evaluation.
type steps struct{ events []*topdown.Event }

// Enabled implements [topdown.QueryTracer].
func (s *steps) Enabled() bool { return len(s.events) < traced }

// Config implements [topdown.QueryTracer].
func (s *steps) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

// TraceEvent implements [topdown.QueryTracer]. How a step is done and undone inside OPA is left out.
func (s *steps) TraceEvent(e topdown.Event) {
	if s.Enabled() && e.Op != topdown.RedoOp && e.Op != topdown.UnifyOp && e.Op != topdown.IndexOp {
		s.events = append(s.events, &e)
	}
}
