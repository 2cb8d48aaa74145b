package aws

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func kmsService() service {
	return service{name: "kms", id: "KMS",
		lists: []string{"aws_kms_key"},
		calls: append(calls("ListKeys"),
			apiece(calls("DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListGrants", "ListResourceTags")...)...),
		read: func(r *reader) {
			api := kms.NewFromConfig(r.cfg)
			ring := r.keys
			for _, a := range ring.aliases {
				r.add(Thing{Type: "aws_kms_alias", ARN: value(a.AliasArn), At: ring.at, Attrs: attrs{
					"name": a.AliasName, "target_key_id": ring.home + "key/" + value(a.TargetKeyId)}})
			}
			many(r, list(r, api.ListKeys, &kms.ListKeysInput{},
				func(p *kms.ListKeysOutput) []types.KeyListEntry { return p.Keys }, "aws_kms_key"),
				func(k types.KeyListEntry, at *probity.Origin) {
					if _, own := ring.own[value(k.KeyId)]; own {
						providersKey(r, value(k.KeyArn), at)
					} else {
						readKey(r, api, value(k.KeyArn), at)
					}
				})
		}}
}

// providersKey is a key that AWS manages in the account: nobody but AWS can change what guards it.
func providersKey(r *reader, arn string, at *probity.Origin) {
	theirs := unread{probity.Gap{Reason: probity.NotApplicable, Because: "AWS manages the key"}}
	said := func(v any, words string) resource.Value {
		return resource.Value{Data: v, At: &probity.Origin{Default: words}}
	}
	t := Thing{Type: "aws_kms_key", ARN: arn, ID: arn, At: at, Also: managedBy(probity.ProviderManaged, at), Attrs: attrs{
		"policy":                   theirs,
		"enable_key_rotation":      said(true, "AWS rotates the keys that it manages every year (since May 2022)"),
		"rotation_period_in_days":  said(365.0, "AWS rotates the keys that it manages every year (since May 2022)"),
		"customer_master_key_spec": said("SYMMETRIC_DEFAULT", "the keys that AWS manages are symmetric"),
		"custom_key_store_id":      nil,
		"multi_region":             said(false, "the keys that AWS manages stay in their region"),
		"deletion_window_in_days":  theirs,
		"is_enabled":               said(true, "the keys that AWS manages cannot be disabled"),
		"pending_deletion":         said(false, "the keys that AWS manages cannot be deleted"),
		"valid_to":                 nil,
		"tags":                     theirs,
	}}
	r.add(t)
	r.add(Thing{Type: "aws_kms_grant", ID: arn + "/grants", At: at, Attrs: attrs{"key_id": arn, "grantee_principal": theirs, "operations": nil}})
}

