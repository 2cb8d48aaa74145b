package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// A plan without its code tells no dynamic blocks. An unknown block that no provider fills in was made by one; of others the
// provider's default decides, as where nothing is written. What a change keeps would be known.
func TestMayBeMade(t *testing.T) {
	t.Parallel()
	for what, made := range map[string]bool{
		"aws_db_instance restore_to_point_in_time":                     true,
		"aws_docdb_cluster restore_to_point_in_time":                   true,
		"aws_dax_cluster server_side_encryption":                       true,
		"aws_dynamodb_table replica":                                   true,
		"aws_dynamodb_table import_table":                              true,
		"aws_dynamodb_table server_side_encryption":                    false,
		"aws_ecr_repository encryption_configuration":                  true,
		"aws_eks_cluster encryption_config":                            true,
		"aws_elasticache_replication_group log_delivery_configuration": true,
		"aws_elasticache_user authentication_mode":                     true,
		"aws_kinesis_firehose_delivery_stream server_side_encryption":  true,
		"aws_lambda_function environment":                              true,
		"aws_launch_template block_device_mappings":                    true,
		"aws_msk_cluster logging_info":                                 true,
		"aws_mq_broker encryption_options":                             true,
		"aws_opensearch_domain vpc_options":                            true,
		"aws_opensearch_domain encrypt_at_rest":                        false,
		"aws_opensearch_domain node_to_node_encryption":                false,
		"aws_redshift_cluster logging":                                 false,
		"aws_redshift_parameter_group parameter":                       true,
		"aws_s3_bucket grant":                                          true,
		"aws_s3_bucket versioning":                                     false,
		"aws_sagemaker_feature_group online_store_config":              true,
		"aws_security_group ingress":                                   true,
		"aws_opensearch_domain kms_key_id":                             false,
		"aws_s3_bucket versioning in a change":                         true,
		"aws_opensearch_domain encrypt_at_rest in a change":            true,
		"aws_opensearch_domain access_policies in a change":            false,
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(what)
			typ, name, action := words[0], words[1], "create"
			if len(words) > 2 {
				action = "update"
			}
			text := fmt.Sprintf(`{"format_version":"1.2","terraform_version":"1.9","resource_changes":[{"address":"%[1]s.x","mode":"managed","type":"%[1]s","name":"x",
				"change":{"actions":["%[3]s"],"after":{},"after_unknown":{"%[2]s":true}}}],
				"configuration":{"root_module":{"resources":[{"address":"%[1]s.x","mode":"managed","type":"%[1]s","name":"x","expressions":{}}]}}}`, typ, name, action)
			all, losses := Read(t.Context(), strings.NewReader(text), Options{File: "plan.json", Types: []string{typ}})
			if len(all) != 1 || len(losses) != 0 {
				t.Fatalf("got %v, %v; want one resource", all, losses)
			}
			v := all[0].Get(name)
			if _, unknown := v.Data.(resource.Unknown); unknown != made || v.Set() != made {
				t.Errorf("got %+v, want it to be unknown: %v", v, made)
			}
		})
	}
}
