package dashboard

import (
	"context"
	"encoding/json"
	"io"
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

// table is the rows of a list that is written as CSV: one page after the other.
type table struct {
	columns reports.Columns
	first   any // slice
	next    string
	more    func(after string) (any, string, error)
}

// tableKey is where a request for CSV holds its table.
type tableKey struct{}

// list registers an operation whose answer has rows: with ?format=csv it answers all of them as CSV.
func list[I, O any](a *api, role Role, path, summary string, do func(context.Context, *I) (O, error), rows func(O) (any, string), more ...func(*operation, *huma.Operation)) {
	more = append(more, func(_ *operation, h *huma.Operation) {
		h.Middlewares = append(h.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
			if ctx.Query("format") == "csv" {
				ctx = huma.WithValue(ctx, tableKey{}, &table{})
			}
			next(ctx)
		})
	})
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
		t.first, t.next = rows(out)
		t.columns = reports.ColumnsOf(reflect.TypeOf(t.first).Elem())
		t.more = func(after string) (any, string, error) {
			if !pages {
				return nil, "", nil
			}
			p.page().After = after
			out, err := do(ctx, in)
			if err != nil {
				return nil, "", err
			}
			some, next := rows(out)
			return some, next, nil
		}
		return out, nil
	}, more...)
	if ok := a.OpenAPI().Paths[path].Get.Responses["200"]; ok != nil {
		ok.Content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
}

// asTable answers with a table where one was asked for.
func asTable(ctx huma.Context, status string, v any) (any, error) {
	t, ok := ctx.Context().Value(tableKey{}).(*table)
	if !ok || t.more == nil || status != "200" {
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
	rows, next := t.first, t.next
	for {
		list := reflect.ValueOf(rows)
		for i := range list.Len() {
			if err := s.Row(list.Index(i).Interface()); err != nil {
				return err
			}
		}
		if next == "" {
			return s.Close()
		}
		var err error
		if rows, next, err = t.more(next); err != nil {
			return err
		}
		if rows == nil {
			return s.Close()
		}
	}
}
