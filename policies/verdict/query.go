package verdict

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// documents are what rules read as data. Nobody writes them, so that one transaction serves all reads.
type documents struct {
	store storage.Store
	txn   storage.Transaction
	gaps  []hole
}

func opened(ctx context.Context, store storage.Store, gaps []hole) (documents, error) {
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return documents{}, fmt.Errorf("reading the configuration: %w", err)
	}
	return documents{store, txn, gaps}, nil
}

// followed is a store that tells a reading which gaps are read.
type followed struct {
	storage.Store
	gaps    []hole
	reading *reading
}

func (f followed) Read(ctx context.Context, txn storage.Transaction, path storage.Path) (any, error) {
	f.reading.gap = f.reading.gap || slices.ContainsFunc(f.gaps, func(h hole) bool {
		gap := constants(h.ref[1:])
		n := min(len(gap), len(path))
		return slices.Equal(gap[:n], path[:n])
	})
	return f.Store.Read(ctx, txn, path)
}

// query goes below OPA's package rego, which makes a transaction, measures and a goroutine for each evaluation, and JSON of its
// results.
type query struct {
	compiler *ast.Compiler
	of       ast.QueryCompiler
	body     ast.Body
	docs     documents
}

func queryOf(c *ast.Compiler, body ast.Body, docs documents) (query, error) {
	q := query{compiler: c, of: c.QueryCompiler(), docs: docs}
	var err error
	q.body, err = q.of.Compile(body)
	return q, err
}

// stopped ends an evaluation with its context, and when it has met a gap.
type stopped struct {
	ctx     context.Context
	reading *reading
}

func (stopped) Cancel() {}

func (s stopped) Cancelled() bool { return s.ctx.Err() != nil || s.reading != nil && s.reading.gap }

// over is the query of an input. A built-in that fails is an error: it would leave its rule undefined, which reads as a pass.
func (q query) over(ctx context.Context, input *ast.Term, t *reading) *topdown.Query {
	store := q.docs.store
	if t != nil && len(q.docs.gaps) > 0 {
		store = followed{store, q.docs.gaps, t}
	}
	return topdown.NewQuery(q.body).WithQueryCompiler(q.of).WithCompiler(q.compiler).WithStore(store).WithTransaction(q.docs.txn).
		WithInput(input).WithMetrics(metrics.NoOp()).WithIndexing(true).WithEarlyExit(true).WithStrictBuiltinErrors(true).WithCancel(stopped{ctx, t})
}
