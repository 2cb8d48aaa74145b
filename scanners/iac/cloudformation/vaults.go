package cloudformation

import "github.com/probity-scan/probity/scanners/iac/resource"

func vaults() []entry {
	return []entry{
		{Type: "AWS::SecretsManager::Secret", As: "aws_secretsmanager_secret", Attributes: map[string]string{"Id": "id"}, Properties: properties{
			"Name": attr("name"), "ReplicaRegions": block("replica", properties{"Region": attr("region")}), "KmsKeyId": attr("kms_key_id"), "Tags": tags,
			"SecretString": beside("aws_secretsmanager_secret_version", "secret_id", attr("secret_string")),
		}},
		{Type: "AWS::SecretsManager::ResourcePolicy", As: "aws_secretsmanager_secret_policy", Properties: properties{
			"SecretId": attr("secret_arn"), "ResourcePolicy": document("policy"), "BlockPublicPolicy": attr("block_public_policy"),
		}},
		{Type: "AWS::SecretsManager::RotationSchedule", As: "aws_secretsmanager_secret_rotation", Properties: properties{
			"SecretId":      attr("secret_id"),
			"RotationRules": block("rotation_rules", properties{"AutomaticallyAfterDays": attr("automatically_after_days"), "ScheduleExpression": attr("schedule_expression")}),
		}},
		{Type: "AWS::SSM::Parameter", As: "aws_ssm_parameter", Ref: "name", Properties: properties{
			"Name": attr("name"), "Type": attr("type"), "Value": attr("value"), "Tags": tags,
		}},
		{Type: "AWS::Logs::LogGroup", As: "aws_cloudwatch_log_group", Ref: "name", Properties: properties{
			"LogGroupName": attr("name"), "RetentionInDays": attr("retention_in_days"), "KmsKeyId": attr("kms_key_id"), "Tags": tags,
			"DataProtectionPolicy": beside("aws_cloudwatch_log_data_protection_policy", "log_group_name", document("policy_document")),
		}},
		{Type: "AWS::Logs::SubscriptionFilter", As: "aws_cloudwatch_log_subscription_filter", Properties: properties{
			"LogGroupName": attr("log_group_name"), "DestinationArn": attr("destination_arn"),
		}},
		{Type: "AWS::Backup::BackupVault", As: "aws_backup_vault", Ref: "name", Attributes: map[string]string{"BackupVaultName": "name", "BackupVaultArn": "arn"}, Properties: properties{
			"BackupVaultName": attr("name"), "EncryptionKeyArn": attr("kms_key_arn"), "BackupVaultTags": tags,
			"AccessPolicy": beside("aws_backup_vault_policy", "backup_vault_name", document("policy")),
			"LockConfiguration": part("aws_backup_vault_lock_configuration", "backup_vault_name", properties{
				"MinRetentionDays": attr("min_retention_days"), "MaxRetentionDays": attr("max_retention_days"), "ChangeableForDays": attr("changeable_for_days"),
			}),
		}},
		{Type: "AWS::ECR::Repository", As: "aws_ecr_repository", Ref: "name", Properties: properties{
			"RepositoryName": attr("name"), "ImageTagMutability": attr("image_tag_mutability"), "Tags": tags,
			"EncryptionConfiguration":    block("encryption_configuration", properties{"EncryptionType": attr("encryption_type"), "KmsKey": attr("kms_key")}),
			"ImageScanningConfiguration": block("image_scanning_configuration", properties{"ScanOnPush": attr("scan_on_push")}),
			"RepositoryPolicyText":       beside("aws_ecr_repository_policy", "repository", document("policy")),
		}},
		{Type: "AWS::ECR::RegistryPolicy", As: "aws_ecr_registry_policy", Properties: properties{"PolicyText": document("policy")}},
		{Type: "AWS::ECR::ReplicationConfiguration", As: "aws_ecr_replication_configuration", Properties: properties{
			"ReplicationConfiguration": block("replication_configuration", properties{"Rules": block("rule", properties{
				"Destinations":      block("destination", properties{"Region": attr("region"), "RegistryId": attr("registry_id")}),
				"RepositoryFilters": block("repository_filter", properties{"Filter": attr("filter")}),
			})}),
		}},
		{Type: "AWS::Logs::Destination", As: "aws_cloudwatch_log_destination", Ref: "name", Properties: properties{
			"DestinationName": attr("name"), "TargetArn": attr("target_arn"),
			"DestinationPolicy": beside("aws_cloudwatch_log_destination_policy", "destination_name", document("access_policy")),
		}},
		{Type: "AWS::Logs::ResourcePolicy", As: "aws_cloudwatch_log_resource_policy", Ref: "policy_name", Properties: properties{
			"PolicyName": attr("policy_name"), "PolicyDocument": document("policy_document")}},
		{Type: "AWS::Logs::AccountPolicy", As: "aws_cloudwatch_log_account_policy", Properties: properties{
			"PolicyName": attr("policy_name"), "PolicyDocument": document("policy_document"), "PolicyType": attr("policy_type"), "SelectionCriteria": attr("selection_criteria")}},
		{Type: "AWS::S3::AccessPoint", As: "aws_s3_access_point", Ref: "name", Properties: properties{
			"Bucket": attr("bucket"), "Name": attr("name"), "Policy": document("policy"),
			"PublicAccessBlockConfiguration": block("public_access_block_configuration", blockSwitches()),
			"VpcConfiguration":               block("vpc_configuration", properties{"VpcId": attr("vpc_id")}),
		}},
	}
}

// beside is a property whose value a resource of its own has in Terraform, as one of its attributes.
func beside(typ, owner string, as property) property {
	return func(t *translation, v resource.Value) {
		p := t.part(typ, owner, v)
		outer := t.out
		t.out = &p.Block
		as(t, v)
		t.out = outer
	}
}
