package aws

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/objects"
)

const sampledItems = 1000

// table samples a table's items: all of a small one, else pages from random parts of its range of keys.
func (x *sampling) table(ctx context.Context) error {
	api := dynamodb.NewFromConfig(x.cfg)
	name := x.name()
	want := above(x.budget().Rows, sampledItems)
	told, err := api.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		x.miss(x.permit.gap(err))
		return ctx.Err()
	}
	d := &items{sampling: x, tally: x.s.o.Tally(), columns: map[string]func([]byte){}}
	parts, items := 1, int(value(told.Table.ItemCount))
	if items > 2*want {
		parts = min(1_000_000, max(2, items/(want/20+1))) // about twenty pages of a few items each
	}
	for _, part := range chosenParts(parts) {
		if err := d.part(ctx, api, name, part, parts, want); err != nil {
			x.miss(x.permit.gap(err))
			if ctx.Err() != nil {
				return ctx.Err()
			}
			break
		}
		if d.read >= want || d.over {
			break
		}
	}
	d.give(items, parts == 1 && d.whole)
	return nil
}

// chosenParts are some parts of a table, in random order.
func chosenParts(parts int) []int {
	if parts <= 200 {
		return rand.Perm(parts)
	}
	var out []int
	for len(out) < 200 {
		if n := rand.N(parts); !slices.Contains(out, n) { //nolint:gosec // spreads the sample, guards nothing
			out = append(out, n)
		}
	}
	return out
}

// items counts what the items of a table hold.
type items struct {
	*sampling
	tally   objects.Tally
	columns map[string]func([]byte)
	read    int
	whole   bool
	over    bool
}

// part reads one part of the range of keys, as far as the budget goes.
func (d *items) part(ctx context.Context, api *dynamodb.Client, table string, part, of, want int) error {
	in := &dynamodb.ScanInput{TableName: &table}
	if of > 1 {
		segment, total := int32(part), int32(of) //nolint:gosec // at most a million
		in.Segment, in.TotalSegments = &segment, &total
	}
	d.whole = false
	for d.read < want {
		if d.sampling.read.Bytes >= d.budget().Total || !d.spend() {
			d.over = true
			d.miss(probity.Gap{Reason: probity.Sampled, Because: "the budget of the store is used up", Needs: "a larger --sample-bytes or --sample-cost"})
			return nil
		}
		limit := int32(min(want-d.read, 500)) //nolint:gosec // small
		in.Limit = &limit
		out, err := api.Scan(ctx, in)
		if err != nil {
			return err
		}
		for _, item := range out.Items {
			d.item(item)
		}
		if in.ExclusiveStartKey = out.LastEvaluatedKey; len(out.LastEvaluatedKey) == 0 {
			d.whole = true
			return nil
		}
	}
	return nil
}

func (d *items) item(item map[string]types.AttributeValue) {
	d.read++
	d.sampling.read.Objects++
	for name, v := range item {
		d.attribute(name, name, v)
	}
}

// attribute hands over each text and number, under the path of its attribute.
func (d *items) attribute(on, name string, v types.AttributeValue) {
	switch a := v.(type) {
	case *types.AttributeValueMemberS:
		d.cell(on, name, a.Value)
	case *types.AttributeValueMemberN:
		d.cell(on, name, a.Value)
	case *types.AttributeValueMemberB:
		d.sampling.read.Bytes += int64(len(a.Value))
	case *types.AttributeValueMemberSS:
		for _, s := range a.Value {
			d.cell(on+"[]", name, s)
		}
	case *types.AttributeValueMemberNS:
		for _, s := range a.Value {
			d.cell(on+"[]", name, s)
		}
	case *types.AttributeValueMemberL:
		for _, e := range a.Value {
			d.attribute(on+"[]", name, e)
		}
	case *types.AttributeValueMemberM:
		for k, e := range a.Value {
			d.attribute(on+"."+k, k, e)
		}
	}
}

const maxColumns = 2000

func (d *items) cell(on, name, text string) {
	d.sampling.read.Bytes += int64(len(text))
	add := d.columns[on]
	if add == nil {
		if len(d.columns) >= maxColumns {
			on, name = "*", ""
		}
		if add = d.columns[on]; add == nil {
			add = d.tally.Column(on, name)
			d.columns[on] = add
		}
	}
	add([]byte(text))
}

// give sums the labels up; items is how many the table holds, as it tells now and then.
func (d *items) give(items int, whole bool) {
	method := "random"
	if whole {
		method = "all"
	} else {
		d.miss(probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d of about %d items read, from random parts of the range of keys", d.read, max(items, d.read)), Needs: "a larger --rows"})
	}
	for _, l := range d.tally.Labels() {
		l.AsOf, l.Origin = d.now, &probity.Origin{Call: "dynamodb:Scan", At: d.now}
		l.Sample.Unit, l.Sample.Method = "items", method
		l.Sample.Total = probity.Missing[int](probity.Gap{Reason: probity.Sampled, Because: "the table counts its items every six hours"}, nil)
		if whole {
			l.Sample.Total = probity.Known(d.read, nil)
		}
		d.labels.Add("", l.On, l)
	}
}
