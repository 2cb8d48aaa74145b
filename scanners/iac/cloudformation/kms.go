package cloudformation

import "github.com/probity-scan/probity/scanners/iac/cloudformation/template"

func kms() []entry {
	return []entry{
		{Type: "AWS::KMS::Key", As: "aws_kms_key", Attributes: map[string]string{"KeyId": "id"}, Properties: properties{
			"KeyPolicy":            document("policy"),
			"EnableKeyRotation":    attr("enable_key_rotation"),
			"RotationPeriodInDays": attr("rotation_period_in_days"),
			"PendingWindowInDays":  attr("deletion_window_in_days"),
			"Enabled":              attr("is_enabled"),
			"MultiRegion":          attr("multi_region"),
			"KeySpec":              attr("customer_master_key_spec"),
			"Tags":                 tags,
		}},
		{Type: "AWS::KMS::ReplicaKey", As: "aws_kms_replica_key", Attributes: map[string]string{"KeyId": "id"}, Properties: properties{
			"KeyPolicy": document("policy"), "PrimaryKeyArn": attr("primary_key_arn"), "Enabled": attr("enabled"), "PendingWindowInDays": attr("deletion_window_in_days"), "Tags": tags,
		}},
		{Type: "AWS::KMS::Alias", As: "aws_kms_alias", Ref: "name", Properties: properties{"AliasName": attr("name"), "TargetKeyId": attr("target_key_id")},
			Says: func(a template.Attribute) string {
				if a.Name != "" {
					return ""
				}
				return a.Property("AliasName")
			}},
	}
}
