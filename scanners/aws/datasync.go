package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/datasync"
	"github.com/aws/aws-sdk-go-v2/service/datasync/types"

	probity "github.com/probity-scan/probity"
)

func dataSync() service {
	return service{name: "datasync", id: "DataSync",
		lists: []string{"aws_datasync_task", "aws_datasync_location"},
		calls: append(calls("ListLocations", "ListTasks"), apiece(calls("DescribeTask", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := datasync.NewFromConfig(r.cfg)
			ways := &syncWays{reader: r, api: api, uris: map[string]string{}, asked: map[string]bool{r.region: true}}
			many(r, list(r, api.ListLocations, &datasync.ListLocationsInput{},
				func(p *datasync.ListLocationsOutput) []types.LocationListEntry { return p.Locations }, "aws_datasync_location"),
				func(l types.LocationListEntry, at *probity.Origin) {
					ways.leads(l)
					r.add(Thing{Type: "aws_datasync_location", ARN: value(l.LocationArn), At: at, Attrs: attrs{"uri": l.LocationUri,
						"s3_bucket_arn": nil, "efs_file_system_arn": nil, "fsx_filesystem_arn": nil, "tags": r.dataSyncTags(api, l.LocationArn)}})
				})
			many(r, list(r, api.ListTasks, &datasync.ListTasksInput{},
				func(p *datasync.ListTasksOutput) []types.TaskListEntry { return p.Tasks }, "aws_datasync_task"),
				func(t types.TaskListEntry, at *probity.Origin) { ways.task(t, at) })
			ways.copies()
		}}
}

func (r *reader) dataSyncTags(api *datasync.Client, arn *string) any {
	return askFor(r, r.tagPaths(), api.ListTagsForResource, &datasync.ListTagsForResourceInput{ResourceArn: arn}).get(func(o *datasync.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.TagListEntry) (*string, *string) { return t.Key, t.Value })
	})
}
