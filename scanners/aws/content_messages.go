package aws

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/objects"
)

// What passes through a store is peeked at: it is read where somebody asked for that service by name, because reading costs,
// or shows in what consumers see.

const (
	sampledMessages = 100
	sampledShards   = 8
)

// messages are texts that a store passes on.
type messages struct {
	*sampling
	text bytes.Buffer
	n    int
}

// add takes a message; one that is JSON is written in one line.
func (m *messages) add(b []byte) {
	m.n++
	if json.Valid(b) && json.Compact(&m.text, b) == nil {
		m.text.WriteByte('\n')
		return
	}
	m.text.Write(b)
	m.text.WriteByte('\n')
}

func (m *messages) full() bool {
	return m.n >= sampledMessages || int64(m.text.Len()) >= m.budget().Total
}

// sum says what the messages hold. Nobody knows what passes at other times.
func (m *messages) sum(ctx context.Context, what string) error {
	if m.n > 0 {
		got, err := m.look(ctx, objects.Object{Hint: what}, &m.text, m.budget().Total)
		if err != nil {
			return err
		}
		m.read.Objects = m.n
		for _, l := range got.found {
			l.AsOf, l.Origin, l.On = m.now, &probity.Origin{Call: m.origin(), At: m.now}, cmp.Or(l.Column, what)
			l.Sample.Unit, l.Sample.Method = "cells", "first"
			m.labels.Add("", l.On, l.Label)
		}
	}
	m.miss(probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d %s read; what passes at other times is not known", m.n, what)})
	return nil
}

// stream peeks at the oldest records of some shards.
func (x *sampling) stream(ctx context.Context) error {
	api, m := kinesis.NewFromConfig(x.cfg), &messages{sampling: x}
	name := x.name()
	shards, err := api.ListShards(ctx, &kinesis.ListShardsInput{StreamName: &name})
	if err != nil {
		x.miss(x.permit.gap(err))
		return ctx.Err()
	}
	for _, s := range shards.Shards[:min(len(shards.Shards), sampledShards)] {
		if m.full() || !x.spend() {
			break
		}
		it, err := api.GetShardIterator(ctx, &kinesis.GetShardIteratorInput{StreamName: &name, ShardId: s.ShardId, ShardIteratorType: types.ShardIteratorTypeTrimHorizon})
		if err != nil {
			x.miss(x.permit.gap(err))
			break
		}
		few := int32(sampledMessages)
		out, err := api.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: it.ShardIterator, Limit: &few})
		if err != nil {
			x.miss(x.permit.gap(err))
			break
		}
		for _, r := range out.Records {
			m.add(r.Data)
		}
	}
	return m.sum(ctx, "records")
}

// logs reads some events of the last week.
func (x *sampling) logs(ctx context.Context) error {
	api, m := cloudwatchlogs.NewFromConfig(x.cfg), &messages{sampling: x}
	name := strings.TrimSuffix(x.store.ID[strings.Index(x.store.ID, ":log-group:")+len(":log-group:"):], ":*")
	since, few := x.now.Add(-7*24*time.Hour).UnixMilli(), int32(sampledMessages)
	if !x.spend() {
		return m.sum(ctx, "log events")
	}
	for page, err := range pages(ctx, api.FilterLogEvents, &cloudwatchlogs.FilterLogEventsInput{LogGroupName: &name, StartTime: &since, Limit: &few}) {
		if err != nil {
			x.miss(x.permit.gap(err))
			break
		}
		for _, e := range page.Events {
			m.add([]byte(value(e.Message)))
		}
		if m.full() || !x.spend() {
			break
		}
	}
	return m.sum(ctx, "log events")
}

// queue peeks at messages and gives them back at once. Each peek counts as a receive: a queue with a dead-letter queue behind
// it is left alone, for that may move them.
func (x *sampling) queue(ctx context.Context) error {
	api, m := sqs.NewFromConfig(x.cfg), &messages{sampling: x}
	name := x.name()
	at, err := api.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: &name})
	if err != nil {
		x.miss(x.permit.gap(err))
		return ctx.Err()
	}
	set, err := api.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: at.QueueUrl, AttributeNames: sqsRedrive()})
	if err != nil {
		x.miss(x.permit.gap(err))
		return ctx.Err()
	}
	if set.Attributes["RedrivePolicy"] != "" {
		x.miss(probity.Gap{Reason: probity.Filtered, Because: "a peek may move messages to its dead-letter queue"})
		return nil
	}
	for range 5 {
		if m.full() || !x.spend() {
			break
		}
		out, err := api.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: at.QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0})
		if err != nil {
			x.miss(x.permit.gap(err))
			break
		}
		if len(out.Messages) == 0 {
			break
		}
		for _, msg := range out.Messages {
			m.add([]byte(value(msg.Body)))
		}
	}
	return m.sum(ctx, "messages")
}
