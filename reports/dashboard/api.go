package dashboard

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/probity-scan/probity/reports/history"
)

// APIPath is where the operations of the HTTP API stand.
const APIPath = "/api/v1"

// operation is one that is registered: what tests go through.
type operation struct {
	id, method, path string
	role             Role
	whole            bool // for viewers without bounds alone
}

// api registers operations: from each come its answers, its part of the OpenAPI document, and who may ask for it.
type api struct {
	huma.API
	o   *Operations
	all []operation
}

// API answers the operations under APIPath. Requests have a viewer, whom whoever let them in has made sure of.
func API(o *Operations) http.Handler {
	mux := http.NewServeMux()
	o.register(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() == nil {
				return
			}
			// What has crashed may hold anything, so it is not told. Whoever asks sees that the answer is cut off.
			o.Log.WithField("path", r.URL.Path).Error("an answer ends before its end")
			panic(http.ErrAbortHandler)
		}()
		mux.ServeHTTP(w, r)
	})
}

// OpenAPI is the document of the API in OpenAPI 3.1.
func OpenAPI() ([]byte, error) {
	a := (&Operations{}).register(http.NewServeMux())
	return indented(a.OpenAPI())
}

func (o *Operations) register(mux *http.ServeMux) *api {
	c := huma.DefaultConfig("Probity", "1")
	c.Info.Description = "What a history of scans knows: what is wrong, what is not known, where personal data is. Each viewer sees what their bounds let through, in lists, counts and sums alike."
	c.Info.License = &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil // the document is for viewers too
	c.Servers = []*huma.Server{{URL: APIPath}}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "the token of the server's data folder, or one of serve.tokens"},
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-probity-session", Description: "of who signed in at /signin; what changes something wants the header X-CSRF-Token too"},
	}
	c.Security = []map[string][]string{{"token": {}}, {"session": {}}}
	c.Components.Schemas = schemas()
	format := huma.Format{Marshal: marshal, Unmarshal: huma.DefaultJSONFormat.Unmarshal}
	c.Formats = map[string]huma.Format{"application/json": format, "json": format} // the second is of what ends in +json
	c.Transformers = []huma.Transformer{plainly, asTable}
	c.RejectUnknownQueryParameters = true
	a := &api{API: humago.NewWithPrefix(mux, APIPath, c), o: o}
	o.operations(a)
	mux.HandleFunc("GET "+APIPath+"/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		if _, err := o.may(r.Context(), operation{role: ViewerRole}); err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		b, err := indented(a.OpenAPI())
		if err != nil {
			http.Error(w, "the document cannot be written", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
		_, _ = w.Write(b)
	})
	return a
}

// body is an answer of one value.
type body[O any] struct{ Body O }

// add registers an operation that needs a role.
func add[I, O any](a *api, role Role, method, path, summary string, do func(context.Context, *I) (O, error), more ...func(*operation, *huma.Operation)) {
	op := operation{id: idOf(method, path), method: method, path: path, role: role}
	h := huma.Operation{OperationID: op.id, Method: method, Path: path, Summary: summary, Description: "For " + string(role) + "s.", Errors: []int{400, 401, 403, 404, 422, 500}}
	for _, m := range more {
		m(&op, &h)
	}
	a.all = append(a.all, op)
	huma.Register(a.API, h, func(ctx context.Context, in *I) (*body[O], error) {
		if _, err := a.o.may(ctx, op); err != nil {
			return nil, err
		}
		out, err := do(ctx, in)
		if err != nil {
			return nil, a.o.told(ctx, op, err)
		}
		listed(reflect.ValueOf(&out).Elem())
		return &body[O]{out}, nil
	})
}

// listed makes lists that are empty lists of nothing, which programs go over as they do over others; JSON has them as null otherwise.
func listed(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && f.Type.Kind() == reflect.Slice && f.Tag.Get("json") != "" && !strings.Contains(f.Tag.Get("json"), "omitempty") {
				listed(v.Field(i))
			}
		}
	}
}

// whole lets viewers without bounds in alone: what the operation tells is of everything.
func whole(op *operation, h *huma.Operation) {
	op.whole = true
	h.Description = strings.TrimSuffix(h.Description, ".") + " without bounds."
}

// accepted is an operation whose work comes later.
func accepted(_ *operation, h *huma.Operation) { h.DefaultStatus = http.StatusAccepted }

// idOf names an operation by its path: get-findings-fingerprint.
func idOf(method, path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '{' || r == '}' || r == '.' })
	return strings.ToLower(method) + "-" + strings.Join(words, "-")
}

// Errors of operations. Their texts are for whoever asks.
var (
	errNobody = errors.New("nobody is signed in")
	errMay    = errors.New("your role or bounds do not allow it")
)

// may is the viewer, if they may do what an operation does. Those who may not are in the audit.
func (o *Operations) may(ctx context.Context, op operation) (Viewer, error) {
	v, ok := ViewerFrom(ctx)
	if !ok {
		return v, huma.NewError(http.StatusUnauthorized, errNobody.Error())
	}
	why := ""
	switch {
	case !v.Role.May(op.role):
		why = "this is for " + string(op.role) + "s: ask whoever runs the server for that role"
	case op.whole && !v.Bounds.Zero():
		why = "this tells of everything: it is for those without bounds alone"
	default:
		return v, nil
	}
	o.note(ctx, v, "refused", op.method+" "+APIPath+op.path)
	return v, huma.NewError(http.StatusForbidden, why)
}

// told is an error of an operation for whoever asks: what is theirs in words, what is ours in the log.
func (o *Operations) told(ctx context.Context, op operation, err error) error {
	var status huma.StatusError
	switch {
	case errors.As(err, &status):
		return err
	case errors.Is(err, errMay):
		return huma.NewError(http.StatusForbidden, err.Error())
	case errors.Is(err, history.ErrUnknown):
		return huma.NewError(http.StatusNotFound, "there is none in the history, or you may not see it")
	case ctx.Err() != nil:
		return huma.NewError(http.StatusServiceUnavailable, "it took too long")
	case !strings.HasPrefix(err.Error(), "history: "): // what the database cannot do begins so; the rest is what cannot be asked
		return huma.NewError(http.StatusUnprocessableEntity, err.Error())
	}
	o.Log.WithError(err).WithField("operation", op.id).Error("a question to the history fails")
	return huma.NewError(http.StatusInternalServerError, "the history does not answer: the log of the server says why")
}

// plainly makes what is wrong with a request one line, without the values that were sent.
func plainly(ctx huma.Context, _ string, v any) (any, error) {
	e, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	out := *e
	var details []string
	for _, d := range e.Errors {
		details = append(details, strings.TrimPrefix(d.Location+": "+d.Message, ": "))
	}
	if out.Errors = nil; len(details) > 0 {
		slices.Sort(details)
		out.Detail += ": " + strings.Join(slices.Compact(details), "; ")
	}
	ctx.SetHeader("Content-Type", "application/problem+json")
	return &out, nil
}
