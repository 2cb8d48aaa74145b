package cloudformation

import (
	"strconv"

	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// identities are who may do what, and what an organisation allows.
func identities() []entry {
	policy := func(typ, as string) entry {
		return entry{Type: "AWS::IAM::" + typ, As: as, Properties: properties{"PolicyName": attr("name"), "ManagedPolicyName": attr("name"), "PolicyDocument": document("policy")}}
	}
	return []entry{
		policy("ManagedPolicy", "aws_iam_policy"), policy("Policy", "aws_iam_role_policy"), policy("RolePolicy", "aws_iam_role_policy"),
		policy("UserPolicy", "aws_iam_user_policy"), policy("GroupPolicy", "aws_iam_group_policy"),
		{Type: "AWS::IAM::Role", As: "aws_iam_role", Ref: "name", Attributes: map[string]string{"RoleId": "unique_id"}, Properties: properties{
			"RoleName": attr("name"), "AssumeRolePolicyDocument": document("assume_role_policy"), "Tags": tags,
			"ManagedPolicyArns": attr("managed_policy_arns"), "Policies": block("inline_policy", properties{"PolicyName": attr("name"), "PolicyDocument": document("policy")}),
		}},
		{Type: "AWS::IAM::User", As: "aws_iam_user", Properties: properties{"Policies": inline("aws_iam_user_policy", "user"), "ManagedPolicyArns": attached("aws_iam_user_policy_attachment", "user")}},
		{Type: "AWS::IAM::Group", As: "aws_iam_group", Properties: properties{"Policies": inline("aws_iam_group_policy", "group"), "ManagedPolicyArns": attached("aws_iam_group_policy_attachment", "group")}},
		{Type: "AWS::RAM::ResourceShare", As: "aws_ram_resource_share", Properties: properties{
			"Name": attr("name"), "AllowExternalPrincipals": attr("allow_external_principals"), "Tags": tags, "Principals": principals,
		}, Defaults: []preset{{Attr: "allow_external_principals", Value: true,
			Says: "RAM lets a share reach accounts outside of the organisation unless told (AWS::RAM::ResourceShare, AllowExternalPrincipals)"}}},
		{Type: "AWS::Organizations::Policy", As: "aws_organizations_policy", Properties: properties{
			"Name": attr("name"), "Type": attr("type"), "Content": document("content"), "Tags": tags,
		}},
	}
}

// inline policies are assets of their own, each under an address of its own.
func inline(typ, owner string) property {
	return func(t *translation, v resource.Value) {
		items, rest := v.Each()
		for i, item := range items {
			p := t.part(typ, owner, item)
			p.Addr += "[" + strconv.Itoa(i) + "]"
			b, ok := item.Data.(*resource.Block)
			if !ok {
				g := item.Why()
				p.Maybe, p.Rest = &g, &g
				continue
			}
			p.Attrs["name"], p.Attrs["policy"] = b.Get("PolicyName"), template.JSON(b.Get("PolicyDocument"))
		}
		if rest != nil {
			p := t.part(typ, owner, v)
			p.Maybe, p.Rest = rest, rest
		}
	}
}

// attached policies are attachments of their own in Terraform.
func attached(typ, owner string) property {
	return func(t *translation, v resource.Value) {
		items, rest := v.Each()
		for i, item := range items {
			p := t.part(typ, owner, item)
			p.Addr += "[" + strconv.Itoa(i) + "]"
			p.Attrs["policy_arn"] = item
		}
		if rest != nil {
			t.part(typ, owner, v).Attrs["policy_arn"] = resource.Value{Data: resource.Unknown{Gap: *rest}, At: v.At}
		}
	}
}

// principals of a share are resources of their own in Terraform.
func principals(t *translation, v resource.Value) {
	items, rest := v.Each()
	for _, item := range items {
		t.part("aws_ram_principal_association", "resource_share_arn", item).Attrs["principal"] = item
	}
	if rest != nil {
		t.part("aws_ram_principal_association", "resource_share_arn", v).Attrs["principal"] = resource.Value{Data: resource.Unknown{Gap: *rest}, At: v.At}
	}
}
