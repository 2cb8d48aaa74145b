package verdict

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/probity-scan/probity"
)

// Completions is how many completions of gaps with few values are evaluated one by one.
const Completions = 8

// Set is the rules of one compiler, for one configuration.
type Set struct {
	compiler *ast.Compiler
	config   *Node
	empty    documents         // of rules that read no configuration
	each     map[string]*Paths // what rules read of elements
	// opa: partial evaluation writes into the compiled rules. Where it substitutes a head without variables, it sets that
	// object's terms in place, to what they were. Helpers belong to many rules, so nothing of the set may be read meanwhile.
	opa sync.RWMutex
}

// NewSet is the rules of a compiler, which read the configuration as data.config; nil is an empty one.
func NewSet(c *ast.Compiler, config *Node) *Set {
	if config == nil {
		config = Fields(nil)
	}
	return &Set{compiler: c, config: config, each: map[string]*Paths{}}
}

// Rule is a compiled rule that can be asked, from several goroutines at once.
type Rule struct {
	set        *Set
	reach      reach
	violation  ast.Ref
	undeclared []hole    // gaps of the configuration
	known      ast.Value // what is known of it
	// Made when first needed: most rules are asked of few documents, and few need OPA.
	program func() *program // nil: not translated
	query   func() (query, error)
	partial func(context.Context) (rego.PreparedPartialQuery, error)
}

// Result is a rule's word on a document.
type Result struct {
	Verdict    probity.Verdict
	Violations []Violation // of a fail: those that hold whatever the gaps are
	Deciding   []Missing   // of unknown and not-applicable: what would decide it
}

// Violation is what a rule yields.
type Violation struct {
	Fact    probity.Path
	Element string
}

// Rule prepares the rule that is package pkg: "data.probity.rules.encryption.encryption_at_rest". What it reads of the
// configuration and nobody said is undeclared.
func (s *Set) Rule(ctx context.Context, pkg ast.Ref) (*Rule, error) {
	c := s.compiler
	violation := pkg.Append(ast.StringTerm("violation"))
	rules := c.GetRules(violation)
	if len(rules) == 0 {
		return nil, fmt.Errorf("%s has no rule violation", pkg)
	}
	body, err := ast.ParseBody(violation.String())
	if err != nil {
		return nil, fmt.Errorf("naming %s: %w", violation, err)
	}
	r := &Rule{set: s, violation: violation, known: ast.NewObject()}
	if r.reach, err = reachOf(c, body, rules); err != nil {
		return nil, fmt.Errorf("working out what %s reads: %w", pkg, err)
	}
	r.reach.wanted.shared(s.each)
	docs, err := s.documents(ctx, r)
	if err != nil {
		return nil, err
	}
	r.program = sync.OnceValue(r.translate)
	r.query = sync.OnceValues(func() (query, error) {
		return queryOf(c, ast.NewBody(ast.NewExpr(ast.NewTerm(violation.Append(ast.NewTerm(violationVar))))), docs)
	})
	var once sync.Once
	var pq rego.PreparedPartialQuery
	var perr error
	r.partial = func(ctx context.Context) (rego.PreparedPartialQuery, error) {
		once.Do(func() {
			pq, perr = rego.New(rego.Compiler(c), rego.Query(violation.String()+"[x]"), rego.StrictBuiltinErrors(true), rego.Store(docs.store)).PrepareForPartial(ctx)
		})
		return pq, perr
	}
	return r, nil
}

// documents are what the rule reads as data: the configuration, or nothing, which rules share.
func (s *Set) documents(ctx context.Context, r *Rule) (documents, error) {
	if len(r.reach.config) > 0 {
		store, err := r.configure(s.config)
		if err != nil {
			return documents{}, err
		}
		return opened(ctx, store)
	}
	if s.empty.store == nil {
		var err error
		if s.empty, err = opened(ctx, inmem.New()); err != nil {
			return documents{}, err
		}
	}
	return s.empty, nil
}

