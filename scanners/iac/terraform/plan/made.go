package plan

import "slices"

// mayBeMade reports whether an unknown value for which no configuration is listed may come from a dynamic block, of which a
// plan tells nothing: only the code can tell it from what is left to the provider. Attributes are always listed. Of blocks
// that the provider fills in, those are taken for made that could let something pass that should not.
func (c *change) mayBeMade(name string) bool {
	if neverFilled(name) {
		return true
	}
	switch {
	case c.updated: // what nobody sets keeps the value that it has
		return slices.Contains([]string{"versioning", "server_side_encryption_configuration", "object_lock_configuration", "lifecycle_rule", "logging",
			"point_in_time_recovery", "server_side_encryption", "ttl", "encrypt_at_rest", "node_to_node_encryption", "domain_endpoint_options",
			"ingress", "egress", "grant", "cors_rule", "website", "replication_configuration", "replica"}, name)
	case c.typ == "aws_security_group" || c.typ == "aws_default_security_group":
		return name == "ingress" || name == "egress"
	case c.typ == "aws_s3_bucket":
		return slices.Contains([]string{"grant", "cors_rule", "website", "replication_configuration"}, name)
	}
	return c.typ == "aws_dynamodb_table" && name == "replica"
}

// neverFilled are blocks that the provider never fills in.
func neverFilled(name string) bool {
	return slices.Contains([]string{"restore_to_point_in_time", "s3_import", "import_table", "parameter", "rule", "access_control_policy",
		"event_selector", "advanced_event_selector", "client_authentication", "encryption_info", "vpc_config"}, name)
}
