package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	probity "github.com/probity-scan/probity"
)

// ssmService reads what is told about parameters, and never a value.
func ssmService() service {
	return service{name: "ssm", id: "SSM",
		lists: []string{"aws_ssm_parameter"},
		calls: append(calls("DescribeParameters"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api, most := ssm.NewFromConfig(r.cfg), int32(50)
			many(r, list(r, api.DescribeParameters, &ssm.DescribeParametersInput{MaxResults: &most},
				func(p *ssm.DescribeParametersOutput) []types.ParameterMetadata { return p.Parameters }, "aws_ssm_parameter"),
				func(p types.ParameterMetadata, at *probity.Origin) { r.add(ssmParameter(r, api, p, at)) })
		}}
}

func ssmParameter(r *reader, api *ssm.Client, p types.ParameterMetadata, at *probity.Origin) Thing {
	arn := value(p.ARN)
	if arn == "" {
		arn = r.arn("ssm", parameterPath(value(p.Name)))
	}
	t := Thing{Type: "aws_ssm_parameter", ARN: arn, At: at, Attrs: attrs{
		"name":     p.Name,
		"type":     text(string(p.Type)),
		"key_id":   keyOf(p.KeyId),
		"value":    onlyCode{},
		"value_wo": nil, "insecure_value": nil,
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &ssm.ListTagsForResourceInput{ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: p.Name}).get(
		func(o *ssm.ListTagsForResourceOutput) any {
			return tags(o.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})
	return t
}

// parameterPath: in an ARN, a name's own slash stands for the one after the type.
func parameterPath(name string) string {
	if name != "" && name[0] == '/' {
		return "parameter" + name
	}
	return "parameter/" + name
}
