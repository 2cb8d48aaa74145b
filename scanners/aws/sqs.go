package aws

import (
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	probity "github.com/probity-scan/probity"
)

func sqsService() service {
	return service{name: "sqs", id: "SQS",
		lists: []string{"aws_sqs_queue"},
		calls: append(calls("ListQueues"), apiece(calls("GetQueueAttributes", "ListQueueTags")...)...),
		read: func(r *reader) {
			api, most := sqs.NewFromConfig(r.cfg), int32(1000) // without it a listing ends after as many, and does not say so
			many(r, list(r, api.ListQueues, &sqs.ListQueuesInput{MaxResults: &most},
				func(p *sqs.ListQueuesOutput) []string { return p.QueueUrls }, "aws_sqs_queue"),
				func(url string, at *probity.Origin) { r.add(sqsQueue(r, api, url, at)) })
		}}
}

func sqsQueue(r *reader, api *sqs.Client, url string, at *probity.Origin) Thing {
	name := url[strings.LastIndexByte(url, '/')+1:]
	said := ask(r, api.GetQueueAttributes, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameAll}})
	of := func(attribute types.QueueAttributeName, as func(string) any) any {
		return said.get(func(o *sqs.GetQueueAttributesOutput) any {
			if v, told := o.Attributes[string(attribute)]; told && v != "" {
				return as(v)
			}
			return nil
		})
	}
	text := func(s string) any { return s }
	t := Thing{Type: "aws_sqs_queue", ARN: r.arn("sqs", name), ID: url, Names: []string{url}, At: at, Attrs: attrs{
		"name":                      name,
		"url":                       url,
		"kms_master_key_id":         of(types.QueueAttributeNameKmsMasterKeyId, func(s string) any { return key(s) }),
		"sqs_managed_sse_enabled":   of(types.QueueAttributeNameSqsManagedSseEnabled, func(s string) any { return s == "true" }),
		"policy":                    of(types.QueueAttributeNamePolicy, text),
		"redrive_policy":            of(types.QueueAttributeNameRedrivePolicy, text),
		"fifo_queue":                of(types.QueueAttributeNameFifoQueue, func(s string) any { return s == "true" }),
		"message_retention_seconds": of(types.QueueAttributeNameMessageRetentionPeriod, number),
	}}
	if said.out != nil {
		t.Created = seconds(said.out.Attributes[string(types.QueueAttributeNameCreatedTimestamp)])
	}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListQueueTags, &sqs.ListQueueTagsInput{QueueUrl: &url}).get(func(o *sqs.ListQueueTagsOutput) any { return o.Tags })
	return t
}

// number reads one that a service gives as a text.
func number(s string) any {
	n, err := strconv.Atoi(s)
	if err != nil {
		return unread{probity.Gap{Reason: probity.Unreadable, Because: "the answer is no number"}}
	}
	return n
}
