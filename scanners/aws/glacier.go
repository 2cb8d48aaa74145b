package aws

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/glacier"
	"github.com/aws/aws-sdk-go-v2/service/glacier/types"

	probity "github.com/probity-scan/probity"
)

func glacierService() service {
	return service{name: "glacier", id: "Glacier", lists: []string{"aws_glacier_vault"},
		calls: append(apiece(calls("GetVaultAccessPolicy", "GetVaultLock", "ListTagsForVault")...), calls("ListVaults")...),
		read: func(r *reader) {
			api := glacier.NewFromConfig(r.cfg)
			all := list(r, api.ListVaults, &glacier.ListVaultsInput{AccountId: &r.account},
				func(p *glacier.ListVaultsOutput) []types.DescribeVaultOutput { return p.VaultList }, "aws_glacier_vault")
			many(r, all, func(v types.DescribeVaultOutput, at *probity.Origin) { r.glacierVault(api, v, at) })
		}}
}

func (r *reader) glacierVault(api *glacier.Client, v types.DescribeVaultOutput, at *probity.Origin) {
	const none = "ResourceNotFoundException"
	policy := askFor(r, paths("exposure", "access"), api.GetVaultAccessPolicy, &glacier.GetVaultAccessPolicyInput{AccountId: &r.account, VaultName: v.VaultName}, none)
	lock := askFor(r, paths("retention"), api.GetVaultLock, &glacier.GetVaultLockInput{AccountId: &r.account, VaultName: v.VaultName}, none)
	tagged := askFor(r, r.tagPaths(), api.ListTagsForVault, &glacier.ListTagsForVaultInput{AccountId: &r.account, VaultName: v.VaultName}, none)
	t := Thing{Type: "aws_glacier_vault", ARN: value(v.VaultARN), ID: value(v.VaultName), At: at, Attrs: attrs{
		"name": v.VaultName,
		"tags": tagged.get(func(o *glacier.ListTagsForVaultOutput) any { return o.Tags }),
		"access_policy": policy.get(func(o *glacier.GetVaultAccessPolicyOutput) any {
			if o.Policy == nil {
				return nil
			}
			return o.Policy.Policy
		}),
	}}
	if made, err := time.Parse(time.RFC3339, value(v.CreationDate)); err == nil {
		t.Created = &made
	}
	r.add(t)
	if lock.out != nil || lock.gap != nil {
		r.add(Thing{Type: "aws_glacier_vault_lock", At: lock.at, Attrs: attrs{"vault_name": v.VaultName,
			"policy": lock.get(func(o *glacier.GetVaultLockOutput) any { return o.Policy })}})
	}
}
