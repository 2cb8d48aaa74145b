package dashboard

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/probity-scan/probity/reports"
)

// Page is which part of a list is asked for, and how it is written.
type Page struct {
	After  string `query:"after" doc:"what next was in the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"rows of a page"`
	Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: all rows from there on, as a table"`
}

func (p *Page) page() *Page { return p }

// table is the rows of a list that is written as CSV.
type table struct {
	columns reports.Columns
	rows    iter.Seq2[any, error] // nil: none was asked for
}

// tableKey is where a request for CSV holds its table.
type tableKey struct{}

// tabled notes that a table is asked for.
func tabled(_ *operation, h *huma.Operation) {
	h.Middlewares = append(h.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
		if ctx.Query("format") == "csv" {
			ctx = huma.WithValue(ctx, tableKey{}, &table{})
		}
		next(ctx)
	})
}

// list registers an operation whose answer has rows: with ?format=csv it answers all of them as CSV.
func list[I, O any](a *api, role Role, path, summary string, do func(context.Context, *I) (O, error), rows func(O) (any, string), more ...func(*operation, *huma.Operation)) {
	more = append(more, tabled)
	add(a, role, http.MethodGet, path, summary, func(ctx context.Context, in *I) (O, error) {
		t, ok := ctx.Value(tableKey{}).(*table)
		p, pages := any(in).(interface{ page() *Page })
		if ok && pages {
			p.page().Limit = 1000
		}
		out, err := do(ctx, in)
		if err != nil || !ok {
			return out, err
		}
		first, next := rows(out)
		t.columns = reports.ColumnsOf(reflect.TypeOf(first).Elem())
		t.rows = func(yield func(any, error) bool) {
			for some, after := first, next; ; {
				list := reflect.ValueOf(some)
				for i := range list.Len() {
					if !yield(list.Index(i).Interface(), nil) {
						return
					}
				}
				if after == "" || !pages {
					return
				}
				p.page().After = after
				out, err := do(ctx, in)
				if err != nil {
					yield(nil, err)
					return
				}
				some, after = rows(out)
			}
		}
		return out, nil
	}, more...)
	describe(a, path)
}

// stream is a list whose table is read in one pass, as of one moment.
func stream[I, O, R any](a *api, role Role, path, summary string, do func(context.Context, *I) (O, error), all func(context.Context, *I) (iter.Seq2[R, error], error)) {
	add(a, role, http.MethodGet, path, summary, func(ctx context.Context, in *I) (out O, err error) {
		t, ok := ctx.Value(tableKey{}).(*table)
		if !ok {
			return do(ctx, in)
		}
		rows, err := all(ctx, in)
		if err != nil {
			return out, err
		}
		t.columns = reports.ColumnsOf(reflect.TypeFor[R]())
		t.rows = func(yield func(any, error) bool) {
			for r, err := range rows {
				if !yield(r, err) {
					return
				}
			}
		}
		return out, nil
	}, tabled)
	describe(a, path)
}

// describe says in the document that there is a table.
func describe(a *api, path string) {
	if ok := a.OpenAPI().Paths[path].Get.Responses["200"]; ok != nil {
		ok.Content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
}

// asTable answers with a table where one was asked for.
func asTable(ctx huma.Context, status string, v any) (any, error) {
	t, ok := ctx.Context().Value(tableKey{}).(*table)
	if !ok || t.rows == nil || status != "200" {
		return v, nil
	}
	ctx.SetHeader("Content-Type", "text/csv; charset=utf-8; header=present")
	ctx.SetHeader("Content-Disposition", `attachment; filename="probity-`+ctx.Operation().OperationID[len("get-"):]+`.csv"`)
	return t, nil
}

// marshal writes an answer: JSON, or a table as CSV.
func marshal(w io.Writer, v any) error {
	t, ok := v.(*table)
	if !ok {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(v)
	}
	s := t.columns.Sheet(w)
	for row, err := range t.rows {
		if err == nil {
			err = s.Row(row)
		}
		if err != nil {
			return err
		}
	}
	return s.Close()
}
