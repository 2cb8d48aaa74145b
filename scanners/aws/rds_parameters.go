package aws

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

// rdsParameters are the parameters that facts are read from; a group has hundreds of others.
func rdsParameters() []string {
	return []string{"rds.force_ssl", "require_secure_transport", "db2comm", "shared_preload_libraries", "pgaudit.log", "log_statement",
		"log_min_duration_statement", "log_parameter_max_length", "general_log", "server_audit_logging", "tls", "audit_logs",
		"neptune_enforce_ssl", "neptune_enable_audit_log", "ssl_min_protocol_version", "ssl_ciphers", "tls_version", "ssl_cipher"}
}

// parameterGroups reads those that databases are in, the engines' own too: what the group says decides, not what engines are
// known to do.
func (r *rdsReader) parameterGroups() {
	if !r.wants("encryption.in_transit", "audit.access", "settings.logs_values", "settings.oldest_tls", "settings.weak_ciphers") {
		return
	}
	var groups []ref
	for _, db := range r.instances {
		if db.DBClusterIdentifier == nil && len(db.DBParameterGroups) > 0 {
			groups = append(groups, ref{"aws_db_parameter_group", value(db.DBParameterGroups[0].DBParameterGroupName)})
		}
	}
	for _, c := range r.clusters {
		groups = append(groups, ref{rdsFamilyGroup(rdsFamily(c.Engine)), value(c.DBClusterParameterGroup)})
	}
	slices.SortFunc(groups, func(a, b ref) int { return cmp.Or(cmp.Compare(a.typ, b.typ), cmp.Compare(a.id, b.id)) })
	many(r.reader, over(slices.Compact(groups)), func(g ref, _ *probity.Origin) {
		if g.id != "" {
			r.parameterGroup(g)
		}
	})
}

// rdsFamilyGroup is the type of the groups of a cluster's parameters.
func rdsFamilyGroup(cluster string) string {
	if cluster == "aws_rds_cluster" {
		return "aws_rds_cluster_parameter_group"
	}
	return cluster + "_parameter_group"
}

// parameterGroup adds a group with the parameters that are set in it. One that is gone since is left to what engines are known
// to do without.
func (r *rdsReader) parameterGroup(g ref) {
	named := "parameter-name"
	in := &rds.DescribeDBParametersInput{DBParameterGroupName: &g.id, Filters: []types.Filter{{Name: &named, Values: rdsParameters()}}}
	set := []any{}
	for {
		a := r.parametersOf(g.typ, in)
		if a.gap == nil && a.out == nil {
			return
		}
		if a.gap == nil {
			set = append(set, rdsSet(a.out.Parameters)...)
			if in.Marker = a.out.Marker; value(in.Marker) != "" {
				continue
			}
		}
		r.add(Thing{Type: g.typ, ID: g.id, ARN: g.typ + "/" + r.region + "/" + g.id, At: a.at, Attrs: attrs{"name": g.id, "family": nil,
			"parameter": a.get(func(*rds.DescribeDBParametersOutput) any { return set })}})
		return
	}
}

func (r *rdsReader) parametersOf(typ string, in *rds.DescribeDBParametersInput) answer[rds.DescribeDBParametersOutput] {
	if typ == "aws_db_parameter_group" {
		return ask(r.reader, r.api.DescribeDBParameters, in, "DBParameterGroupNotFound")
	}
	a := ask(r.reader, r.api.DescribeDBClusterParameters, &rds.DescribeDBClusterParametersInput{DBClusterParameterGroupName: in.DBParameterGroupName,
		Filters: in.Filters, Marker: in.Marker}, "DBParameterGroupNotFound", "DBClusterParameterGroupNotFound")
	out := answer[rds.DescribeDBParametersOutput]{gap: a.gap, at: a.at}
	if a.out != nil {
		out.out = &rds.DescribeDBParametersOutput{Parameters: a.out.Parameters, Marker: a.out.Marker}
	}
	return out
}

// rdsSet are the parameters that have a value; the engine decides on others.
func rdsSet(in []types.Parameter) []any {
	var out []any
	for _, p := range in {
		if p.ParameterValue != nil {
			out = append(out, attrs{"name": p.ParameterName, "value": p.ParameterValue})
		}
	}
	return out
}

// optionGroups are asked for where an engine that audits by an option has one of the customer's: those of RDS hold none.
func (r *rdsReader) optionGroups() {
	audits := slices.ContainsFunc(r.instances, func(db types.DBInstance) bool {
		own := len(db.OptionGroupMemberships) > 0 && !strings.HasPrefix(value(db.OptionGroupMemberships[0].OptionGroupName), "default:")
		return own && (value(db.Engine) == "mysql" || value(db.Engine) == "mariadb")
	})
	if !audits || !r.wants("audit.access") {
		return
	}
	for g, at := range list(r.reader, r.api.DescribeOptionGroups, &rds.DescribeOptionGroupsInput{},
		func(p *rds.DescribeOptionGroupsOutput) []types.OptionGroup { return p.OptionGroupsList }, "aws_db_option_group") {
		r.add(Thing{Type: "aws_db_option_group", ARN: value(g.OptionGroupArn), ID: value(g.OptionGroupName), At: at, Attrs: attrs{
			"name":   g.OptionGroupName,
			"option": each(g.Options, func(o types.Option) any { return attrs{"option_name": o.OptionName} }),
		}})
	}
}

func (r *rdsReader) subnetGroups() {
	for g, at := range list(r.reader, r.api.DescribeDBSubnetGroups, &rds.DescribeDBSubnetGroupsInput{},
		func(p *rds.DescribeDBSubnetGroupsOutput) []types.DBSubnetGroup { return p.DBSubnetGroups }, "aws_db_subnet_group") {
		r.add(Thing{Type: "aws_db_subnet_group", ARN: value(g.DBSubnetGroupArn), ID: value(g.DBSubnetGroupName), At: at, Attrs: attrs{
			"name":       g.DBSubnetGroupName,
			"subnet_ids": each(g.Subnets, func(s types.Subnet) any { return to("aws_subnet", s.SubnetIdentifier) }),
		}})
	}
}
