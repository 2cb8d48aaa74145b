package plan

import (
	"strings"
	"sync"
)

// mayBeMade reports whether an unknown value for which no configuration is listed may come from a dynamic block, of which a
// plan tells nothing: only the code can tell it from what is left to the provider. Attributes are always listed. A block
// that stays as nobody sets it keeps the value that it has.
func (c *change) mayBeMade(name string) bool {
	return isBlock(name) && (c.updated || !fillsIn(c.typ, name))
}

// isBlock is for the nested blocks that are read of resources.
func isBlock(name string) bool { return blocks()[name] }

var blocks = sync.OnceValue(func() map[string]bool { //nolint:gochecknoglobals // a constant in all but type
	out := map[string]bool{}
	for _, name := range strings.Fields(`
		access_control_policy advanced_event_selector advanced_security_options apply_server_side_encryption_by_default
		audit_log_configuration auth authentication_mode backup_policy block_device_mappings broker_logs
		broker_node_group_info client_authentication cloudwatch_config cloudwatch_encryption cloudwatch_logging_options
		cloudwatch_logs cluster_config condition config_parameter configuration connection_password_encryption connectivity_info
		cors_rule custom_origin_config data_catalog_encryption_settings data_resource datasources default_action
		default_cache_behavior default_retention destination details domain_endpoint_options domain_name_configuration ebs
		ebs_block_device egress encrypt_at_rest encryption_at_rest encryption_config encryption_configuration encryption_info
		encryption_in_transit encryption_options encryption_specification environment event_selector expiration
		extended_s3_configuration field_selector filter firehose grant grantee http_endpoint_configuration
		image_scanning_configuration import_table ingress inline_policy job_bookmarks_encryption kafka_settings
		kinesis_source_configuration lifecycle_rule log_delivery_configuration log_publishing_options logging logging_config
		logging_info logs master_user_options msk_source_configuration node_to_node_encryption noncurrent_version_expiration
		object_lock_configuration offline_store_config online_store_config opensearch_configuration option
		ordered_cache_behavior origin parameter permission point_in_time_recovery posix_user provider public_access
		public_access_block public_access_block_configuration redirect redis_settings redshift_configuration replica
		replication_configuration restore_to_point_in_time result_configuration retention_properties root_block_device
		root_directory rotation_rules rule rules s3 s3_backup_configuration s3_config s3_configuration s3_encryption s3_import
		s3_logs s3_origin_config s3_storage_config sasl security_config server_side_encryption
		server_side_encryption_configuration tls ttl user versioning versioning_configuration viewer_certificate
		vpc_config vpc_configuration vpc_options vpc_origin_config website`) {
		out[name] = true
	}
	return out
})

// fillsIn reports whether the provider fills a block in where nobody writes it, so that an unknown one mostly says nothing.
// Left out are those whose default lets something pass: grants, rules of security groups, replicas, ways to log in.
func fillsIn(typ, name string) bool { return filled()[block{typ, name}] }

// block is one of a type of resource.
type block struct{ typ, name string }

var filled = sync.OnceValue(func() map[block]bool { //nolint:gochecknoglobals // a constant in all but type
	out := map[block]bool{}
	for typ, names := range map[string]string{
		"aws_dynamodb_table":                   "point_in_time_recovery server_side_encryption ttl",
		"aws_efs_access_point":                 "root_directory",
		"aws_ami":                              "ebs_block_device",
		"aws_ami_copy":                         "ebs_block_device",
		"aws_ami_from_instance":                "ebs_block_device",
		"aws_elasticsearch_domain":             "advanced_security_options cluster_config domain_endpoint_options encrypt_at_rest node_to_node_encryption",
		"aws_fsx_windows_file_system":          "audit_log_configuration",
		"aws_guardduty_detector":               "datasources s3_logs",
		"aws_iam_role":                         "inline_policy",
		"aws_instance":                         "ebs_block_device root_block_device",
		"aws_keyspaces_table":                  "encryption_specification point_in_time_recovery",
		"aws_kinesis_firehose_delivery_stream": "cloudwatch_logging_options",
		"aws_launch_configuration":             "ebs_block_device root_block_device",
		"aws_msk_cluster":                      "connectivity_info public_access",
		"aws_opensearch_domain":                "advanced_security_options cluster_config domain_endpoint_options encrypt_at_rest node_to_node_encryption",
		"aws_redshiftserverless_workgroup":     "config_parameter",
		"aws_redshift_cluster":                 "logging",
		"aws_s3_bucket":                        "lifecycle_rule logging object_lock_configuration server_side_encryption_configuration versioning",
		"aws_spot_instance_request":            "ebs_block_device root_block_device",
		"aws_timestreamwrite_table":            "retention_properties",
	} {
		for _, name := range strings.Fields(names) {
			out[block{typ, name}] = true
		}
	}
	return out
})
