package aws

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

func lambdaService() service {
	return service{name: "lambda", id: "Lambda",
		lists: []string{"aws_lambda_function", "aws_lambda_layer_version"},
		calls: append(calls("ListFunctions", "ListLayers"), apiece(calls("GetPolicy", "ListTags", "GetLayerVersionPolicy")...)...),
		read: func(r *reader) {
			api := lambda.NewFromConfig(r.cfg)
			many(r, list(r, api.ListFunctions, &lambda.ListFunctionsInput{},
				func(p *lambda.ListFunctionsOutput) []types.FunctionConfiguration { return p.Functions }, "aws_lambda_function"),
				func(f types.FunctionConfiguration, at *probity.Origin) { r.function(api, f, at) })
			many(r, list(r, api.ListLayers, &lambda.ListLayersInput{},
				func(p *lambda.ListLayersOutput) []types.LayersListItem { return p.Layers }, "aws_lambda_layer_version"),
				func(l types.LayersListItem, at *probity.Origin) { r.layer(api, l, at) })
		}}
}

func (r *reader) function(api *lambda.Client, f types.FunctionConfiguration, at *probity.Origin) {
	policy := ask(r, api.GetPolicy, &lambda.GetPolicyInput{FunctionName: f.FunctionName}, "ResourceNotFoundException")
	t := Thing{Type: "aws_lambda_function", ARN: value(f.FunctionArn), ID: value(f.FunctionName), At: at, Attrs: attrs{
		"function_name": f.FunctionName,
		"kms_key_arn":   keyOf(f.KMSKeyArn),
		"environment":   environment(f.Environment, at),
		"policy":        policy.get(func(o *lambda.GetPolicyOutput) any { return o.Policy }),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTags, &lambda.ListTagsInput{Resource: f.FunctionArn}).get(func(o *lambda.ListTagsOutput) any { return o.Tags })
	r.add(t)
}

// environment are a function's variables, veiled. They cannot be read without the right to decrypt them.
func environment(e *types.EnvironmentResponse, at *probity.Origin) any {
	switch {
	case e == nil:
		return nil
	case e.Error != nil:
		return attrs{"variables": unread{probity.Gap{Reason: probity.Denied, Because: "its variables cannot be decrypted", Needs: "kms:Decrypt"}}}
	case len(e.Variables) == 0:
		return attrs{"variables": nil}
	}
	return attrs{"variables": estate.Veiled(e.Variables, at)}
}

// layer asks for the policy of a layer's latest version: each version has its own.
func (r *reader) layer(api *lambda.Client, l types.LayersListItem, at *probity.Origin) {
	latest := value(l.LatestMatchingVersion)
	t := Thing{Type: "aws_lambda_layer_version", ARN: value(latest.LayerVersionArn), ID: value(l.LayerName), At: at, Attrs: attrs{"layer_name": l.LayerName, "tags": noTags()}}
	if made, err := time.Parse("2006-01-02T15:04:05.000-0700", value(latest.CreatedDate)); err == nil {
		t.Created = &made
	}
	policy := ask(r, api.GetLayerVersionPolicy, &lambda.GetLayerVersionPolicyInput{LayerName: l.LayerName, VersionNumber: &latest.Version}, "ResourceNotFoundException")
	t.Attrs["policy"] = policy.get(func(o *lambda.GetLayerVersionPolicyOutput) any { return o.Policy })
	r.add(t)
}
