package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"

	probity "github.com/probity-scan/probity"
)

func eventsService() service {
	return service{name: "events", id: "EventBridge",
		lists: []string{"aws_cloudwatch_event_bus", "aws_cloudwatch_event_archive"},
		calls: append(calls("ListEventBuses", "ListArchives"),
			apiece(calls("DescribeEventBus", "DescribeArchive", "ListRules", "ListTargetsByRule", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := eventbridge.NewFromConfig(r.cfg)
			many(r, list(r, api.ListEventBuses, &eventbridge.ListEventBusesInput{}, func(p *eventbridge.ListEventBusesOutput) []types.EventBus { return p.EventBuses }, "aws_cloudwatch_event_bus"),
				func(b types.EventBus, at *probity.Origin) {
					r.add(eventBus(r, api, b, at))
					eventTargets(r, api, value(b.Name), value(b.Arn))
				})
			many(r, list(r, api.ListArchives, &eventbridge.ListArchivesInput{}, func(p *eventbridge.ListArchivesOutput) []types.Archive { return p.Archives }, "aws_cloudwatch_event_archive"),
				func(a types.Archive, at *probity.Origin) { r.add(eventArchive(r, api, a, at)) })
		}}
}

func eventBus(r *reader, api *eventbridge.Client, b types.EventBus, at *probity.Origin) Thing {
	t := Thing{Type: "aws_cloudwatch_event_bus", ARN: value(b.Arn), Created: b.CreationTime, At: at, Attrs: attrs{
		"name":   b.Name,
		"policy": text(value(b.Policy)),
		"kms_key_identifier": ask(r, api.DescribeEventBus, &eventbridge.DescribeEventBusInput{Name: b.Name}).get(
			func(o *eventbridge.DescribeEventBusOutput) any { return keyOf(o.KmsKeyIdentifier) }),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &eventbridge.ListTagsForResourceInput{ResourceARN: b.Arn}).get(
		func(o *eventbridge.ListTagsForResourceOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})
	return t
}

// eventArchive: archives cannot be tagged.
func eventArchive(r *reader, api *eventbridge.Client, a types.Archive, at *probity.Origin) Thing {
	return Thing{Type: "aws_cloudwatch_event_archive", ARN: r.arn("events", "archive/"+value(a.ArchiveName)), Created: a.CreationTime, At: at, Attrs: attrs{
		"name":             a.ArchiveName,
		"event_source_arn": a.EventSourceArn,
		"retention_days":   value(a.RetentionDays),
		"tags":             nil,
		"kms_key_identifier": ask(r, api.DescribeArchive, &eventbridge.DescribeArchiveInput{ArchiveName: a.ArchiveName}).get(
			func(o *eventbridge.DescribeArchiveOutput) any { return keyOf(o.KmsKeyIdentifier) }),
	}}
}
