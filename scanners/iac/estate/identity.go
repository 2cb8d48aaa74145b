package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	iamRole  = "aws_iam_role"
	iamUser  = "aws_iam_user"
	iamGroup = "aws_iam_group"
	// awsPolicy is a policy that AWS manages, as an account tells it. It belongs to no account, so who bears it is judged.
	awsPolicy = "aws_iam_managed_policy"
)

func iamPolicies() []string {
	return []string{"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}
}

func identities() service {
	return service{kinds: map[probity.Kind][]string{kinds.IAMPolicy: append(iamPolicies(), attachments()...), kinds.IAMRole: {iamRole}, kinds.IAMUser: {iamUser}, kinds.IAMGroup: {iamGroup}},
		types: append(append(iamPolicies(), attachments()...), iamRole, iamUser, iamGroup), read: func(e *estate) []probity.Asset {
			of, rest := e.bearers()
			out := e.each(iamRole, func(r *resource.Resource) probity.Asset { return e.role(r, of[r.Addr]) })
			out = append(out, e.each(iamUser, e.user)...)
			out = append(out, e.each(iamGroup, e.group)...)
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
	all := e.attachedTo(r, s)
	p := e.may(r.At, all)
	reads, boundary := e.readings(r, all)
	a.Settings = probity.SettingsOf(kinds.Role{Unasked: unasked(a.Exposure.Declared.Policy), FullAdmin: p.FullAdmin, DecryptAll: p.DecryptAll, ReadAll: p.ReadAll, Reads: reads, Boundary: boundary})
	return a
}

// unasked are who takes on a role without telling an ID that its owner gave them, by the role's trust policy.
func unasked(f probity.Fact[probity.Optional[string]]) probity.List[string] {
	return principals(f, func(p access.Policy) ([]string, *probity.Gap) { return p.Without("sts:AssumeRole", "sts:ExternalId") })
}

// principals are those of a policy that is told as text, as far as it is known.
func principals(f probity.Fact[probity.Optional[string]], of func(access.Policy) ([]string, *probity.Gap)) probity.List[string] {
	text, known := f.Get()
	if !known {
		if f.IsZero() {
			return probity.List[string]{}
		}
		_, g := f.Value()
		return probity.Open[string](*g, f.From())
	}
	p, err := access.Parse(text.Value)
	if err != nil {
		return probity.Open[string](probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, f.From())
	}
	who, gap := of(p)
	if gap != nil {
		return probity.Open(*gap, f.From(), who...)
	}
	return probity.Whole(f.From(), who...)
}

// user: code attaches what a user may by resources of their own, each of which is judged.
func (e *estate) user(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.IAMUser, r.Get("name").String())
	all := e.attachedTo(r, nil)
	p := e.may(r.At, all)
	groups, rest := r.Get("groups").Each()
	for _, v := range groups {
		ref, _ := v.Data.(resource.Ref)
		if g := e.byAddr[ref.Addr]; g != nil {
			all.reads = append(all.reads, e.attachedTo(g, nil).reads...)
		} else {
			all.reads = append(all.reads, probity.Missing[probity.Optional[string]](v.Why(), v.At))
		}
	}
	if rest != nil {
		all.reads = append(all.reads, probity.Missing[probity.Optional[string]](*rest, r.At))
	}
	reads, boundary := e.readings(r, all)
	a.Settings = probity.SettingsOf(kinds.User{FullAdmin: p.FullAdmin, DecryptAll: p.DecryptAll, ReadAll: p.ReadAll, Reads: reads, Boundary: boundary,
		Password: r.Get("console_password").Bool(probity.Fact[bool]{}), MFA: r.Get("mfa").Bool(probity.Fact[bool]{})})
	return a
}

func (e *estate) group(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.IAMGroup, r.Get("name").String())
	a.Settings = probity.SettingsOf(e.may(r.At, e.attachedTo(r, nil)))
	return a
}

func (e *estate) permissionsOf(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.IAMPolicy, r.Get("name").String())
	own := &carried{}
	own.say(optional(r.Get("policy"), probity.Fact[probity.Optional[string]]{}))
	a.Settings = probity.SettingsOf(e.may(r.At, own))
	return a
}

// may is what all the policies together allow.
func (e *estate) may(at *probity.Origin, all *carried) kinds.Permissions {
	return kinds.Permissions{
		FullAdmin:  e.allows(at, all.admin, "*"),
		DecryptAll: e.allows(at, all.data, "kms:Decrypt", "kms:ReEncryptFrom"),
		ReadAll: e.allows(at, all.data, "s3:GetObject", "dynamodb:Scan", "dynamodb:Query", "dynamodb:GetItem", "secretsmanager:GetSecretValue", "ssm:GetParameter",
			"ssm:GetParameters", "rds-data:ExecuteStatement", "kinesis:GetRecords", "sqs:ReceiveMessage", "logs:GetLogEvents", "logs:FilterLogEvents"),
	}
}

func (e *estate) allows(at *probity.Origin, all []probity.Fact[probity.Optional[string]], actions ...string) probity.Fact[bool] {
	out := probity.Known(false, at)
	for _, f := range all {
		text, known := f.Get()
		if !known {
			_, g := f.Value()
			out = probity.Missing[bool](*g, f.From())
			continue
		}
		p, err := e.policy(text.Value)
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

// parsed is a policy that was read, or why it cannot be.
type parsed struct {
	policy access.Policy
	err    error
}

// policy reads a policy of somebody, once: thousands of roles bear the same of AWS.
func (e *estate) policy(text string) (access.Policy, error) {
	if p, ok := e.policies[text]; ok {
		return p.policy, p.err
	}
	p, err := access.ParseIdentity(text)
	if e.policies == nil {
		e.policies = map[string]parsed{}
	}
	e.policies[text] = parsed{p, err}
	return p, err
}
