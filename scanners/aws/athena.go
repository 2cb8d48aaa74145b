package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"

	probity "github.com/probity-scan/probity"
)

func athenaService() service {
	return service{name: "athena", id: "Athena",
		lists: []string{"aws_athena_workgroup"},
		calls: append(calls("ListWorkGroups"), apiece(calls("GetWorkGroup", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := athena.NewFromConfig(r.cfg)
			many(r, list(r, api.ListWorkGroups, &athena.ListWorkGroupsInput{},
				func(p *athena.ListWorkGroupsOutput) []types.WorkGroupSummary { return p.WorkGroups }, "aws_athena_workgroup"),
				func(g types.WorkGroupSummary, at *probity.Origin) { r.workgroup(api, g, at) })
		}}
}

func (r *reader) workgroup(api *athena.Client, g types.WorkGroupSummary, at *probity.Origin) {
	t := Thing{Type: "aws_athena_workgroup", ARN: r.arn("athena", "workgroup/"+value(g.Name)), ID: value(g.Name), Created: g.CreationTime, At: at}
	is := ask(r, api.GetWorkGroup, &athena.GetWorkGroupInput{WorkGroup: g.Name})
	t.Attrs = attrs{"name": g.Name, "configuration": is.get(func(o *athena.GetWorkGroupOutput) any {
		c := value(value(o.WorkGroup).Configuration)
		return attrs{"enforce_workgroup_configuration": c.EnforceWorkGroupConfiguration, "result_configuration": results(c)}
	})}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &athena.ListTagsForResourceInput{ResourceARN: &t.ARN}).get(func(o *athena.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
}

// results are where a workgroup's results go: to a bucket, or to storage of Athena's own, which is always encrypted.
func results(c types.WorkGroupConfiguration) any {
	if m := value(c.ManagedQueryResultsConfiguration); m.Enabled {
		key := value(m.EncryptionConfiguration).KmsKey
		how := "SSE_S3"
		if key != nil {
			how = "SSE_KMS"
		}
		return attrs{"output_location": nil, "encryption_configuration": attrs{"encryption_option": how, "kms_key_arn": keyOf(key)}}
	}
	out := value(c.ResultConfiguration)
	set := attrs{"output_location": out.OutputLocation, "encryption_configuration": nil}
	if e := out.EncryptionConfiguration; e != nil {
		set["encryption_configuration"] = attrs{"encryption_option": word(e.EncryptionOption), "kms_key_arn": keyOf(e.KmsKey)}
	}
	return set
}
