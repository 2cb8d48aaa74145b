package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const iamRole = "aws_iam_role"

func iamPolicies() []string {
	return []string{"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}
}

func identities() service {
	return service{kinds: map[probity.Kind][]string{kinds.IAMPolicy: append(iamPolicies(), attachments()...), kinds.IAMRole: {iamRole}},
		types: append(append(iamPolicies(), attachments()...), iamRole), read: func(e *estate) []probity.Asset {
			of, rest := e.bearers()
			out := e.each(iamRole, func(r *resource.Resource) probity.Asset { return e.role(r, of[r.Addr]) })
			for _, s := range rest.sorted() {
				for _, r := range s.parts[roleAttachment] {
					out = append(out, e.attached(r)...)
				}
			}
			for _, typ := range attachments()[1:] {
				for _, r := range e.byType[typ] {
					out = append(out, e.attached(r)...)
				}
			}
			for _, typ := range iamPolicies() {
				out = append(out, e.each(typ, e.permissionsOf)...)
			}
			return out
		}}
}

// role: whom it trusts is its policy, and its own inline policies and those attached to it tell what it may.
func (e *estate) role(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.IAMRole, r.Get("name").String())
	a.Exposure.Declared.Policy = optional(r.Get("assume_role_policy"), probity.Fact[probity.Optional[string]]{})
	blocks, rest := r.Get("inline_policy").Blocks()
	all := e.attachedTo(r, s)
	for _, b := range blocks {
		all.say(optional(b.Get("policy"), probity.Fact[probity.Optional[string]]{}))
	}
	if rest != nil {
		all.doubt(*rest, r.At)
	}
	a.Settings = probity.SettingsOf(permissions(r.At, all))
	return a
}

func (e *estate) permissionsOf(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.IAMPolicy, r.Get("name").String())
	own := &carried{}
	own.say(optional(r.Get("policy"), probity.Fact[probity.Optional[string]]{}))
	a.Settings = probity.SettingsOf(permissions(r.At, own))
	return a
}

// permissions are what all the policies together allow.
func permissions(at *probity.Origin, all *carried) kinds.Permissions {
	return kinds.Permissions{
		FullAdmin:  allows(at, all.admin, "*"),
		DecryptAll: allows(at, all.data, "kms:Decrypt", "kms:ReEncryptFrom"),
		ReadAll: allows(at, all.data, "s3:GetObject", "dynamodb:Scan", "dynamodb:Query", "dynamodb:GetItem", "secretsmanager:GetSecretValue", "ssm:GetParameter",
			"ssm:GetParameters", "rds-data:ExecuteStatement", "kinesis:GetRecords", "sqs:ReceiveMessage", "logs:GetLogEvents", "logs:FilterLogEvents"),
	}
}

func allows(at *probity.Origin, all []probity.Fact[probity.Optional[string]], actions ...string) probity.Fact[bool] {
	out := probity.Known(false, at)
	for _, f := range all {
		text, known := f.Get()
		if !known {
			_, g := f.Value()
			out = probity.Missing[bool](*g, f.From())
			continue
		}
		p, err := access.ParseIdentity(text.Value)
		if err != nil {
			out = probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, f.From())
			continue
		}
		switch _, ok, gap := p.Everywhere(actions...); {
		case ok:
			return probity.Known(true, f.From())
		case gap != nil:
			out = probity.Missing[bool](*gap, f.From())
		}
	}
	return out
}
