package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
)

// versions fills what only a bucket that keeps versions can have: locks, and copies elsewhere (S3 User Guide, "Requirements
// for replication", "How Object Lock works"). It gives the buckets that copies go to.
func (b *s3Bucket) versions(into attrs) map[string]*probity.Origin {
	locks, copies := paths("retention.lock_days"), paths("settings.replicated", "settings.replica_accounts", "settings.keyless_replicas", "links", "labels")
	v := s3Ask(b, append(append(paths("resilience.versioning", "settings.mfa_delete", "retention.rules"), locks...), copies...),
		b.api.GetBucketVersioning, &s3.GetBucketVersioningInput{Bucket: &b.name}, mute)
	into["versioning"] = v.get(func(o *s3.GetBucketVersioningOutput) any {
		return attrs{"enabled": off(string(o.Status)), "mfa_delete": off(string(o.MFADelete))}
	})
	if v.gap == nil && v.out.Status != types.BucketVersioningStatusEnabled {
		into["object_lock_configuration"], into["replication_configuration"] = from{nil, v.at}, from{nil, v.at}
		return nil
	}
	into["object_lock_configuration"] = s3Ask(b, locks, b.api.GetObjectLockConfiguration, &s3.GetObjectLockConfigurationInput{Bucket: &b.name}, "ObjectLockConfigurationNotFoundError").
		get(func(o *s3.GetObjectLockConfigurationOutput) any {
			if c := o.ObjectLockConfiguration; c != nil && c.Rule != nil && c.Rule.DefaultRetention != nil {
				return attrs{"rule": attrs{"default_retention": attrs{"days": c.Rule.DefaultRetention.Days, "years": c.Rule.DefaultRetention.Years}}}
			}
			return nil
		})
	r := s3Ask(b, copies, b.api.GetBucketReplication, &s3.GetBucketReplicationInput{Bucket: &b.name}, "ReplicationConfigurationNotFoundError")
	to := map[string]*probity.Origin{}
	into["replication_configuration"] = r.get(func(o *s3.GetBucketReplicationOutput) any {
		rules := []any{}
		if o.ReplicationConfiguration == nil {
			return nil
		}
		for _, rule := range o.ReplicationConfiguration.Rules {
			if rule.Status != types.ReplicationRuleStatusEnabled || rule.Destination == nil {
				continue
			}
			account := rule.Destination.Account
			if value(account) == b.account {
				account = nil
			}
			rules = append(rules, attrs{"status": string(rule.Status), "source_selection_criteria": s3Chosen(rule.SourceSelectionCriteria),
				"destination": attrs{"bucket": rule.Destination.Bucket, "account": account, "encryption_configuration": s3CopyKey(rule.Destination.EncryptionConfiguration)}})
			to[value(rule.Destination.Bucket)] = r.at
		}
		return attrs{"rules": rules}
	})
	return to
}

// s3Chosen is whether objects under keys of KMS are copied too.
func s3Chosen(c *types.SourceSelectionCriteria) any {
	if c == nil || c.SseKmsEncryptedObjects == nil {
		return nil
	}
	return attrs{"sse_kms_encrypted_objects": attrs{"status": string(c.SseKmsEncryptedObjects.Status)}}
}

func s3CopyKey(c *types.EncryptionConfiguration) any {
	if c == nil {
		return nil
	}
	return attrs{"replica_kms_key_id": c.ReplicaKmsKeyID}
}

// off is a switch that nobody ever touched.
func off(status string) string {
	if status == "" {
		return "Disabled"
	}
	return status
}

// replica says of a bucket, which another region or account may hold, that it receives the copies of one.
func replica(of, source string, at *probity.Origin) probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: of}, Origin: at, Links: probity.Whole(at, probity.Link{Kind: probity.ReplicaOf, To: probity.Ref{ID: source}})}
}

// inventories are the lists of objects that S3 writes regularly, and where to.
func (b *s3Bucket) inventories() any {
	var all []any
	for next := (*string)(nil); ; {
		a := s3Ask(b, paths("settings.inventory_buckets", "settings.clear_inventories", "settings.inventory_accounts"), b.api.ListBucketInventoryConfigurations, &s3.ListBucketInventoryConfigurationsInput{Bucket: &b.name, ContinuationToken: next})
		if a.gap != nil {
			return a.get(nil)
		}
		for _, c := range a.out.InventoryConfigurationList {
			if c.Destination != nil && c.Destination.S3BucketDestination != nil {
				all = append(all, attrs{"enabled": value(c.IsEnabled), "destination": s3List(c.Destination.S3BucketDestination)})
			}
		}
		if next = a.out.NextContinuationToken; next == nil {
			return from{all, a.at}
		}
	}
}

// s3List is where a list of objects goes. An account that is not told is not checked.
func s3List(to *types.InventoryS3BucketDestination) attrs {
	out := attrs{"bucket_arn": to.Bucket, "account_id": to.AccountId, "encryption": nil}
	if k := to.Encryption; k != nil && k.SSEKMS != nil {
		out["encryption"] = attrs{"sse_kms": attrs{"key_id": k.SSEKMS.KeyId}}
	} else if k != nil && k.SSES3 != nil {
		out["encryption"] = attrs{"sse_s3": true}
	}
	return out
}
