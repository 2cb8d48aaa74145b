package aws

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	probity "github.com/probity-scan/probity"
)

// secretsService reads what is told about secrets, and never a secret.
func secretsService() service {
	return service{name: "secretsmanager", id: "Secrets Manager",
		lists: []string{"aws_secretsmanager_secret"},
		calls: append(calls("ListSecrets"), apiece(calls("GetResourcePolicy")...)...),
		read: func(r *reader) {
			api := secretsmanager.NewFromConfig(r.cfg)
			many(r, list(r, api.ListSecrets, &secretsmanager.ListSecretsInput{},
				func(p *secretsmanager.ListSecretsOutput) []types.SecretListEntry { return p.SecretList }, "aws_secretsmanager_secret"),
				func(s types.SecretListEntry, at *probity.Origin) { readSecret(r, api, s, at) })
		}}
}

func readSecret(r *reader, api *secretsmanager.Client, s types.SecretListEntry, at *probity.Origin) {
	arn := value(s.ARN)
	t := Thing{Type: "aws_secretsmanager_secret", ARN: arn, ID: arn, Created: s.CreatedDate, Used: s.LastAccessedDate, At: at, Attrs: attrs{
		"name":                    s.Name,
		"kms_key_id":              keyOf(s.KmsKeyId),
		"recovery_window_in_days": onlyCode{},
		"last_rotated":            nil,
		"replica_of":              nil,
		"policy":                  nil,
		"replica":                 from{unread{probity.Gap{Reason: probity.NotApplicable, Because: "each replica is listed in its region"}}, at},
		"tags":                    tags(s.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value }),
	}}
	if s.LastAccessedDate == nil {
		t.Also = func(a *probity.Asset) { a.Lifecycle.LastUsed = probity.Known(probity.Optional[time.Time]{}, at) }
	}
	if s.LastRotatedDate != nil {
		t.Attrs["last_rotated"] = s.LastRotatedDate.UTC().Format("2006-01-02")
	}
	if home, here := value(s.PrimaryRegion), ":"+r.region+":"; home != "" && home != r.region {
		t.Attrs["replica_of"] = strings.Replace(arn, here, ":"+home+":", 1)
	}
	r.add(t)
	policy := ask(r, api.GetResourcePolicy, &secretsmanager.GetResourcePolicyInput{SecretId: &arn})
	r.add(Thing{Type: "aws_secretsmanager_secret_policy", ID: arn + "/policy", At: policy.at, Attrs: attrs{"secret_arn": arn, "block_public_policy": onlyCode{},
		"policy": policy.get(func(o *secretsmanager.GetResourcePolicyOutput) any { return text(value(o.ResourcePolicy)) })}})
	r.add(Thing{Type: "aws_secretsmanager_secret_version", ID: arn + "/version", At: at, Attrs: attrs{"secret_id": arn,
		"secret_string": onlyCode{}, "secret_binary": nil, "secret_string_wo": nil}})
	if !value(s.RotationEnabled) {
		return
	}
	rules := value(s.RotationRules)
	r.add(Thing{Type: "aws_secretsmanager_secret_rotation", ID: arn + "/rotation", At: at, Attrs: attrs{"secret_id": arn,
		"rotation_rules": attrs{"automatically_after_days": rules.AutomaticallyAfterDays, "schedule_expression": rules.ScheduleExpression}}})
}
