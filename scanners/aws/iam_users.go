package aws

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	probity "github.com/probity-scan/probity"
)

// iamUsers are users with their groups, and how they log in. Whether one has a password only a call for each tells; virtual
// factors are listed together, and only those with a password and without such are asked for keys and passkeys.
func iamUsers(r *reader, api *iam.Client, users []types.UserDetail, origin *probity.Origin) {
	virtual := map[string]bool{}
	humans := r.wants("settings.console_password", "settings.mfa") && len(users) > 0
	var in *iam.ListVirtualMFADevicesInput
	if humans {
		in = &iam.ListVirtualMFADevicesInput{AssignmentStatus: types.AssignmentStatusTypeAssigned, MaxItems: most()}
		for d := range list(r, api.ListVirtualMFADevices, in, func(p *iam.ListVirtualMFADevicesOutput) []types.VirtualMFADevice { return p.VirtualMFADevices }) {
			if d.User != nil {
				virtual[value(d.User.Arn)] = true
			}
		}
	}
	many(r, func(yield func(types.UserDetail, *probity.Origin) bool) {
		for _, u := range users {
			if !yield(u, origin) {
				return
			}
		}
	}, func(d types.UserDetail, at *probity.Origin) {
		out := Thing{Type: "aws_iam_user", ARN: value(d.Arn), ID: value(d.UserName), Created: d.CreateDate, At: at,
			Attrs: iamBearer(d.UserName, d.AttachedManagedPolicies, d.UserPolicyList, d.PermissionsBoundary)}
		groups := slices.Clone(d.GroupList)
		out.Attrs["groups"] = each(groups, func(name string) any { return to("aws_iam_group", &name) })
		out.Attrs["tags"] = iamTags(d.Tags)
		if humans {
			iamLogin(r, api, d, virtual[value(d.Arn)], out.Attrs)
		}
		r.add(out)
	})
}

func iamLogin(r *reader, api *iam.Client, d types.UserDetail, virtual bool, into attrs) {
	password := ask(r, api.GetLoginProfile, &iam.GetLoginProfileInput{UserName: d.UserName}, "NoSuchEntity")
	into["console_password"] = from{password.out != nil, password.at}
	if password.gap != nil {
		into["console_password"] = from{unread{*password.gap}, password.at}
	}
	switch {
	case virtual:
		into["mfa"] = from{true, r.at(operation[*iam.ListVirtualMFADevicesOutput]())}
	case password.gap == nil && password.out == nil:
		into["mfa"] = from{unread{probity.Gap{Reason: probity.NotApplicable, Because: "the user has no password to log in with"}}, password.at}
	default:
		into["mfa"] = ask(r, api.ListMFADevices, &iam.ListMFADevicesInput{UserName: d.UserName}).get(func(o *iam.ListMFADevicesOutput) any { return len(o.MFADevices) > 0 })
	}
}
