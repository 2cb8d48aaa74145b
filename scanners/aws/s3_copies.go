package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	probity "github.com/probity-scan/probity"
)

// versions fills what only a bucket that keeps versions can have: locks, and copies elsewhere (S3 User Guide, "Requirements
// for replication", "How Object Lock works"). It gives the buckets that copies go to.
func (b *s3Bucket) versions(into attrs) map[string]*probity.Origin {
	locks, copies := paths("retention.lock_days"), paths("settings.replicated", "settings.replica_accounts", "links", "labels")
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
			rules = append(rules, attrs{"status": string(rule.Status), "destination": attrs{"bucket": rule.Destination.Bucket, "account": account}})
			to[value(rule.Destination.Bucket)] = r.at
		}
		return attrs{"rules": rules}
	})
	return to
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
		a := s3Ask(b, paths("settings.inventory_buckets"), b.api.ListBucketInventoryConfigurations, &s3.ListBucketInventoryConfigurationsInput{Bucket: &b.name, ContinuationToken: next})
		if a.gap != nil {
			return a.get(nil)
		}
		for _, c := range a.out.InventoryConfigurationList {
			if c.Destination != nil && c.Destination.S3BucketDestination != nil {
				all = append(all, attrs{"enabled": value(c.IsEnabled), "destination": attrs{"bucket_arn": c.Destination.S3BucketDestination.Bucket}})
			}
		}
		if next = a.out.NextContinuationToken; next == nil {
			return from{all, a.at}
		}
	}
}
