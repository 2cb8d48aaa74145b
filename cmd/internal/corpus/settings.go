package corpus

import "slices"

// setting is one attribute that decides a rule.
type setting struct {
	rule, typ, block, attr string // block: the nested block that holds the attribute
	good, bad              any
	unset                  bool        // left unset it is bad
	also                   []attribute // what a resource of its type has to have
	owner                  string      // the type of the asset, where the setting is split from it
	checkov                string      // the check of Checkov that asks the same
}

type attribute struct {
	name  string
	value any
}

func settings() []setting {
	tags := attribute{"tags", map[string]string{"data-class": "internal", "env": "prod", "owner": "team-7"}}
	rds := []attribute{{"identifier", "n"}, {"engine", "postgres"}, {"engine_version", "16.3"}, {"instance_class", "db.t4g.medium"}, {"allocated_storage", 20}, {"username", "app"},
		{"manage_master_user_password", true}, {"multi_az", true}, {"deletion_protection", true}, tags}
	cluster := []attribute{{"cluster_identifier", "n"}, {"deletion_protection", true}, {"skip_final_snapshot", true}, tags}
	return []setting{
		{rule: "encryption-at-rest", typ: "aws_db_instance", attr: "storage_encrypted", good: true, bad: false, unset: true, also: rds, checkov: "CKV_AWS_16"},
		{rule: "backup-retention", typ: "aws_db_instance", attr: "backup_retention_period", good: 30, bad: 0, unset: true, also: rds, checkov: "CKV_AWS_133"},
		{rule: "public-address", typ: "aws_db_instance", attr: "publicly_accessible", good: false, bad: true, also: rds, checkov: "CKV_AWS_17"},
		{rule: "encryption-at-rest", typ: "aws_rds_cluster", attr: "storage_encrypted", good: true, bad: false, also: append([]attribute{{"engine", "aurora-postgresql"}}, cluster...), checkov: "CKV_AWS_96"},
		{rule: "encryption-at-rest", typ: "aws_ebs_volume", attr: "encrypted", good: true, bad: false, unset: true, also: []attribute{{"availability_zone", "eu-central-1a"}, {"type", "gp3"}, {"size", 8}, tags}, checkov: "CKV_AWS_3"},
		{rule: "encryption-at-rest", typ: "aws_efs_file_system", attr: "encrypted", good: true, bad: false, unset: true, also: []attribute{{"creation_token", "n"}, {"throughput_mode", "elastic"}, tags}, checkov: "CKV_AWS_42"},
		{rule: "encryption-at-rest", typ: "aws_docdb_cluster", attr: "storage_encrypted", good: true, bad: false, unset: true, also: cluster, checkov: "CKV_AWS_74"},
		{rule: "encryption-at-rest", typ: "aws_neptune_cluster", attr: "storage_encrypted", good: true, bad: false, unset: true, also: cluster, checkov: "CKV_AWS_44"},
		{rule: "encryption-in-transit", typ: "aws_elasticache_replication_group", attr: "transit_encryption_enabled", good: true, bad: false, unset: true,
			also: []attribute{{"replication_group_id", "n"}, {"description", "sessions"}, {"node_type", "cache.t4g.small"}, {"at_rest_encryption_enabled", true}, tags}, checkov: "CKV_AWS_30"},
		{rule: "node-to-node-encryption", typ: "aws_opensearch_domain", block: "node_to_node_encryption", attr: "enabled", good: true, bad: false, unset: true,
			also: []attribute{{"domain_name", "n"}, {"engine_version", "OpenSearch_2.17"}, tags}, checkov: "CKV_AWS_6"},
		{rule: "key-rotation", typ: "aws_kms_key", attr: "enable_key_rotation", good: true, bad: false, unset: true, also: []attribute{{"description", "of the records"}, {"deletion_window_in_days", 30}, tags}, checkov: "CKV_AWS_7"},
		{rule: "point-in-time-recovery", typ: "aws_dynamodb_table", block: "point_in_time_recovery", attr: "enabled", good: true, bad: false, unset: true,
			also: []attribute{{"name", "n"}, {"billing_mode", "PAY_PER_REQUEST"}, {"hash_key", "id"}, tags}, checkov: "CKV_AWS_28"},
		{rule: "versioning", typ: "aws_s3_bucket_versioning", block: "versioning_configuration", attr: "status", good: "Enabled", bad: "Suspended", unset: true, owner: "aws_s3_bucket", checkov: "CKV_AWS_21"},
	}
}

// Rules are those that the corpus plants violations of.
func Rules() []string {
	var out []string
	for _, s := range settings() {
		out = append(out, s.rule)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Styles are the ways in which a value reaches a resource.
func Styles() []string {
	return append(Decided(), "dark", "json", "override", "computed", "undecided")
}

// Decided are the styles that a folder of code decides by itself, in files as people write them.
func Decided() []string {
	return []string{"literal", "variable", "local", "tfvars", "conditional", "count", "for_each", "module", "nested", "absent", "dynamic"}
}
