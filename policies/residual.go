package policies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// ErrForeign means that a rule is a user's, which is not evaluated in this process.
var ErrForeign = errors.New("the rule is not a built-in one")

// Residual is what is left of a built-in rule once all that is known of an asset has been put in: conditions in Rego of which
// one must hold for a violation.
func (c *Corpus) Residual(ctx context.Context, id string, a probity.Asset, linked Linked, now time.Time) ([]string, error) {
	rule, err := c.builtinRule(ctx, id)
	if err != nil {
		return nil, err
	}
	return rule.Residual(ctx, newViewer(linked, now).asset(&a, nil))
}

// Trace is how a rule is evaluated over one asset: a user's in the process that judges by it.
func (c *Corpus) Trace(ctx context.Context, id string, a probity.Asset, linked Linked, now time.Time) (child.Traced, error) {
	input := newViewer(linked, now).asset(&a, nil)
	if i, ok := c.users.number[id]; ok {
		return c.users.runner.Trace(ctx, i, input)
	}
	rule, err := c.builtinRule(ctx, id)
	if err != nil {
		return child.Traced{}, err
	}
	return child.TraceOf(ctx, rule, input)
}

// builtinRule compiles one of our rules.
func (c *Corpus) builtinRule(ctx context.Context, id string) (*verdict.Rule, error) {
	i := slices.IndexFunc(c.Rules, func(r probity.Rule) bool { return r.ID == id && !r.Foreign })
	if i < 0 {
		return nil, fmt.Errorf("rule %s: %w", id, ErrForeign)
	}
	sources, err := libraries()
	if err != nil {
		return nil, err
	}
	r := c.Rules[i]
	if sources[r.Source.File], err = builtin.ReadFile(r.Source.File); err != nil {
		return nil, fmt.Errorf("reading rule %s: %w", id, err)
	}
	compiler, err := compile.Sources(sources, nil)
	if err != nil {
		return nil, err
	}
	config, err := verdictConfig(c.options.Parameters)
	if err != nil {
		return nil, err
	}
	rule, err := verdict.NewSet(compiler, config).Rule(ctx, packageOf(r))
	if err != nil {
		return nil, fmt.Errorf("rule %s: %w", id, err)
	}
	return rule, nil
}

// Reads reports whether a rule reads a fact, be it as a part of a group or some of what is in it.
func Reads(r probity.Rule, path probity.Path) bool { return reads(r, path) }