// configure keeps the gaps of the configuration, and gives what is known of it as a store.
func (r *Rule) configure(config *Node) (storage.Store, error) {
	wanted := &Paths{}
	for _, names := range r.reach.config {
		wanted.add(names)
	}
	config = project(config, wanted)
	for _, h := range holes(config, configRoot, "data.config", nil) {
		if h.Gap.Reason == probity.NotCollected {
			h.Gap = probity.Gap{Reason: probity.Undeclared, Needs: probity.AskParameter.Of(strings.TrimPrefix(string(h.Path), "data.config."))}
		}
		r.undeclared = append(r.undeclared, h)
	}
	known, _ := config.term(nil)
	r.known = known.Value
	v, err := ast.JSON(known.Value)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return inmem.NewFromObjectWithOpts(map[string]any{"config": v}, inmem.OptReturnASTValuesOnRead(true)), nil
}

// Reads gives the static reads: paths below input, and "data.config.…".
func (r *Rule) Reads() []probity.Path {
	out := r.reach.paths()
	slices.Sort(out)
	return slices.Compact(out)
}

// Judge asks the rule about an input. An error means that the rule itself failed, or that ctx ended.
func (r *Rule) Judge(ctx context.Context, input *Node) (Result, error) {
	return r.JudgeBeside(ctx, input, 0)
}

// JudgeBeside is Judge where some bodies are known to yield nothing: see [Rule.Idle].
func (r *Rule) JudgeBeside(ctx context.Context, input *Node, idle Bodies) (Result, error) {
	if p := r.program(); p != nil {
		if res, ok := r.reason(ctx, p, input, idle); ok {
			return res, nil
		}
		if ctx.Err() != nil {
			return Result{}, ctx.Err()
		}
	}
	return r.judge(ctx, project(input, r.reach.wanted))
}

// judge has OPA tell, where the rule is not translated.
func (r *Rule) judge(ctx context.Context, in *Node) (Result, error) {
	gaps := r.gapsOf(in)
	res, err := r.complete(ctx, in, gaps)
	if err != nil || res.Verdict != probity.Unknown || !slices.ContainsFunc(res.Deciding, inapplicable) {
		return res, err
	}
	gaps = slices.DeleteFunc(gaps, func(h hole) bool { return inapplicable(h.Missing) })
	settled, err := r.complete(ctx, in, gaps)
	return res.without(settled.Verdict, settled.Verdict != probity.Unknown), err
}

// complete has OPA try every completion of gaps, then partial evaluation; other gaps are not there.
func (r *Rule) complete(ctx context.Context, in *Node, gaps []hole) (Result, error) {
	few, many := split(gaps)
	many = append(many, r.undeclared...)
	total, undecided := tally{}, false
	for fill := range completions(few) {
		var v probity.Verdict
		var vs []Violation
		var err error
		if len(many) == 0 {
			doc, _ := in.term(fill)
			v, vs, err = r.eval(ctx, doc)
		} else {
			v, vs, err = r.partially(ctx, in, fill, many)
		}
		if err != nil {
			return Result{}, err
		}
		undecided = undecided || v == probity.Unknown
		total.add(fill, v, vs)
	}
	if v, ok := total.agreed(); ok {
		return Result{Verdict: v, Violations: total.common}, nil
	}
	return Result{Verdict: probity.Unknown, Deciding: total.deciding(few, many, undecided)}.rested(), nil
}

// rested turns an undecided verdict that rests only on what cannot apply into not-applicable.
func (res Result) rested() Result {
	if !slices.ContainsFunc(res.Deciding, func(m Missing) bool { return !inapplicable(m) }) {
		res.Verdict = probity.NA
	}
	return res
}

// without is what is left of an undecided verdict once it is known what the rule says where nothing is that cannot apply: where that is a
// pass whatever else is not known, the rule does not apply.
func (res Result) without(v probity.Verdict, settled bool) Result {
	if settled && v == probity.Pass {
		res.Verdict = probity.NA
		res.Deciding = slices.DeleteFunc(res.Deciding, func(m Missing) bool { return !inapplicable(m) })
	}
	return res
}

func inapplicable(m Missing) bool { return m.Gap.Reason == probity.NotApplicable }
