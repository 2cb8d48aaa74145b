package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func cloudTrail() []entry {
	selectors := block("advanced_event_selector", properties{
		"FieldSelectors": block("field_selector", properties{"Field": attr("field"), "Equals": attr("equals"), "StartsWith": attr("starts_with"),
			"EndsWith": attr("ends_with"), "NotEquals": attr("not_equals"), "NotStartsWith": attr("not_starts_with"), "NotEndsWith": attr("not_ends_with")}),
	})
	return []entry{{Type: "AWS::CloudTrail::Trail", As: "aws_cloudtrail", Properties: properties{
		"TrailName":                 attr("name"),
		"S3BucketName":              attr("s3_bucket_name"),
		"KMSKeyId":                  attr("kms_key_id"),
		"CloudWatchLogsLogGroupArn": attr("cloud_watch_logs_group_arn"),
		"IsLogging":                 attr("enable_logging"),
		"IsMultiRegionTrail":        attr("is_multi_region_trail"),
		"IsOrganizationTrail":       attr("is_organization_trail"),
		"EnableLogFileValidation":   attr("enable_log_file_validation"),
		"EventSelectors": block("event_selector", properties{
			"ReadWriteType":           attr("read_write_type"),
			"IncludeManagementEvents": attr("include_management_events"),
			"DataResources":           block("data_resource", properties{"Type": attr("type"), "Values": attr("values")}),
		}),
		"AdvancedEventSelectors": selectors,
		"Tags":                   tags,
	}}, {Type: "AWS::CloudTrail::EventDataStore", As: "aws_cloudtrail_event_data_store", Attributes: map[string]string{"EventDataStoreArn": "arn"}, Properties: properties{
		"Name": attr("name"), "KmsKeyId": attr("kms_key_id"), "MultiRegionEnabled": attr("multi_region_enabled"), "OrganizationEnabled": attr("organization_enabled"),
		"RetentionPeriod": attr("retention_period"), "TerminationProtectionEnabled": attr("termination_protection_enabled"),
		"IngestionEnabled":       turned("suspend", negated),
		"AdvancedEventSelectors": selectors, "Tags": tags,
	}}}
}

// negated is a switch that is said the other way round.
func negated(v resource.Value) resource.Value {
	if on, known := v.Bool(probity.Fact[bool]{}).Get(); known {
		v.Data = !on
	}
	return v
}
