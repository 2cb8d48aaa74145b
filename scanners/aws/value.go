package aws

import (
	"encoding/json"
	"fmt"
	"reflect"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func (r *reader) block(in attrs, at *probity.Origin) *resource.Block {
	out := &resource.Block{At: at, Attrs: make(map[string]resource.Value, len(in)), Rest: notAsked()}
	for name, v := range in {
		out.Attrs[name] = r.value(v, at)
	}
	return out
}

// value turns what a service's file says into a value of the estate.
func (r *reader) value(v any, at *probity.Origin) resource.Value {
	unknown := func(g probity.Gap) resource.Value { return resource.Value{Data: resource.Unknown{Gap: g}, At: at} }
	switch d := v.(type) {
	case nil:
		return resource.Value{At: at}
	case resource.Value:
		return d
	case attrs:
		return resource.Value{Data: r.block(d, at), At: at}
	case map[string]string:
		out := &resource.Block{At: at, Attrs: map[string]resource.Value{}}
		for k, s := range d {
			out.Attrs[k] = resource.Value{Data: s, At: at}
		}
		return resource.Value{Data: out, At: at}
	case from:
		return r.value(d.v, d.at)
	case onlyCode:
		return unknown(probity.Gap{Reason: probity.NotApplicable, Because: "only code says it"})
	case unread:
		return unknown(d.gap)
	case ref:
		return r.refer(d, at)
	case key:
		return r.keys.value(d, at)
	}
	x := reflect.ValueOf(v)
	switch x.Kind() {
	case reflect.Pointer:
		if x.IsNil() {
			return resource.Value{At: at}
		}
		return r.value(x.Elem().Interface(), at)
	case reflect.Bool:
		return resource.Value{Data: x.Bool(), At: at}
	case reflect.String:
		return resource.Value{Data: x.String(), At: at}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return resource.Value{Data: float64(x.Int()), At: at}
	case reflect.Float32, reflect.Float64:
		return resource.Value{Data: x.Float(), At: at}
	case reflect.Slice:
		var list resource.List
		for i := range x.Len() {
			list.Items = append(list.Items, r.value(x.Index(i).Interface(), at))
		}
		return resource.Value{Data: list, At: at}
	}
	// Only a file of a service can be wrong here, and its tests go through it.
	panic(fmt.Sprintf("an attribute of type %T", v))
}

// refer follows a reference inside the region.
func (r *reader) refer(d ref, at *probity.Origin) resource.Value {
	if t := r.byID[d.typ+" "+d.id]; t != nil {
		return resource.Value{Data: resource.Ref{Addr: t.address(), Type: d.typ, Attr: "id", Says: d.id,
			Gap: probity.Gap{Reason: probity.Unresolved, Because: "it is a reference"}}, At: at}
	}
	if gap := r.lost(d.typ); gap != nil {
		return resource.Value{Data: resource.Unknown{Gap: *gap}, At: at}
	}
	return resource.Value{Data: d.id, At: at}
}

// noTags is the value of the tags of a thing to which the provider lets nobody give any.
func noTags() any {
	return unread{probity.Gap{Reason: probity.NotApplicable, Because: "it can have no tags"}}
}

// word is a text of a fixed set; nothing where the answer leaves it out.
func word[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}

// each turns the elements of an answer into values.
func each[T any](in []T, as func(T) any) []any {
	out := make([]any, len(in))
	for i, e := range in {
		out[i] = as(e)
	}
	return out
}

// tags turns tags as services list them into a map.
func tags[T any](in []T, pair func(T) (*string, *string)) map[string]string {
	out := map[string]string{}
	for _, t := range in {
		k, v := pair(t)
		out[value(k)] = value(v)
	}
	return out
}

// policyText is a policy document; what is no JSON is an answer that cannot be read, and no policy.
func policyText(text *string) any {
	if text != nil && *text != "" && !json.Valid([]byte(*text)) {
		return unread{probity.Gap{Reason: probity.Unreadable, Because: "the policy is no JSON", Needs: "another try"}}
	}
	return text
}
