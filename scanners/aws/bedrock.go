package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrock/types"

	probity "github.com/probity-scan/probity"
)

func bedrockService() service {
	return service{name: "bedrock", id: "Bedrock",
		lists: []string{"aws_bedrock_model_invocation_logging_configuration", "aws_bedrock_custom_model"},
		calls: append(calls("GetModelInvocationLoggingConfiguration", "ListCustomModels"),
			apiece(calls("GetCustomModel", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := bedrock.NewFromConfig(r.cfg)
			r.invocations(api)
			many(r, list(r, api.ListCustomModels, &bedrock.ListCustomModelsInput{},
				func(p *bedrock.ListCustomModelsOutput) []types.CustomModelSummary { return p.ModelSummaries }, "aws_bedrock_custom_model"),
				func(m types.CustomModelSummary, at *probity.Origin) { r.customModel(api, m, at) })
		}}
}

// invocations: where prompts are not logged there is no log to guard.
func (r *reader) invocations(api *bedrock.Client) {
	const typ = "aws_bedrock_model_invocation_logging_configuration"
	is := ask(r, api.GetModelInvocationLoggingConfiguration, &bedrock.GetModelInvocationLoggingConfigurationInput{}, mute)
	set := value(listed(r, is, typ)).LoggingConfig
	if set == nil {
		return
	}
	large := value(value(set.CloudWatchConfig).LargeDataDeliveryS3Config).BucketName
	r.add(Thing{Type: typ, ARN: r.arn("bedrock", "model-invocation-logging"), At: is.at, Attrs: attrs{"tags": noTags(), "logging_config": attrs{
		"s3_config": attrs{"bucket_name": value(set.S3Config).BucketName},
		"cloudwatch_config": attrs{"log_group_name": to("aws_cloudwatch_log_group", value(set.CloudWatchConfig).LogGroupName),
			"large_data_delivery_s3_config": attrs{"bucket_name": large}},
	}}})
}

func (r *reader) customModel(api *bedrock.Client, m types.CustomModelSummary, at *probity.Origin) {
	is := ask(r, api.GetCustomModel, &bedrock.GetCustomModelInput{ModelIdentifier: m.ModelArn})
	t := Thing{Type: "aws_bedrock_custom_model", ARN: value(m.ModelArn), ID: value(m.ModelName), Created: m.CreationTime, At: at, Attrs: attrs{
		"custom_model_name":       m.ModelName,
		"custom_model_kms_key_id": is.get(func(o *bedrock.GetCustomModelOutput) any { return keyOf(o.ModelKmsKeyArn) }),
		"training_data_config": is.get(func(o *bedrock.GetCustomModelOutput) any {
			return attrs{"s3_uri": value(o.TrainingDataConfig).S3Uri}
		}),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &bedrock.ListTagsForResourceInput{ResourceARN: m.ModelArn}).get(func(o *bedrock.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
}
