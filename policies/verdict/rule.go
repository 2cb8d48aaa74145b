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
	empty    documents // of rules that read no configuration
	memory   memory
	each     map[string]*Paths // what rules read of elements
	// opa: partial evaluation writes into the compiled rules. Where it substitutes a head without variables, it sets that
	// object's terms in place, to what they were. Helpers belong to many rules, so nothing of the set may be read meanwhile.
	opa sync.RWMutex
}

// Remembered bounds the memory of a set for verdicts, in bytes.
const Remembered = 16 << 20

// NewSet is the rules of a compiler, which read the configuration as data.config; nil is an empty one. What rules said is
// remembered in so many bytes.
func NewSet(c *ast.Compiler, config *Node, remembered int64) *Set {
	if config == nil {
		config = Fields(nil)
	}
	return &Set{compiler: c, config: config, memory: memory{limit: remembered}, each: map[string]*Paths{}}
}

// Rule is a compiled rule that can be asked, from several goroutines at once.
type Rule struct {
	question
	set        *Set
	undeclared []hole                                                   // gaps of the configuration
	partial    func(context.Context) (rego.PreparedPartialQuery, error) // made when first needed: most rules never meet a gap
}

// Result is a rule's word on a document.
type Result struct {
	Verdict    probity.Verdict
	Violations []Violation // of a fail: those that hold whatever the gaps are
	Deciding   []Missing   // of unknown and not-applicable: what would decide it
}

// verdict is a result that is remembered.
type verdict struct {
	Result
	exact bool // no gap was met on the way
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
	r := &Rule{set: s, question: question{said: s.memory.of()}}
	if r.reach, err = reachOf(c, body, rules); err != nil {
		return nil, fmt.Errorf("working out what %s reads: %w", pkg, err)
	}
	r.reach.wanted.shared(s.each)
	r.places = placesOf(r.reach.wanted)
	docs, err := s.documents(ctx, r)
	if err != nil {
		return nil, err
	}
	violations := ast.NewBody(ast.NewExpr(ast.NewTerm(violation.Append(ast.NewTerm(violationVar)))))
	if r.query, err = queryOf(c, violations, docs); err != nil {
		return nil, fmt.Errorf("preparing %s: %w", pkg, err)
	}
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
		return opened(ctx, store, r.undeclared)
	}
	if s.empty.store == nil {
		var err error
		if s.empty, err = opened(ctx, inmem.New(), nil); err != nil {
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
			h.Gap = probity.Gap{Reason: probity.Undeclared, Needs: strings.TrimPrefix(string(h.Path), "data.config.") + " under parameters"}
		}
		r.undeclared = append(r.undeclared, h)
	}
	known, _ := config.term(nil)
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
	if said := r.recall(input, nil, nil); said != nil {
		return said.(*verdict).Result, nil
	}
	var room [256]byte
	key := r.whole(room[:0], input)
	if e := r.said.get(key); e.said != nil {
		return e.said.(*verdict).Result, nil
	}
	if res, ok, err := r.explore(ctx, input); ok || err != nil {
		return res, err
	}
	res, err := r.judge(ctx, project(input, r.reach.wanted))
	if err != nil {
		return Result{}, err
	}
	r.said.put(key, &verdict{Result: res})
	return res, nil
}

// whole is the key of all that the rule can read. No place begins as it does.
func (r *Rule) whole(key []byte, input *Node) []byte {
	return input.appendKey(append(key, 0xff), r.reach.wanted, nil)
}

// judge tries every completion, then partial evaluation, where nobody can follow what is read.
func (r *Rule) judge(ctx context.Context, in *Node) (Result, error) {
	few, many := split(r.gapsOf(in))
	many = append(many, r.undeclared...)
	total, undecided := tally{}, false
	for fill := range completions(few) {
		var v probity.Verdict
		var vs []Violation
		var err error
		if len(many) == 0 {
			doc, _ := in.term(fill)
			v, vs, err = r.eval(ctx, doc, nil)
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
	if !slices.ContainsFunc(res.Deciding, func(m Missing) bool { return m.Gap.Reason != probity.NotApplicable }) {
		res.Verdict = probity.NA
	}
	return res
}
