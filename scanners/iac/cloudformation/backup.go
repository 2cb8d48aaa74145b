package cloudformation

import (
	"strings"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// backups are plans, and what they are for.
func backups() []entry {
	lifecycle := block("lifecycle", properties{"DeleteAfterDays": attr("delete_after"), "MoveToColdStorageAfterDays": attr("cold_storage_after")})
	return []entry{
		{Type: "AWS::Backup::BackupPlan", As: "aws_backup_plan", Attributes: map[string]string{"BackupPlanId": "id", "BackupPlanArn": "arn"}, Properties: properties{
			"BackupPlanTags": tags,
			"BackupPlan": flat(properties{"BackupPlanName": attr("name"), "BackupPlanRule": block("rule", properties{
				"RuleName": attr("rule_name"), "TargetBackupVault": attr("target_vault_name"), "EnableContinuousBackup": attr("enable_continuous_backup"), "Lifecycle": lifecycle,
				"CopyActions": block("copy_action", properties{"DestinationBackupVaultArn": attr("destination_vault_arn"), "Lifecycle": lifecycle}),
			})}),
		}},
		{Type: "AWS::Backup::BackupSelection", As: "aws_backup_selection", Properties: properties{
			"BackupPlanId": attr("plan_id"),
			"BackupSelection": flat(properties{
				"SelectionName": attr("name"), "Resources": attr("resources"), "NotResources": attr("not_resources"),
				"ListOfTags": block("selection_tag", properties{"ConditionType": attr("type"), "ConditionKey": attr("key"), "ConditionValue": attr("value")}),
				"Conditions": block("condition", properties{
					"StringEquals": tagged("string_equals"), "StringNotEquals": tagged("string_not_equals"), "StringLike": tagged("string_like"), "StringNotLike": tagged("string_not_like"),
				}),
			}),
		}},
		{Type: "AWS::Backup::LogicallyAirGappedBackupVault", As: "aws_backup_logically_air_gapped_vault", Ref: "name", Attributes: map[string]string{"BackupVaultArn": "arn"}, Properties: properties{
			"BackupVaultName": attr("name"), "BackupVaultTags": tags, "EncryptionKeyArn": attr("encryption_key_arn"),
			"MinRetentionDays": attr("min_retention_days"), "MaxRetentionDays": attr("max_retention_days"),
		}},
	}
}

// tagged is a condition on tags: aws:ResourceTag/name.
func tagged(name string) property {
	bare := func(v resource.Value) resource.Value {
		if s := v.String(); s != "" {
			v.Data = strings.TrimPrefix(s, "aws:ResourceTag/")
		}
		return v
	}
	return block(name, properties{"ConditionKey": turned("key", bare), "ConditionValue": attr("value")})
}
