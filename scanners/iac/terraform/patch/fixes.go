package patch

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	probity "github.com/probity-scan/probity"
)

// change names what is to be mended: a fact that a type of resource tells.
type change struct {
	typ  string
	fact probity.Path
}

// fix says which attributes do it. Beside is the type of a resource of its own that does, bound to the one that is mended by
// the attribute of that name.
type fix struct {
	beside, by string
	sets       []setting
}

// setting is an attribute within blocks, and its value as code.
type setting struct {
	path  string // "rule.status", the blocks before the dots
	value string
}

// fixes lists the changes. A value that only people can choose, such as a key, is left to them: then there is none.
func fixes() map[change]fix {
	out := map[change]fix{}
	add := func(fact probity.Path, types string, sets ...setting) {
		for _, t := range strings.Fields(types) {
			out[change{t, fact}] = fix{sets: sets}
		}
	}
	add("encryption.at_rest", "aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster", setting{"storage_encrypted", "true"})
	add("encryption.at_rest", "aws_ebs_volume aws_ebs_snapshot_copy aws_efs_file_system aws_redshift_cluster", setting{"encrypted", "true"})
	add("encryption.at_rest", "aws_elasticache_replication_group", setting{"at_rest_encryption_enabled", "true"})
	add("encryption.at_rest", "aws_opensearch_domain aws_elasticsearch_domain", setting{"encrypt_at_rest.enabled", "true"})
	add("encryption.at_rest", "aws_sqs_queue", setting{"sqs_managed_sse_enabled", "true"})
	add("encryption.at_rest", "aws_sns_topic", setting{"kms_master_key_id", `"alias/aws/sns"`})
	add("encryption.at_rest", "aws_kinesis_stream", setting{"encryption_type", `"KMS"`}, setting{"kms_key_id", `"alias/aws/kinesis"`})
	add("encryption.at_rest", "aws_dax_cluster", setting{"server_side_encryption.enabled", "true"})
	add("encryption.in_transit", "aws_elasticache_replication_group", setting{"transit_encryption_enabled", "true"})
	add("encryption.in_transit", "aws_opensearch_domain aws_elasticsearch_domain", setting{"domain_endpoint_options.enforce_https", "true"})
	add("settings.node_to_node", "aws_opensearch_domain aws_elasticsearch_domain", setting{"node_to_node_encryption.enabled", "true"})
	add("exposure.declared.addressed", "aws_db_instance aws_redshift_cluster aws_rds_cluster_instance", setting{"publicly_accessible", "false"})
	add("exposure.public", "aws_db_instance aws_redshift_cluster", setting{"publicly_accessible", "false"})
	add("resilience.backup_days", "aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster", setting{"backup_retention_period", "7"})
	add("resilience.deletion_protection", "aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster", setting{"deletion_protection", "true"})
	add("resilience.deletion_protection", "aws_dynamodb_table", setting{"deletion_protection_enabled", "true"})
	add("resilience.point_in_time", "aws_dynamodb_table", setting{"point_in_time_recovery.enabled", "true"})
	add("resilience.versioning", "aws_s3_bucket_versioning", setting{"versioning_configuration.status", `"Enabled"`})
	out[change{"aws_s3_bucket", "resilience.versioning"}] = fix{beside: "aws_s3_bucket_versioning", by: "bucket", sets: []setting{{"versioning_configuration.status", `"Enabled"`}}}
	blocks := []setting{{"block_public_acls", "true"}, {"block_public_policy", "true"}, {"ignore_public_acls", "true"}, {"restrict_public_buckets", "true"}}
	add("exposure.declared.blocks", "aws_s3_bucket_public_access_block", blocks...)
	out[change{"aws_s3_bucket", "exposure.declared.blocks"}] = fix{beside: "aws_s3_bucket_public_access_block", by: "bucket", sets: blocks}
	add("exposure.declared.acl", "aws_s3_bucket aws_s3_bucket_acl", setting{"acl", `"private"`})
	add("settings.rotation", "aws_kms_key", setting{"enable_key_rotation", "true"})
	add("settings.iam_auth", "aws_db_instance aws_rds_cluster", setting{"iam_database_authentication_enabled", "true"})
	add("settings.validated", "aws_cloudtrail", setting{"enable_log_file_validation", "true"})
	add("settings.all_regions", "aws_cloudtrail", setting{"is_multi_region_trail", "true"})
	add("retention.rules", "aws_cloudwatch_log_group", setting{"retention_in_days", "365"})
	return out
}

// set gives the attributes their values, in the blocks that are there or in new ones.
func set(b *hclwrite.Body, f fix) {
	for _, s := range f.sets {
		at := b
		path := strings.Split(s.path, ".")
		for _, name := range path[:len(path)-1] {
			if next := at.FirstMatchingBlock(name, nil); next != nil {
				at = next.Body()
			} else {
				at = at.AppendNewBlock(name, nil).Body()
			}
		}
		at.SetAttributeRaw(path[len(path)-1], tokens(s.value))
	}
}

// beside adds a resource after the block, bound to it.
func beside(file *hclwrite.File, b *hclwrite.Block, f fix) {
	labels := b.Labels()
	body := file.Body()
	body.AppendNewline()
	added := body.AppendNewBlock("resource", []string{f.beside, labels[1]}).Body()
	added.SetAttributeRaw(f.by, tokens(labels[0]+"."+labels[1]+".id"))
	set(added, f)
}

func tokens(code string) hclwrite.Tokens {
	lexed, _ := hclsyntax.LexExpression([]byte(code), "", hcl.InitialPos)
	out := hclwrite.Tokens{}
	for _, t := range slices.DeleteFunc(lexed, func(t hclsyntax.Token) bool { return t.Type == hclsyntax.TokenEOF }) {
		out = append(out, &hclwrite.Token{Type: t.Type, Bytes: t.Bytes})
	}
	return out
}
