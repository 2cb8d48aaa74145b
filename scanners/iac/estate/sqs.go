package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	sqsQueue    = "aws_sqs_queue"
	sqsPolicy   = "aws_sqs_queue_policy"
	sqsRedriven = "aws_sqs_queue_redrive_policy"
)

func sqs() service {
	return service{kinds: map[probity.Kind][]string{kinds.SQSQueue: {sqsQueue}}, types: []string{sqsQueue, sqsPolicy, sqsRedriven}, read: (*estate).queues}
}

func (e *estate) queues() []probity.Asset {
	splits, rest := e.beside(sqsQueue, "queue_url", []string{"name", "url"}, sqsPolicy, sqsRedriven)
	out := e.each(sqsQueue, func(r *resource.Resource) probity.Asset { return e.queue(r, splits[r.Addr]) })
	return append(out, e.ruledElsewhere(rest, kinds.SQSQueue, sqsPolicy, "policy", kinds.Queue{})...)
}

func (e *estate) queue(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.SQSQueue, r.Get("name").String())
	a.Aliases = append(a.Aliases, r.Addr+".url")
	e.encrypted(&a, r.Get("kms_master_key_id"), r.Get("sqs_managed_sse_enabled").Bool(kinds.SQSAtRest()), probity.ProviderOwned)
	a.Exposure.Declared.Policy = ruled(s, sqsPolicy, "policy", optional(r.Get("policy"), kinds.NoPolicy("queue")))
	seconds := r.Get("message_retention_seconds").Int(kinds.SQSKeptSeconds())
	a.Retention.Rules = kept(resource.Map(seconds, func(n int) int { return max(1, n/86400) }))
	redrive := ruled(s, sqsRedriven, "redrive_policy", optional(r.Get("redrive_policy"), kinds.NoText("SQS sets nothing aside unless told")))
	a.Settings = probity.SettingsOf(kinds.Queue{
		DeadLetters: resource.Map(redrive, func(t probity.Optional[string]) bool { return t.Set }),
		FIFO:        r.Get("fifo_queue").Bool(kinds.SQSOff("order")),
	})
	return a
}
