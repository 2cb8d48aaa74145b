package aws

import (
	"net/url"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func iamService() service {
	return service{name: "iam", id: "IAM",
		lists: []string{"aws_iam_policy", "aws_iam_role", "aws_iam_user", "aws_iam_group"},
		calls: append(calls("GetAccountAuthorizationDetails", "GetAccountSummary", "ListVirtualMFADevices"),
			apiece(calls("GetLoginProfile", "ListMFADevices")...)...),
		read: func(r *reader) {
			api := iam.NewFromConfig(r.cfg)
			if r.wants("settings.root_mfa", "settings.root_access_keys") {
				iamRoot(r, api)
			}
			iamEntities(r, api)
		}}
}

// iamRoot tells what guards the root user, which no policy limits.
func iamRoot(r *reader, api *iam.Client) {
	a := ask(r, api.GetAccountSummary, &iam.GetAccountSummaryInput{})
	read := func(key string) probity.Fact[bool] {
		if a.gap != nil {
			return probity.Missing[bool](*a.gap, a.at)
		}
		n, told := a.out.SummaryMap[key]
		if !told {
			return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "the summary of the account does not hold " + key}, a.at)
		}
		return probity.Known(n > 0, a.at)
	}
	r.tellAccount(a.at, kinds.Account{RootMFA: read("AccountMFAEnabled"), RootKeys: read("AccountAccessKeysPresent")})
}

// iamEntities are the roles, users, groups and policies: one listing tells them all, with what they may.
func iamEntities(r *reader, api *iam.Client) {
	var managed []types.ManagedPolicyDetail
	var users []types.UserDetail
	borne := map[string]bool{} // policies by ARN
	bear := func(attached []types.AttachedPolicy, boundary *types.AttachedPermissionsBoundary) {
		for _, p := range attached {
			borne[value(p.PolicyArn)] = true
		}
		if boundary != nil {
			borne[value(boundary.PermissionsBoundaryArn)] = true
		}
	}
	origin := r.at(operation[*iam.GetAccountAuthorizationDetailsOutput]())
	pages := list(r, api.GetAccountAuthorizationDetails, &iam.GetAccountAuthorizationDetailsInput{MaxItems: most()},
		func(p *iam.GetAccountAuthorizationDetailsOutput) []*iam.GetAccountAuthorizationDetailsOutput {
			return []*iam.GetAccountAuthorizationDetailsOutput{p}
		}, "aws_iam_policy", "aws_iam_role", "aws_iam_user", "aws_iam_group")
	for page := range pages {
		for _, d := range page.RoleDetailList {
			bear(d.AttachedManagedPolicies, d.PermissionsBoundary)
			r.add(iamRole(d, origin))
		}
		for _, d := range page.GroupDetailList {
			bear(d.AttachedManagedPolicies, nil)
			group := Thing{Type: "aws_iam_group", ARN: value(d.Arn), ID: value(d.GroupName), Created: d.CreateDate, At: origin,
				Attrs: iamBearer(d.GroupName, d.AttachedManagedPolicies, d.GroupPolicyList, nil)}
			group.Attrs["tags"] = noTags()
			r.add(group)
		}
		for _, d := range page.UserDetailList {
			bear(d.AttachedManagedPolicies, d.PermissionsBoundary)
		}
		users = append(users, page.UserDetailList...)
		managed = append(managed, page.Policies...)
	}
	for _, p := range managed {
		if theirs := kinds.NamesManagedPolicy(value(p.Arn)); !theirs {
			r.add(iamPolicy("aws_iam_policy", p, origin))
		} else if borne[value(p.Arn)] {
			r.add(iamPolicy("aws_iam_managed_policy", p, origin))
		}
	}
	iamUsers(r, api, users, origin)
}

func iamRole(d types.RoleDetail, at *probity.Origin) Thing {
	out := Thing{Type: "aws_iam_role", ARN: value(d.Arn), ID: value(d.RoleName), Created: d.CreateDate, At: at,
		Attrs: iamBearer(d.RoleName, d.AttachedManagedPolicies, d.RolePolicyList, d.PermissionsBoundary)}
	out.Attrs["assume_role_policy"] = iamDocument(d.AssumeRolePolicyDocument)
	out.Attrs["tags"] = iamTags(d.Tags)
	if d.RoleLastUsed != nil {
		out.Used = d.RoleLastUsed.LastUsedDate
	}
	return out
}

func iamPolicy(typ string, p types.ManagedPolicyDetail, at *probity.Origin) Thing {
	out := Thing{Type: typ, ARN: value(p.Arn), ID: value(p.Arn), Created: p.CreateDate, At: at, Attrs: attrs{"name": p.PolicyName}}
	out.Attrs["policy"] = unread{probity.Gap{Reason: probity.Unreadable, Because: "the policy's default version was not told"}}
	out.Attrs["tags"] = unread{*notAsked()}
	if i := slices.IndexFunc(p.PolicyVersionList, func(v types.PolicyVersion) bool { return v.IsDefaultVersion }); i >= 0 {
		out.Attrs["policy"] = iamDocument(p.PolicyVersionList[i].Document)
	}
	return out
}

// iamBearer is what roles, users and groups have in common. Code attaches policies by resources of their own, an account
// tells them with whom they are attached to.
func iamBearer(name *string, attached []types.AttachedPolicy, inline []types.PolicyDetail, boundary *types.AttachedPermissionsBoundary) attrs {
	out := attrs{"name": name,
		"managed_policy_arns": each(attached, func(p types.AttachedPolicy) any { return iamNamed(p.PolicyArn) }),
		"inline_policy": each(inline, func(p types.PolicyDetail) any {
			return attrs{"name": p.PolicyName, "policy": iamDocument(p.PolicyDocument)}
		}),
	}
	out["permissions_boundary"] = nil
	if boundary != nil {
		out["permissions_boundary"] = iamNamed(boundary.PermissionsBoundaryArn)
	}
	return out
}

// iamNamed is a policy by its ARN: one of AWS is no resource of the account.
func iamNamed(arn *string) any {
	if kinds.NamesManagedPolicy(value(arn)) {
		return *arn
	}
	return to("aws_iam_policy", arn)
}

// iamDocument is a policy's text, which IAM gives encoded as in a URL.
func iamDocument(encoded *string) any {
	if encoded == nil {
		return nil
	}
	text, err := url.PathUnescape(*encoded)
	if err != nil {
		return unread{probity.Gap{Reason: probity.Unreadable, Because: "the policy's encoding is broken"}}
	}
	return text
}

func iamTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}

func most() *int32 {
	n := int32(1000)
	return &n
}
