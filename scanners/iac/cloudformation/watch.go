package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// watching is what watches over an account.
func watching() []entry {
	return []entry{
		{Type: "AWS::GuardDuty::Detector", As: "aws_guardduty_detector", Properties: properties{
			"Enable": attr("enable"), "Tags": tags, "Features": each("aws_guardduty_detector_feature", "detector_id", properties{"Name": attr("name"), "Status": attr("status")}),
			"DataSources": block("datasources", properties{"S3Logs": block("s3_logs", properties{"Enable": attr("enable")})}),
		}},
		{Type: "AWS::Macie::Session", As: "aws_macie2_account", Properties: properties{"Status": attr("status")}},
		{Type: "AWS::AccessAnalyzer::Analyzer", As: "aws_accessanalyzer_analyzer", Properties: properties{
			"AnalyzerName": attr("analyzer_name"), "Type": attr("type"), "Tags": tags,
		}},
		{Type: "AWS::Config::ConfigurationRecorder", As: "aws_config_configuration_recorder", Ref: "name", Properties: properties{"Name": attr("name"),
			"RecordingGroup": block("recording_group", properties{"AllSupported": attr("all_supported"), "ResourceTypes": attr("resource_types"),
				"ExclusionByResourceTypes": block("exclusion_by_resource_types", properties{"ResourceTypes": attr("resource_types")})})},
			After: func(t *translation) {
				started := resource.Value{Data: true, At: &probity.Origin{Default: "CloudFormation starts a recorder as soon as it can deliver"}}
				t.part("aws_config_configuration_recorder_status", "name", resource.Value{At: t.of.At}).Attrs["is_enabled"] = started
			}},
	}
}
