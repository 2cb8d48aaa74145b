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
	// opa: partial evaluation writes into the compiled rules. Where it substitutes a head without variables, it sets that
	// object's terms in place, to what they were. Helpers belong to many rules, so nothing of the set may be read meanwhile.
	opa sync.RWMutex
}

// NewSet is the rules of a compiler, which read the configuration as data.config; nil is an empty one.
func NewSet(c *ast.Compiler, config *Node) *Set {
	if config == nil {
		config = Fields(nil)
	}
	return &Set{compiler: c, config: config}
}

// Rule is a compiled rule that can be asked, from several goroutines at once.
type Rule struct {
	set        *Set
	reach      reach
	undeclared []hole // gaps of the configuration
	plain      rego.PreparedEvalQuery
	partial    func(context.Context) (rego.PreparedPartialQuery, error) // made when first needed: most rules never meet a gap

	mu   sync.Mutex
	seen map[string]Result // by what it read: a digest, since policies and labels are long
}

// remembered bounds a rule's memory of verdicts.
const remembered = 4096

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
	r := &Rule{set: s, seen: map[string]Result{}}
	if r.reach, err = reachOf(c, body, rules); err != nil {
		return nil, fmt.Errorf("working out what %s reads: %w", pkg, err)
	}
	// Strict: a built-in that fails would leave its rule undefined, which reads as a pass.
	query := []func(*rego.Rego){rego.Compiler(c), rego.Query(violation.String() + "[x]"), rego.StrictBuiltinErrors(true)}
	if len(r.reach.config) > 0 {
		store, err := r.configure(s.config)
		if err != nil {
			return nil, err
		}
		query = append(query, rego.Store(store))
	}
	if r.plain, err = rego.New(query...).PrepareForEval(ctx); err != nil {
		return nil, fmt.Errorf("preparing %s: %w", pkg, err)
	}
	var once sync.Once
	var pq rego.PreparedPartialQuery
	var perr error
	r.partial = func(ctx context.Context) (rego.PreparedPartialQuery, error) {
		once.Do(func() { pq, perr = rego.New(query...).PrepareForPartial(ctx) })
		return pq, perr
	}
	return r, nil
}

// configure keeps the gaps of the configuration, and gives what is known of it as a store.
func (r *Rule) configure(config *Node) (storage.Store, error) {
	config = project(config, pathsOf(r.reach.config))
	for _, h := range holes(config, configRoot, "data.config", nil) {
		if h.Gap.Reason == probity.NotCollected {
			h.Gap = probity.Gap{Reason: probity.Undeclared, Needs: strings.TrimPrefix(string(h.Path), "data.config.") + " under parameters"}
		}
		r.undeclared = append(r.undeclared, h)
	}
	known, _ := config.term(nil)
	v, err := ast.JSON(known.Value)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return inmem.NewFromObject(map[string]any{"config": v}), nil
}

// Reads gives the static reads: paths below input, and "data.config.…".
func (r *Rule) Reads() []probity.Path {
	out := r.reach.paths()
	slices.Sort(out)
	return slices.Compact(out)
}

// Judge asks the rule about an input. An error means that the rule itself failed, or that ctx ended.
func (r *Rule) Judge(ctx context.Context, input *Node) (Result, error) {
	key := input.keyOf(r.reach.wanted)
	r.mu.Lock()
	res, ok := r.seen[key]
	r.mu.Unlock()
	if ok {
		return res, nil
	}
	res, err := r.judge(ctx, project(input, r.reach.wanted))
	if err != nil {
		return Result{}, err
	}
	r.mu.Lock()
	if len(r.seen) >= remembered {
		clear(r.seen)
	}
	r.seen[key] = res
	r.mu.Unlock()
	return res, nil
}

// judge tries the cheap and exact ways first: plain evaluation, then every completion, then partial evaluation.
func (r *Rule) judge(ctx context.Context, in *Node) (Result, error) {
	seen := slices.DeleteFunc(holes(in, ast.InputRootRef, "", nil), func(h hole) bool { return !r.reach.sees(h) })
	few, many := split(seen)
	many = append(many, r.undeclared...)
	total, undecided := tally{}, false
	for fill := range completions(few) {
		ask := r.evalPlain
		if len(many) > 0 {
			ask = r.partially(many)
		}
		v, vs, err := ask(ctx, in, fill)
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
	if !slices.ContainsFunc(res.Deciding, func(m Missing) bool { return m.Gap.Reason != probity.NotApplicable }) {
		res.Verdict = probity.NA
	}
	return res
}
