package aws

import (
	"context"
	"errors"
	"iter"
	"reflect"
)

// method is an operation of the kit, as its clients have it. Nothing else of a client is passed on: the kit's paginators take
// it as an interface, and as templates find methods by their names, the linker then keeps all operations of the service.
type method[In, Out, O any] = func(context.Context, *In, ...func(*O)) (*Out, error)

// pages asks until an answer names no next page. An error is the last.
func pages[In, Out, O any](ctx context.Context, op method[In, Out, O], in *In) iter.Seq2[*Out, error] {
	return func(yield func(*Out, error) bool) {
		asked := *in
		for last := ""; ; {
			out, err := op(ctx, &asked)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(out, nil) {
				return
			}
			ask, next, known := following(reflect.ValueOf(&asked).Elem(), reflect.ValueOf(out).Elem())
			switch {
			case !known:
				yield(nil, errors.New("how it tells of further pages is not known"))
				return
			case next == nil || *next == "":
				return
			case *next == last:
				yield(nil, errors.New("its pages never end: one names itself as the next"))
				return
			}
			last = *next
			ask.Set(reflect.ValueOf(next))
		}
	}
}

// following finds the member of a request that asks for a page, and what the answer says of the next.
func following(in, out reflect.Value) (ask reflect.Value, next *string, known bool) {
	if inner := out.FieldByName("DistributionList"); inner.IsValid() { // of CloudFront alone: its list is an object
		if inner.IsNil() {
			return ask, nil, true
		}
		out = inner.Elem()
	}
	if more := out.FieldByName("HasMoreDeliveryStreams"); more.IsValid() { // of Firehose alone: the last name is where it goes on
		names := out.FieldByName("DeliveryStreamNames")
		if more.IsNil() || !more.Elem().Bool() || names.Len() == 0 {
			return ask, nil, true
		}
		return in.FieldByName("ExclusiveStartDeliveryStreamName"), names.Index(names.Len() - 1).Addr().Interface().(*string), true
	}
	for _, pair := range [][2]string{{"NextToken", "NextToken"}, {"Marker", "NextMarker"}, {"Marker", "Marker"}, // answers repeat what asked for them
		{"ContinuationToken", "NextContinuationToken"}, {"ContinuationToken", "ContinuationToken"}, {"Position", "Position"}, {"PageToken", "NextPageToken"},
		{"ExclusiveStartTableName", "LastEvaluatedTableName"}, {"ExclusiveStartBackupArn", "LastEvaluatedBackupArn"}} {
		ask, said := in.FieldByName(pair[0]), out.FieldByName(pair[1])
		if !ask.IsValid() || !said.IsValid() {
			continue
		}
		next, known := said.Interface().(*string)
		return ask, next, known && ask.Kind() == reflect.Pointer
	}
	return ask, nil, false
}

// inRegion is an operation with options of its own: to ask another region.
func inRegion[In, Out, O any](op method[In, Out, O], options ...func(*O)) method[In, Out, O] {
	return func(ctx context.Context, in *In, more ...func(*O)) (*Out, error) {
		return op(ctx, in, append(options, more...)...)
	}
}
