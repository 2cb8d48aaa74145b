package verdict

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// documents are what rules read as data. Nobody writes them, so that one transaction serves all reads.
type documents struct {
	store storage.Store
	txn   storage.Transaction
}

func opened(ctx context.Context, store storage.Store) (documents, error) {
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return documents{}, fmt.Errorf("reading the configuration: %w", err)
	}
	return documents{store, txn}, nil
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

// stopped ends an evaluation with its context.
type stopped struct{ ctx context.Context }

func (stopped) Cancel() {}

func (s stopped) Cancelled() bool { return s.ctx.Err() != nil }

// over is the query of an input. A built-in that fails is an error: it would leave its rule undefined, which reads as a pass.
func (q query) over(ctx context.Context, input *ast.Term) *topdown.Query {
	return topdown.NewQuery(q.body).WithQueryCompiler(q.of).WithCompiler(q.compiler).WithStore(q.docs.store).WithTransaction(q.docs.txn).
		WithInput(input).WithMetrics(metrics.NoOp()).WithIndexing(true).WithEarlyExit(true).WithStrictBuiltinErrors(true).WithCancel(stopped{ctx})
}
