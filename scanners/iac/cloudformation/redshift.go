package cloudformation

import "github.com/probity-scan/probity/scanners/iac/resource"

func redshift() []entry {
	return []entry{
		{Type: "AWS::Redshift::Cluster", As: "aws_redshift_cluster", After: (*translation).noFinalSnapshot,
			Defaults: []preset{
				{Attr: "encrypted", Value: true, Says: "Redshift encrypts new clusters since 2025-01-10", Unless: []string{"snapshot_identifier"}},
				{Attr: "publicly_accessible", Value: false, Says: "Redshift gives new clusters no public address since 2025-01-10", Unless: []string{"snapshot_identifier"}},
			},
			Properties: properties{
				"ClusterIdentifier":                attr("cluster_identifier"),
				"Encrypted":                        attr("encrypted"),
				"KmsKeyId":                         attr("kms_key_id"),
				"PubliclyAccessible":               attr("publicly_accessible"),
				"ClusterSubnetGroupName":           attr("cluster_subnet_group_name"),
				"ClusterParameterGroupName":        attr("cluster_parameter_group_name"),
				"VpcSecurityGroupIds":              attr("vpc_security_group_ids"),
				"AutomatedSnapshotRetentionPeriod": attr("automated_snapshot_retention_period"),
				"MultiAZ":                          attr("multi_az"),
				"LoggingProperties":                redshiftLogging,
				"MasterUsername":                   attr("master_username"),
				"MasterUserPassword":               attr("master_password"),
				"ManageMasterPassword":             attr("manage_master_password"),
				"EnhancedVpcRouting":               attr("enhanced_vpc_routing"),
				"AllowVersionUpgrade":              attr("allow_version_upgrade"),
				"SnapshotIdentifier":               attr("snapshot_identifier"),
				"SnapshotClusterIdentifier":        attr("snapshot_cluster_identifier"),
				"Port":                             attr("port"),
				"Tags":                             tags,
			}},
		{Type: "AWS::Redshift::ClusterParameterGroup", As: "aws_redshift_parameter_group", Properties: properties{
			"ParameterGroupName": attr("name"), "ParameterGroupFamily": attr("family"),
			"Parameters": block("parameter", properties{"ParameterName": attr("name"), "ParameterValue": attr("value")}),
		}},
		{Type: "AWS::Redshift::EndpointAuthorization", As: "aws_redshift_endpoint_authorization", Properties: properties{
			"ClusterIdentifier": attr("cluster_identifier"), "Account": attr("account"),
		}},
		{Type: "AWS::RedshiftServerless::Namespace", As: "aws_redshiftserverless_namespace", Ref: "namespace_name", Properties: properties{
			"NamespaceName": attr("namespace_name"), "KmsKeyId": attr("kms_key_id"), "LogExports": attr("log_exports"),
			"AdminUsername": attr("admin_username"), "AdminUserPassword": attr("admin_user_password"), "ManageAdminPassword": attr("manage_admin_password"), "Tags": tags,
		}},
		{Type: "AWS::RedshiftServerless::Workgroup", As: "aws_redshiftserverless_workgroup", Ref: "workgroup_name", Properties: properties{
			"NamespaceName": attr("namespace_name"), "WorkgroupName": attr("workgroup_name"), "PubliclyAccessible": attr("publicly_accessible"),
			"SecurityGroupIds": attr("security_group_ids"), "EnhancedVpcRouting": attr("enhanced_vpc_routing"), "Port": attr("port"),
			"ConfigParameters": block("config_parameter", properties{"ParameterKey": attr("parameter_key"), "ParameterValue": attr("parameter_value")}),
		}},
		{Type: "AWS::RedshiftServerless::Snapshot", As: "aws_redshiftserverless_snapshot", Properties: properties{
			"SnapshotName": attr("snapshot_name"), "NamespaceName": attr("namespace_name"),
		}},
	}
}

// redshiftLogging: the block stands for logging that is on.
func redshiftLogging(t *translation, v resource.Value) {
	block("logging", properties{"BucketName": attr("bucket_name"), "LogExports": attr("log_exports"), "LogDestinationType": attr("log_destination_type")})(t, v)
	if b, ok := t.out.Attrs["logging"].Data.(*resource.Block); ok {
		b.Attrs["enable"] = resource.Value{Data: true, At: v.At}
	}
}
