package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	snsTopic        = "aws_sns_topic"
	snsPolicy       = "aws_sns_topic_policy"
	snsSubscription = "aws_sns_topic_subscription"
)

func sns() service {
	return service{kinds: map[probity.Kind][]string{kinds.SNSTopic: {snsTopic}}, types: []string{snsTopic, snsPolicy, snsSubscription}, read: (*estate).topics}
}

func (e *estate) topics() []probity.Asset {
	splits, rest := e.beside(snsTopic, "arn", []string{"name"}, snsPolicy)
	readers, _ := e.beside(snsTopic, "topic_arn", []string{"name"}, snsSubscription)
	out := e.each(snsTopic, func(r *resource.Resource) probity.Asset { return e.topic(r, splits[r.Addr], readers[r.Addr]) })
	return append(out, e.ruledElsewhere(rest, kinds.SNSTopic, snsPolicy, "policy", kinds.Topic{})...)
}

func (e *estate) topic(r *resource.Resource, s, readers *split) probity.Asset {
	a := e.asset(r, kinds.SNSTopic, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_master_key_id"), kinds.SNSAtRest(), probity.NoKey)
	a.Exposure.Declared.Policy = ruled(s, snsPolicy, "policy", optional(r.Get("policy"), kinds.NoPolicy("topic")))
	var plain []string
	gap := readers.doubt[snsSubscription]
	for _, sub := range readers.parts[snsSubscription] {
		e.receives(sub.Get("endpoint"), probity.CopyOf, a.Ref)
		switch protocol := sub.Get("protocol"); {
		case protocol.String() == "http":
			plain = append(plain, sub.Addr)
		case protocol.Gap() != nil:
			gap = protocol.Gap()
		}
	}
	l := probity.Whole(r.At, plain...)
	if gap != nil {
		l = probity.Open(*gap, r.At, plain...)
	}
	a.Settings = probity.SettingsOf(kinds.Topic{Plain: l})
	return a
}
