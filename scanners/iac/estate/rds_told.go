package estate

import (
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
	share(a, with)
	a.Settings = probity.SettingsOf(kinds.Shared{With: with, SourceGone: r.Get("source_gone").Bool(probity.Fact[bool]{}),
		Automatic: resource.Map(r.Get("snapshot_type").Text(probity.Fact[string]{}), func(s string) bool { return s != "manual" })})
}

// ownedByRDS: what is encrypted by a key of RDS' own is told as if it were not (Amazon RDS API, StorageEncryptionType).
func ownedByRDS(r *resource.Resource, a *probity.Asset) {
	if how := r.Get("storage_encryption_type"); how.String() == "sse-rds" {
		a.Encryption.AtRest = probity.Known(true, how.At)
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, how.At)
		a.Encryption.Manager = probity.Known(probity.ProviderOwned, how.At)
	}
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
