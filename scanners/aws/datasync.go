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
			many(r, list(r, api.ListLocations, &datasync.ListLocationsInput{},
				func(p *datasync.ListLocationsOutput) []types.LocationListEntry { return p.Locations }, "aws_datasync_location"),
				func(l types.LocationListEntry, at *probity.Origin) {
					r.add(Thing{Type: "aws_datasync_location", ARN: value(l.LocationArn), At: at, Attrs: attrs{"uri": l.LocationUri,
						"s3_bucket_arn": nil, "efs_file_system_arn": nil, "fsx_filesystem_arn": nil, "tags": r.dataSyncTags(api, l.LocationArn)}})
				})
			many(r, list(r, api.ListTasks, &datasync.ListTasksInput{},
				func(p *datasync.ListTasksOutput) []types.TaskListEntry { return p.Tasks }, "aws_datasync_task"),
				func(t types.TaskListEntry, at *probity.Origin) { r.dataSyncTask(api, t, at) })
		}}
}

func (r *reader) dataSyncTask(api *datasync.Client, e types.TaskListEntry, at *probity.Origin) {
	is := ask(r, api.DescribeTask, &datasync.DescribeTaskInput{TaskArn: e.TaskArn})
	t := Thing{Type: "aws_datasync_task", ARN: value(e.TaskArn), At: at, Attrs: attrs{
		"name":                     e.Name,
		"source_location_arn":      is.get(func(o *datasync.DescribeTaskOutput) any { return to("aws_datasync_location", o.SourceLocationArn) }),
		"destination_location_arn": is.get(func(o *datasync.DescribeTaskOutput) any { return to("aws_datasync_location", o.DestinationLocationArn) }),
		"cloudwatch_log_group_arn": is.get(func(o *datasync.DescribeTaskOutput) any { return o.CloudWatchLogGroupArn }),
	}}
	if is.out != nil {
		t.Created = is.out.CreationTime
	}
	t.Attrs["tags"] = r.dataSyncTags(api, e.TaskArn)
	r.add(t)
}

func (r *reader) dataSyncTags(api *datasync.Client, arn *string) any {
	return askFor(r, r.tagPaths(), api.ListTagsForResource, &datasync.ListTagsForResourceInput{ResourceArn: arn}).get(func(o *datasync.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.TagListEntry) (*string, *string) { return t.Key, t.Value })
	})
}
