package aws

import (
	"errors"
	"iter"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/aws/smithy-go"

	probity "github.com/probity-scan/probity"
)

// list walks all pages of a listing. What an error cuts off is lost of the types; what came before it stands.
func list[In, Out, O, T any](r *reader, op method[In, Out, O], in *In, items func(*Out) []T, types ...string) iter.Seq2[T, *probity.Origin] {
	return func(yield func(T, *probity.Origin) bool) {
		at := r.at(operation[Out]())
		for page, err := range pages(r.ctx, op, in) {
			if err != nil {
				r.lose(r.permits.gap(err), at, types...)
				return
			}
			for _, i := range items(page) {
				if !yield(i, at) {
					return
				}
			}
		}
	}
}

// answer is what one operation said: nothing with a gap where it could not be asked, nothing without one where there is none.
type answer[T any] struct {
	out *T
	gap *probity.Gap
	at  *probity.Origin
}

// mute among the codes of [ask] says that an operation answers with nothing where there is none.
const mute = ""

// ask makes one call. Errors of the codes named say that there is none. An answer that went well and has no member says nothing,
// unless it lists things.
func ask[In, Out, O any](r *reader, op method[In, Out, O], in *In, none ...string) answer[Out] {
	a := answer[Out]{at: r.at(operation[*Out]())}
	out, err := op(r.ctx, in)
	if err == nil {
		if name := operation[*Out](); blank(reflect.ValueOf(out)) && !slices.Contains(none, mute) && !strings.Contains(name, ":List") {
			a.gap = silent(name)
			return a
		}
		a.out = out
		return a
	}
	if says(err, none...) {
		return a
	}
	gap := r.permits.gap(err)
	a.gap = &gap
	return a
}

// blank reports whether an answer has no member.
func blank(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return v.IsNil() || v.Elem().Kind() == reflect.Struct && blank(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "ResultMetadata" && !blank(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// askFor makes a call where a rule reads one of the facts that it tells; nil: in any case.
func askFor[In, Out, O any](r *reader, tells []probity.Path, op method[In, Out, O], in *In, none ...string) answer[Out] {
	if tells != nil && !r.wants(tells...) {
		return answer[Out]{gap: &probity.Gap{Reason: probity.NotCollected, Because: "no chosen rule reads it"}, at: r.at(operation[*Out]())}
	}
	return ask(r, op, in, none...)
}

func paths(all ...probity.Path) []probity.Path { return all }

// says reports whether an error is of one of the codes.
func says(err error, codes ...string) bool {
	var api smithy.APIError
	return errors.As(err, &api) && slices.Contains(codes, api.ErrorCode())
}

// get is a piece of the answer as an attribute: its gap where it could not be had, and nothing where there is none.
func (a answer[T]) get(piece func(*T) any) any {
	switch {
	case a.gap != nil:
		return from{unread{*a.gap}, a.at}
	case a.out == nil:
		return from{nil, a.at}
	}
	return from{piece(a.out), a.at}
}

// listed is the answer of a call that lists things without pages; what it could not list is lost of the types.
func listed[T any](r *reader, a answer[T], types ...string) *T {
	if a.gap != nil {
		r.lose(*a.gap, a.at, types...)
	}
	return a.out
}

// operation names an operation by the type of its answer, as IAM would: rds:DescribeDBInstances.
func operation[P any]() string {
	t := reflect.TypeFor[P]()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return path.Base(t.PkgPath()) + ":" + strings.TrimSuffix(t.Name(), "Output")
}

// over walks what is at hand already, as if it were listed.
func over[T any](in []T) iter.Seq2[T, *probity.Origin] {
	return func(yield func(T, *probity.Origin) bool) {
		for _, t := range in {
			if !yield(t, nil) {
				return
			}
		}
	}
}

// many does something with each element, several at a time: what is asked of each thing alone.
func many[T any](r *reader, in iter.Seq2[T, *probity.Origin], do func(T, *probity.Origin)) {
	slots := make(chan struct{}, sideBySide)
	var wg sync.WaitGroup
	for t, at := range in {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if r.ctx.Err() == nil {
				do(t, at)
			}
		})
	}
	wg.Wait()
}
