package cloudformation

import (
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// compute is what runs code, and what its configuration holds.
func compute() []entry {
	function := func() properties {
		return properties{"FunctionName": attr("function_name"), "KmsKeyArn": attr("kms_key_arn"), "Tags": tags,
			"Environment": block("environment", properties{"Variables": attr("variables")})}
	}
	return []entry{
		{Type: "AWS::Lambda::Function", As: "aws_lambda_function", Ref: "function_name", Properties: function()},
		{Type: "AWS::Serverless::Function", As: "aws_lambda_function", Ref: "function_name", Properties: with(function(), properties{
			"FunctionUrlConfig": part("aws_lambda_function_url", "function_name", properties{"AuthType": attr("authorization_type")}),
		})},
		{Type: "AWS::Lambda::Permission", As: "aws_lambda_permission", Properties: properties{
			"FunctionName": attr("function_name"), "Principal": attr("principal"), "Action": attr("action"), "SourceAccount": attr("source_account"),
			"SourceArn": attr("source_arn"), "PrincipalOrgID": attr("principal_org_id"), "FunctionUrlAuthType": attr("function_url_auth_type"),
		}},
		{Type: "AWS::Lambda::LayerVersion", As: "aws_lambda_layer_version", Ref: "layer_name", Properties: properties{"LayerName": attr("layer_name")}},
		{Type: "AWS::Serverless::LayerVersion", As: "aws_lambda_layer_version", Ref: "layer_name", Properties: properties{"LayerName": attr("layer_name")}},
		{Type: "AWS::Lambda::LayerVersionPermission", As: "aws_lambda_layer_version_permission", Properties: properties{
			"LayerVersionArn": attr("layer_name"), "Principal": attr("principal"), "Action": attr("action"), "OrganizationId": attr("organization_id"),
		}},
		{Type: "AWS::ECS::TaskDefinition", As: "aws_ecs_task_definition", Properties: properties{
			"Family": attr("family"), "ContainerDefinitions": containers, "Tags": tags,
		}},
		{Type: "AWS::StepFunctions::StateMachine", As: "aws_sfn_state_machine", Ref: "arn", Properties: machine("StateMachineName")},
		{Type: "AWS::Serverless::StateMachine", As: "aws_sfn_state_machine", Ref: "arn", Properties: machine("Name")},
		{Type: "AWS::EKS::Cluster", As: "aws_eks_cluster", Ref: "name", Properties: properties{
			"Name": attr("name"), "Version": attr("version"), "Tags": tags,
			"EncryptionConfig": block("encryption_config", properties{"Resources": attr("resources"), "Provider": block("provider", properties{"KeyArn": attr("key_arn")})}),
			"Logging":          flat(properties{"ClusterLogging": flat(properties{"EnabledTypes": logTypes})}),
			"ResourcesVpcConfig": block("vpc_config", properties{
				"EndpointPublicAccess": attr("endpoint_public_access"), "PublicAccessCidrs": attr("public_access_cidrs"),
			}),
		}},
	}
}

// machine is told by its definition, as an object or as a text.
func machine(name string) properties {
	return properties{name: attr("name"), "Tags": tags, "Definition": document("definition"), "DefinitionString": document("definition"),
		"EncryptionConfiguration": block("encryption_configuration", properties{"KmsKeyId": attr("kms_key_id")})}
}

// logTypes are objects here and texts there.
func logTypes(t *translation, v resource.Value) {
	if list, ok := v.Data.(resource.List); ok {
		out := resource.List{Rest: list.Rest}
		for _, i := range list.Items {
			if b, ok := i.Data.(*resource.Block); ok {
				i = b.Get("Type")
			}
			out.Items = append(out.Items, i)
		}
		v.Data = out
	}
	t.out.Attrs["enabled_cluster_log_types"] = v
}

// containers become the JSON text that Terraform has, with what can hold a secret only. One value that is not known must not
// hide the others: it is told as what another resource fills in.
func containers(t *translation, v resource.Value) {
	v = properties{"Name": attr("name"), "Environment": block("environment", properties{"Name": attr("name"), "Value": filled})}.within(t, v)
	t.out.Attrs["container_definitions"] = template.JSON(v)
}

func filled(t *translation, v resource.Value) {
	if _, lost := v.Data.(resource.Unknown); lost {
		v.Data = "${parameter.value}"
	}
	t.out.Attrs["value"] = v
}
