package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"

	probity "github.com/probity-scan/probity"
)

func kinesisService() service {
	return service{name: "kinesis", id: "Kinesis",
		lists: []string{"aws_kinesis_stream"},
		calls: append(calls("ListStreams"), apiece(calls("DescribeStreamSummary", "GetResourcePolicy", "ListTagsForStream")...)...),
		read: func(r *reader) {
			api := kinesis.NewFromConfig(r.cfg)
			many(r, list(r, api.ListStreams, &kinesis.ListStreamsInput{}, streamNames, "aws_kinesis_stream"),
				func(s types.StreamSummary, at *probity.Origin) { kinesisStream(r, api, s, at) })
		}}
}

// streamNames are the streams of a page: older endpoints list names alone.
func streamNames(p *kinesis.ListStreamsOutput) []types.StreamSummary {
	if len(p.StreamSummaries) > 0 {
		return p.StreamSummaries
	}
	out := make([]types.StreamSummary, len(p.StreamNames))
	for i := range p.StreamNames {
		out[i].StreamName = &p.StreamNames[i]
	}
	return out
}

func kinesisStream(r *reader, api *kinesis.Client, s types.StreamSummary, at *probity.Origin) {
	arn := value(s.StreamARN)
	if arn == "" {
		arn = r.arn("kinesis", "stream/"+value(s.StreamName))
	}
	said := ask(r, api.DescribeStreamSummary, &kinesis.DescribeStreamSummaryInput{StreamARN: &arn})
	if said.out != nil && said.out.StreamDescriptionSummary == nil {
		said.out, said.gap = nil, silent("kinesis:DescribeStreamSummary")
	}
	of := func(get func(*types.StreamDescriptionSummary) any) any {
		return said.get(func(o *kinesis.DescribeStreamSummaryOutput) any { return get(o.StreamDescriptionSummary) })
	}
	t := Thing{Type: "aws_kinesis_stream", ARN: arn, ID: arn, Created: s.StreamCreationTimestamp, At: at, Attrs: attrs{
		"name":             s.StreamName,
		"encryption_type":  of(func(d *types.StreamDescriptionSummary) any { return text(string(d.EncryptionType)) }),
		"kms_key_id":       of(func(d *types.StreamDescriptionSummary) any { return keyOf(d.KeyId) }),
		"retention_period": of(func(d *types.StreamDescriptionSummary) any { return d.RetentionPeriodHours }),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForStream, &kinesis.ListTagsForStreamInput{StreamARN: &arn}).get(func(o *kinesis.ListTagsForStreamOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
	policy := ask(r, api.GetResourcePolicy, &kinesis.GetResourcePolicyInput{ResourceARN: &arn}, "ResourceNotFoundException")
	r.add(Thing{Type: "aws_kinesis_resource_policy", ID: arn + "/policy", At: policy.at, Attrs: attrs{"resource_arn": arn,
		"policy": policy.get(func(o *kinesis.GetResourcePolicyOutput) any {
			return text(strings.TrimPrefix(value(o.Policy), "{}")) // which is that of a stream without one
		})}})
}

// text is one that may be empty, which says that there is none.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
