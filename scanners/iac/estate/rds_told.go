package estate

import (
	"strings"
	"time"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// snapshotEncryption is what the snapshot tells itself, which a provider that lists it does, and plans and states may. In
// code it has a key of its own or is encrypted as its source is.
func (e *estate) snapshotEncryption(r *resource.Resource, a *probity.Asset, source resource.Value, types ...string) {
	on, key := firstSet(r, "storage_encrypted", "encrypted"), r.Get("kms_key_id")
	switch _, told := on.Bool(probity.Fact[bool]{}).Get(); {
	case told || e.place.listed():
		a.Encryption.AtRest = on.Bool(probity.Fact[bool]{})
		e.storageKey(a, key, nil, probity.ProviderManaged)
		ownedByRDS(r, a)
	case key.Set():
		a.Encryption.AtRest = probity.Known(true, key.At)
		e.key(a, key, probity.ProviderManaged, key.At)
	default:
		e.inherited(a, source, types...)
	}
}

// sharedSnapshot tells with whom it is shared and, where a provider lists it, what made it and whether that is still there.
func sharedSnapshot(r *resource.Resource, a *probity.Asset) {
	with := texts(r.Get("shared_accounts"), kinds.SnapshotShared())
	automatic := resource.Map(r.Get("snapshot_type").Text(kinds.SnapshotMade()), func(s string) bool { return s != "manual" })
	share(a, with, automatic)
	keptByHand(a, automatic, snapshotDays(r))
	a.Settings = probity.SettingsOf(kinds.Shared{With: with, SourceGone: r.Get("source_gone").Bool(probity.Fact[bool]{}), Automatic: automatic})
}

// snapshotDays is how long a snapshot is kept. Those of Redshift may end by themselves.
func snapshotDays(r *resource.Resource) probity.Fact[int] {
	attr := map[string]string{redshiftSnapshot: "manual_snapshot_retention_period", serverlessSnapshot: "retention_period"}[r.Type]
	if attr == "" {
		return kinds.SnapshotKept()
	}
	return r.Get(attr).Int(kinds.SnapshotKept())
}

// keptByHand: what no schedule made, and will delete, stays until somebody deletes it, or for the days that it was made for.
func keptByHand(a *probity.Asset, automatic probity.Fact[bool], days probity.Fact[int]) {
	switch is, known := automatic.Get(); {
	case known && is:
		a.Retention.Rules = probity.Open[probity.Expiry](probity.Gap{Reason: probity.NotApplicable, Because: "its schedule deletes it"}, automatic.From())
	case known:
		a.Retention.Rules = kept(days)
	}
}

// scheduled is whether a service made a snapshot or an image by a schedule, which deletes it as well: it leaves a tag of its own.
func (e *estate) scheduled(a *probity.Asset) probity.Fact[bool] {
	out := resource.Map(kinds.SnapshotMade(), func(s string) bool { return s != "manual" })
	if e.place.listed() {
		out = resource.Map(a.Tags, func(tags map[string]string) bool {
			for key := range tags {
				if strings.HasPrefix(key, "aws:dlm:") || strings.HasPrefix(key, "aws:backup:") {
					return true
				}
			}
			return false
		})
	}
	keptByHand(a, out, kinds.SnapshotKept())
	return out
}

// ownedByRDS: what is encrypted by a key of RDS' own is told as if it were not (Amazon RDS API, StorageEncryptionType).
func ownedByRDS(r *resource.Resource, a *probity.Asset) {
	if how := r.Get("storage_encryption_type"); how.String() == "sse-rds" {
		a.Encryption.AtRest = probity.Known(true, how.At)
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, how.At)
		a.Encryption.Manager = probity.Known(probity.ProviderOwned, how.At)
	}
}

// managedPassword: a replica has the accounts of its source.
func managedPassword(r *resource.Resource) probity.Fact[bool] {
	managed := r.Get("manage_master_user_password")
	for _, attr := range []string{"replicate_source_db", "replication_source_identifier"} {
		if v := r.Get(attr); v.Set() && v.Data != "" && !managed.Set() {
			return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "a replica has the accounts of its source"}, v.At)
		}
	}
	return managed.Bool(kinds.RDSOff("managed master password"))
}

// masterSecret links to the secret that Secrets Manager keeps the master password in, where it is known.
func (e *estate) masterSecret(r *resource.Resource, a *probity.Asset) {
	if arn := r.Get("master_user_secret", "secret_arn"); arn.String() != "" {
		e.link(a, probity.ReadsFrom, arn)
	}
}

// moment is a time as RFC 3339 has it. The zero Fact is for one that nobody told.
func moment(v resource.Value) probity.Fact[time.Time] {
	if !v.Set() {
		return probity.Fact[time.Time]{}
	}
	if t, err := time.Parse(time.RFC3339, v.String()); err == nil {
		return probity.Known(t, v.At)
	}
	return probity.Missing[time.Time](v.Why(), v.At)
}
