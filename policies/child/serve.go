package child

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// Serve is the child: it answers asks from r on w until r ends. Then it ends at once, whatever a rule is at: whoever asked is gone.
func Serve(ctx context.Context, r io.Reader, w io.Writer) error {
	in, out := json.NewDecoder(bufio.NewReader(r)), json.NewEncoder(w)
	var job Job
	if err := in.Decode(&job); err != nil {
		return fmt.Errorf("reading the job: %w", err)
	}
	if err := LimitMemory(job.Memory); err != nil {
		return err
	}
	asks, failed := make(chan ask), make(chan error, 1)
	go func() {
		b := &bench{job: job, ready: map[int]*verdict.Rule{}}
		for a := range asks {
			if err := out.Encode(b.answer(ctx, a)); err != nil {
				failed <- fmt.Errorf("answering: %w", err)
				return
			}
		}
	}()
	heard := make(chan error, 1)
	go func() { heard <- hear(ctx, in, asks) }()
	select {
	case err := <-heard:
		return err
	case err := <-failed:
		return err
	}
}

// hear reads what is asked until nobody asks any more.
func hear(ctx context.Context, in *json.Decoder, asks chan<- ask) error {
	for {
		var a ask
		if err := in.Decode(&a); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading what to judge: %w", err)
		}
		select {
		case asks <- a:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// bench is what the child has compiled so far.
type bench struct {
	job   Job
	ready map[int]*verdict.Rule
	risk  *rego.PreparedEvalQuery
}

func (b *bench) answer(ctx context.Context, a ask) answer {
	switch {
	case a.Names || a.Test != nil:
		return b.job.Tests.answer(ctx, a)
	case !a.Risk:
		return b.job.answer(ctx, a, b.ready)
	}
	if b.risk == nil {
		var err error
		if b.risk, err = b.job.prepareRisk(ctx); err != nil {
			return answer{Error: err.Error()}
		}
	}
	return risks(ctx, b.risk, a.Inputs)
}

func (job Job) answer(ctx context.Context, a ask, ready map[int]*verdict.Rule) answer {
	rule, ok := ready[a.Rule]
	if !ok {
		var err error
		if rule, err = job.prepare(ctx, job.Rules[a.Rule]); err != nil {
			return answer{Error: err.Error()}
		}
		ready[a.Rule] = rule
	}
	ans := answer{Reads: rule.Reads()}
	if a.Trace {
		for _, input := range a.Inputs {
			t, err := TraceOf(ctx, rule, input)
			if err != nil {
				return answer{Error: firstLine(err)}
			}
			ans.Traces = append(ans.Traces, t)
		}
		return ans
	}
	for _, input := range a.Inputs {
		res, err := rule.Judge(ctx, input)
		j := Judged{Result: res}
		if err != nil {
			j.Error = firstLine(err)
		}
		ans.Results = append(ans.Results, j)
	}
	return ans
}

// firstLine leaves out what OPA adds below, which may be values.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSuffix(line, ":")
}

// TraceOf evaluates a rule over one input, step by step.
func TraceOf(ctx context.Context, rule *verdict.Rule, input *verdict.Node) (Traced, error) {
	steps, err := rule.Trace(ctx, input)
	if err != nil {
		return Traced{}, err
	}
	residual, err := rule.Residual(ctx, input)
	return Traced{Steps: steps, Residual: residual}, err
}

func (job Job) settings(src Source) []any {
	var out []any
	for _, k := range src.Kinds {
		out = append(out, job.Kinds[k])
	}
	return out
}

// prepare compiles one rule with the helpers of its folder, against the schema of its kind.
func (job Job) prepare(ctx context.Context, src Source) (*verdict.Rule, error) {
	sources := map[string][]byte{src.File: []byte(src.Text)}
	for file, text := range job.Shared {
		sources[file] = []byte(text)
	}
	c, err := compile.Checked(sources, src.File, job.Schema, job.settings(src)...)
	if err != nil {
		return nil, err
	}
	pkg, err := ast.ParseRef(src.Package)
	if err != nil {
		return nil, fmt.Errorf("%s: package %s: %w", src.File, src.Package, err)
	}
	return verdict.NewSet(c, job.Config).Rule(ctx, pkg)
}