func readKey(r *reader, api *kms.Client, arn string, at *probity.Origin) {
	key := ask(r, api.DescribeKey, &kms.DescribeKeyInput{KeyId: &arn})
	if key.out != nil && key.out.KeyMetadata == nil {
		key.out, key.gap = nil, silent("kms:DescribeKey")
	}
	of := func(get func(*types.KeyMetadata) any) any {
		return key.get(func(o *kms.DescribeKeyOutput) any { return get(o.KeyMetadata) })
	}
	meta := types.KeyMetadata{}
	if key.out != nil {
		meta = *key.out.KeyMetadata
	}
	if meta.KeyManager == types.KeyManagerTypeAws {
		providersKey(r, arn, at)
		return
	}
	named := "default" // the only one there is
	policy := ask(r, api.GetKeyPolicy, &kms.GetKeyPolicyInput{KeyId: &arn, PolicyName: &named})
	t := Thing{Type: "aws_kms_key", ARN: arn, ID: arn, Created: meta.CreationDate, At: at, Attrs: attrs{
		"policy":                   policy.get(func(o *kms.GetKeyPolicyOutput) any { return o.Policy }),
		"custom_key_store_id":      of(func(m *types.KeyMetadata) any { return m.CustomKeyStoreId }),
		"customer_master_key_spec": of(func(m *types.KeyMetadata) any { return string(m.KeySpec) }),
		"multi_region":             of(func(m *types.KeyMetadata) any { return value(m.MultiRegion) }),
		"is_enabled":               of(func(m *types.KeyMetadata) any { return m.Enabled }),
		"deletion_window_in_days": of(func(m *types.KeyMetadata) any {
			if m.PendingDeletionWindowInDays == nil {
				return onlyCode{}
			}
			return m.PendingDeletionWindowInDays
		}),
		"valid_to": of(func(m *types.KeyMetadata) any {
			if m.ValidTo == nil {
				return nil
			}
			return m.ValidTo.UTC().Format(time.RFC3339)
		}),
		"pending_deletion": of(func(m *types.KeyMetadata) any {
			return m.KeyState == types.KeyStatePendingDeletion || m.KeyState == types.KeyStatePendingReplicaDeletion
		}),
	}}
	if key.out != nil {
		t.Also = managedBy(probity.CustomerManaged, key.at)
	}
	if c := meta.MultiRegionConfiguration; c != nil && c.MultiRegionKeyType == types.MultiRegionKeyTypeReplica && c.PrimaryKey != nil {
		t.Type = "aws_kms_replica_key"
		t.Attrs["primary_key_arn"] = c.PrimaryKey.Arn
	}
	rotates(r, api, &t, meta, key)
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListResourceTags, &kms.ListResourceTagsInput{KeyId: &arn}).get(func(o *kms.ListResourceTagsOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.TagKey, t.TagValue }) // a key bears 50 at most, and a page holds as many
	})
	r.add(t)
	readGrants(r, api, arn)
}

// rotates asks for rotation of the keys that have it: symmetric ones with material of KMS.
func rotates(r *reader, api *kms.Client, t *Thing, meta types.KeyMetadata, key answer[kms.DescribeKeyOutput]) {
	var on, days any
	switch {
	case key.gap != nil:
		on, days = from{unread{*key.gap}, key.at}, from{unread{*key.gap}, key.at}
	case meta.Origin == types.OriginTypeExternal:
		on = from{unread{probity.Gap{Reason: probity.NotApplicable, Because: "imported key material does not rotate by itself"}}, key.at}
		days = on
	case meta.KeySpec == types.KeySpecSymmetricDefault && meta.Origin == types.OriginTypeAwsKms && t.Type == "aws_kms_key":
		status := ask(r, api.GetKeyRotationStatus, &kms.GetKeyRotationStatusInput{KeyId: &t.ARN}, mute) // a flag that is left out is off
		on = status.get(func(o *kms.GetKeyRotationStatusOutput) any { return o.KeyRotationEnabled })
		days = status.get(func(o *kms.GetKeyRotationStatusOutput) any { return o.RotationPeriodInDays })
	}
	t.Attrs["enable_key_rotation"], t.Attrs["rotation_period_in_days"] = on, days
}

// readGrants lists who may use a key beside its policy. A service's grant lets in AWS alone.
func readGrants(r *reader, api *kms.Client, arn string) {
	const part = "aws_kms_grant"
	at := r.at("kms:ListGrants")
	for page, err := range pages(r.ctx, api.ListGrants, &kms.ListGrantsInput{KeyId: &arn}) {
		if err != nil {
			r.add(Thing{Type: part, ID: arn + "/grants", At: at, Attrs: attrs{"key_id": arn, "grantee_principal": unread{r.permits.gap(err)}, "operations": nil}})
			return
		}
		for _, g := range page.Grants {
			if value(g.GranteePrincipal) == "" {
				continue
			}
			r.add(Thing{Type: part, ID: arn + "/grants/" + value(g.GrantId), At: at, Attrs: attrs{"key_id": arn, "grantee_principal": g.GranteePrincipal,
				"operations": each(g.Operations, func(o types.GrantOperation) any { return string(o) })}})
		}
	}
}

// managedBy tells who manages a key.
func managedBy(who probity.KeyManager, at *probity.Origin) func(*probity.Asset) {
	return func(a *probity.Asset) { a.Encryption.Manager = probity.Known(who, at) }
}
