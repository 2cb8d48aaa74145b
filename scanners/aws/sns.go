package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sns/types"

	probity "github.com/probity-scan/probity"
)

func snsService() service {
	return service{name: "sns", id: "SNS",
		lists: []string{"aws_sns_topic"},
		calls: append(calls("ListTopics", "ListSubscriptions"), apiece(calls("GetTopicAttributes", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := sns.NewFromConfig(r.cfg)
			many(r, list(r, api.ListTopics, &sns.ListTopicsInput{},
				func(p *sns.ListTopicsOutput) []types.Topic { return p.Topics }, "aws_sns_topic"),
				func(topic types.Topic, at *probity.Origin) { r.add(snsTopic(r, api, value(topic.TopicArn), at)) })
			for s, at := range list(r, api.ListSubscriptions, &sns.ListSubscriptionsInput{},
				func(p *sns.ListSubscriptionsOutput) []types.Subscription { return p.Subscriptions }, "aws_sns_topic_subscription") {
				subscribed(r, s, at)
			}
		}}
}

func snsTopic(r *reader, api *sns.Client, arn string, at *probity.Origin) Thing {
	said := ask(r, api.GetTopicAttributes, &sns.GetTopicAttributesInput{TopicArn: &arn})
	of := func(attribute string, as func(string) any) any {
		return said.get(func(o *sns.GetTopicAttributesOutput) any {
			if v := o.Attributes[attribute]; v != "" {
				return as(v)
			}
			return nil
		})
	}
	t := Thing{Type: "aws_sns_topic", ARN: arn, ID: arn, At: at, Attrs: attrs{
		"name":              arn[strings.LastIndexByte(arn, ':')+1:],
		"kms_master_key_id": of("KmsMasterKeyId", func(s string) any { return key(s) }),
		"policy":            of("Policy", func(s string) any { return s }),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &sns.ListTagsForResourceInput{ResourceArn: &arn}).get(func(o *sns.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	return t
}

// subscribed takes who gets a topic's messages. An endpoint that is no ARN may be a person's address, and is not kept; who has
// not confirmed gets nothing.
func subscribed(r *reader, s types.Subscription, at *probity.Origin) {
	arn := value(s.SubscriptionArn)
	if !strings.HasPrefix(arn, "arn:") {
		return
	}
	a := attrs{"topic_arn": s.TopicArn, "protocol": s.Protocol, "endpoint": nil}
	if strings.HasPrefix(value(s.Endpoint), "arn:") {
		a["endpoint"] = s.Endpoint
	}
	r.add(Thing{Type: "aws_sns_topic_subscription", ARN: arn, At: at, Attrs: a})
}
