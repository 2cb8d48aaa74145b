package aws

import (
	serverless "github.com/aws/aws-sdk-go-v2/service/redshiftserverless"
	"github.com/aws/aws-sdk-go-v2/service/redshiftserverless/types"

	probity "github.com/probity-scan/probity"
)

func redshiftServerless() service {
	return service{name: "redshift-serverless", id: "Redshift Serverless",
		lists: []string{"aws_redshiftserverless_namespace", "aws_redshiftserverless_workgroup", "aws_redshiftserverless_snapshot"},
		calls: append(calls("ListNamespaces", "ListWorkgroups", "ListSnapshots"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api := serverless.NewFromConfig(r.cfg)
			var names map[string][]string
			if names = r.workgroups(api); r.ctx.Err() != nil {
				return
			}
			many(r, list(r, api.ListNamespaces, &serverless.ListNamespacesInput{},
				func(p *serverless.ListNamespacesOutput) []types.Namespace { return p.Namespaces }, "aws_redshiftserverless_namespace"), func(n types.Namespace, at *probity.Origin) {
				r.namespace(api, n, names[value(n.NamespaceName)], at)
			})
			r.serverlessSnapshots(api)
		}}
}

func (r *reader) namespace(api *serverless.Client, n types.Namespace, names []string, at *probity.Origin) {
	t := Thing{Type: "aws_redshiftserverless_namespace", ARN: value(n.NamespaceArn), ID: value(n.NamespaceName), Names: names, Created: n.CreationDate, At: at, Attrs: attrs{
		"namespace_name":        n.NamespaceName,
		"admin_username":        n.AdminUsername,
		"kms_key_id":            keyOf(n.KmsKeyId),
		"log_exports":           each(n.LogExports, func(l types.LogExport) any { return string(l) }),
		"manage_admin_password": n.AdminPasswordSecretArn != nil,
		"master_user_secret":    attrs{"secret_arn": n.AdminPasswordSecretArn},
		"tags":                  r.serverlessTags(api, n.NamespaceArn),
	}}
	if value(n.KmsKeyId) == "AWS_OWNED_KMS_KEY" {
		t.Attrs["kms_key_id"] = nil
	}
	onlyInCode(t.Attrs)
	r.add(t)
}

func (r *reader) serverlessTags(api *serverless.Client, arn *string) any {
	a := ask(r, api.ListTagsForResource, &serverless.ListTagsForResourceInput{ResourceArn: arn}, "ResourceNotFoundException")
	return a.get(func(o *serverless.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
}

// workgroups are how namespaces are reached. It gives the endpoints by the namespace's name.
func (r *reader) workgroups(api *serverless.Client) map[string][]string {
	out := map[string][]string{}
	for w, at := range list(r, api.ListWorkgroups, &serverless.ListWorkgroupsInput{},
		func(p *serverless.ListWorkgroupsOutput) []types.Workgroup { return p.Workgroups }, "aws_redshiftserverless_workgroup") {
		port := w.Port
		if e := w.Endpoint; e != nil {
			if e.Port != nil {
				port = e.Port
			}
			out[value(w.NamespaceName)] = append(out[value(w.NamespaceName)], append(endpoint(e.Address, value(e.Port)), endpoint(w.CustomDomainName, value(e.Port))...)...)
		}
		r.add(Thing{Type: "aws_redshiftserverless_workgroup", ARN: value(w.WorkgroupArn), ID: value(w.WorkgroupName), Created: w.CreationDate, At: at, Attrs: attrs{
			"namespace_name":       to("aws_redshiftserverless_namespace", w.NamespaceName),
			"publicly_accessible":  w.PubliclyAccessible,
			"security_group_ids":   each(w.SecurityGroupIds, func(id string) any { return to("aws_security_group", &id) }),
			"enhanced_vpc_routing": w.EnhancedVpcRouting,
			"port":                 port,
			"config_parameter": each(w.ConfigParameters, func(c types.ConfigParameter) any {
				return attrs{"parameter_key": c.ParameterKey, "parameter_value": c.ParameterValue}
			}),
		}})
	}
	return out
}

func (r *reader) serverlessSnapshots(api *serverless.Client) {
	many(r, list(r, api.ListSnapshots, &serverless.ListSnapshotsInput{},
		func(p *serverless.ListSnapshotsOutput) []types.Snapshot { return p.Snapshots }, "aws_redshiftserverless_snapshot"), func(s types.Snapshot, at *probity.Origin) {
		if owner := value(s.OwnerAccount); owner != "" && owner != r.account {
			return
		}
		with := append(append([]string{}, s.AccountsWithRestoreAccess...), s.AccountsWithProvisionedRestoreAccess...)
		t := Thing{Type: "aws_redshiftserverless_snapshot", ARN: value(s.SnapshotArn), ID: value(s.SnapshotName), Created: s.SnapshotCreateTime, At: at, Attrs: attrs{
			"snapshot_name":    s.SnapshotName,
			"namespace_name":   s.NamespaceArn,
			"source_gone":      unread{probity.Gap{Reason: probity.Unresolved, Because: "a namespace of its name may be another"}},
			"snapshot_type":    "manual",
			"retention_period": s.SnapshotRetentionPeriod, // -1: for ever
			"kms_key_id":       keyOf(s.KmsKeyId),
			"shared_accounts":  with,
			"tags":             r.serverlessTags(api, s.SnapshotArn),
		}}
		if r.lost("aws_redshiftserverless_namespace") == nil {
			t.Attrs["source_gone"] = !r.has("aws_redshiftserverless_namespace", value(s.NamespaceArn))
		}
		r.add(t)
	})
}
