package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	s3Bucket      = "aws_s3_bucket"
	s3Versioning  = "aws_s3_bucket_versioning"
	s3Encryption  = "aws_s3_bucket_server_side_encryption_configuration"
	s3Block       = "aws_s3_bucket_public_access_block"
	s3Policy      = "aws_s3_bucket_policy"
	s3ACL         = "aws_s3_bucket_acl"
	s3Logging     = "aws_s3_bucket_logging"
	s3Lifecycle   = "aws_s3_bucket_lifecycle_configuration"
	s3Ownership   = "aws_s3_bucket_ownership_controls"
	s3Lock        = "aws_s3_bucket_object_lock_configuration"
	s3Replication = "aws_s3_bucket_replication_configuration"
	s3Website     = "aws_s3_bucket_website_configuration"
	s3CORS        = "aws_s3_bucket_cors_configuration"
	s3Inventory   = "aws_s3_bucket_inventory"
	s3Directory   = "aws_s3_directory_bucket"
)

func s3Splits() []string {
	return []string{s3Versioning, s3Encryption, s3Block, s3Policy, s3ACL, s3Logging, s3Lifecycle, s3Ownership, s3Lock, s3Replication, s3Website, s3CORS, s3Inventory}
}

func s3() service {
	return service{kinds: map[probity.Kind][]string{kinds.S3Bucket: {s3Bucket}, kinds.S3DirectoryBucket: {s3Directory}},
		types: append(s3Splits(), s3Bucket, s3Directory), read: (*estate).buckets}
}

func (e *estate) buckets() []probity.Asset {
	owners, directories := e.byType[s3Bucket], e.byType[s3Directory]
	splits, rest := e.join(joint{owners: slices.Concat(owners, directories), attr: "bucket", types: s3Splits(), names: func(r *resource.Resource) ([]string, bool) {
		name := r.Get("bucket").String()
		return []string{name}, name != ""
	}})
	out := make([]probity.Asset, 0, len(owners)+len(directories))
	for _, r := range owners {
		out = append(out, e.bucket(&bucket{Resource: r, split: splits[r.Addr]}))
	}
	for _, s := range rest.sorted() {
		out = append(out, e.strayBucket(s))
	}
	e.replicas(owners, splits, out)
	for _, r := range directories {
		out = append(out, e.directory(&bucket{Resource: r, split: splits[r.Addr]}))
	}
	return out
}

// bucket is a bucket with its parts, wherever they were declared.
type bucket struct {
	*resource.Resource
	*split
}

// piece gives a part's attribute: from the split resource, else from the legacy block inside the bucket.
func (b *bucket) piece(typ string, path []string, legacy ...string) resource.Value {
	r, gap := b.part(typ)
	if gap != nil {
		at := b.At
		if r != nil {
			at = r.At
		}
		return resource.Value{Data: resource.Unknown{Gap: *gap}, At: at}
	}
	if r != nil {
		if v := r.Get(path...); v.Set() {
			return v
		}
		return resource.Value{At: r.At}
	}
	if len(legacy) == 0 {
		return resource.Value{At: b.At}
	}
	return b.Get(legacy...)
}

func (e *estate) bucket(b *bucket) probity.Asset {
	name := b.Get("bucket").String()
	a := e.asset(b.Resource, kinds.S3Bucket, name)
	if name != "" && !contains(a.Aliases, s3ARN+name) {
		a.Aliases = append(a.Aliases, s3ARN+name)
	}
	e.bucketEncryption(b, &a)
	e.bucketExposure(b, &a)
	e.bucketRetention(b, &a)
	status := b.piece(s3Versioning, []string{"versioning_configuration", "status"}, "versioning", "enabled")
	a.Resilience.Versioning = enabled(status, e.versions(b))
	logs := b.piece(s3Logging, []string{"target_bucket"}, "logging", "target_bucket")
	a.Audit.Access = answered(logs, kinds.S3Logging())
	if logs.Set() {
		a.Audit.Access = probity.Fact[bool]{}
		e.link(&a, probity.LogsTo, logs)
		if g := logs.Gap(); g != nil && !isReference(logs) {
			a.Audit.Access = probity.Missing[bool](*g, logs.At)
		} else {
			a.Audit.Access = probity.Known(true, logs.At)
		}
	}
	site := b.piece(s3Website, nil, "website")
	copies := b.piece(s3Replication, []string{"rule"}, "replication_configuration", "rules")
	a.Settings = probity.SettingsOf(kinds.S3{
		MFADelete:       enabled(b.piece(s3Versioning, []string{"versioning_configuration", "mfa_delete"}, "versioning", "mfa_delete"), kinds.S3MFADelete()),
		Website:         declared(site, answered(site, kinds.S3Website())),
		Ownership:       b.piece(s3Ownership, []string{"rule", "object_ownership"}).Text(kinds.S3Ownership()),
		BucketKey:       b.piece(s3Encryption, []string{"rule", "bucket_key_enabled"}, "server_side_encryption_configuration", "rule", "bucket_key_enabled").Bool(kinds.S3BucketKey()),
		CORSOrigins:     origins(b.piece(s3CORS, []string{"cors_rule"}, "cors_rule")),
		Replicated:      declared(copies, answered(copies, kinds.S3Replicated())),
		ReplicaAccounts: replicaAccounts(copies),
		Inventories:     e.inventories(b),
		CustomerKeys:    customerKeys(b.piece(s3Encryption, []string{"rule", "blocked_encryption_types"})),
		ClearLists:      e.lists(b, clearList),
		ListOwners:      e.lists(b, listOwner),
		KeylessCopies:   e.keylessCopies(copies),
		UploadsEnd:      uploadsEnd(b.piece(s3Lifecycle, []string{"rule"}, "lifecycle_rule")),
		LogsToItself:    e.toItself(&a, logs),
		NamedFor:        namedFor(b.Get("bucket")),
	})
	return a
}

// namedFor is what a bucket's name says that it keeps. One that nobody names gets a name when it is made, often with a word of the code in it.
func namedFor(name resource.Value) probity.List[string] {
	switch {
	case !name.Set():
		return probity.Open[string](probity.Gap{Reason: probity.Computed, Because: "it is named when it is made"}, name.At)
	case name.String() == "":
		return probity.Open[string](name.Why(), name.At)
	}
	var out []string
	for _, word := range strings.FieldsFunc(strings.ToLower(name.String()), func(r rune) bool { return strings.ContainsRune("-_.", r) }) {
		for _, kept := range []string{"audit", "trail", "backup"} {
			if (word == kept || word == kept+"s") && !contains(out, kept) {
				out = append(out, kept)
			}
		}
	}
	return probity.Whole(name.At, out...)
}

// versions of a bucket are kept where nothing says so if it has object lock.
func (e *estate) versions(b *bucket) probity.Fact[bool] {
	locked := b.Get("object_lock_enabled")
	if e.place.listed() {
		return kinds.S3Versioning() // where versions themselves are told
	}
	if locked.Bool(probity.Fact[bool]{}).Is(func(on bool) bool { return on }) {
		return kinds.S3LockedVersioning()
	}
	if g := locked.Gap(); g != nil {
		return probity.Missing[bool](*g, locked.At)
	}
	return kinds.S3Versioning()
}

// isReference: it is known what a value is, if not how it will be called.
func isReference(v resource.Value) bool {
	switch v.Data.(type) {
	case resource.Ref, resource.Template:
		return true
	}
	return false
}

// enabled reads "Enabled", and true of the legacy block.
func enabled(v resource.Value, def probity.Fact[bool]) probity.Fact[bool] {
	if s, ok := v.Data.(string); ok && s != "true" && s != "false" {
		return probity.Known(s == "Enabled", v.At)
	}
	return v.Bool(def)
}

func origins(v resource.Value) probity.List[string] {
	if !v.Set() {
		return listedNone(v, kinds.S3CORS())
	}
	blocks, rest := v.Blocks()
	var out []string
	for _, b := range blocks {
		l := texts(b.Get("allowed_origins"), probity.Whole[string](v.At))
		items, g := l.Value()
		out = append(out, items.([]string)...)
		if g != nil {
			rest = g
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// replicaAccounts are the accounts that copies are handed to, by rules that are on.
func replicaAccounts(v resource.Value) probity.List[string] {
	rules, rest := v.Blocks()
	out := []string{}
	for _, r := range rules {
		on, ok := enabled(r.Get("status"), probity.Known(true, v.At)).Get()
		account := r.Get("destination", "account")
		switch {
		case ok && !on:
		case account.String() != "":
			out = append(out, account.String())
		case account.Set() && account.Gap() != nil:
			rest = account.Gap()
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// customerKeys is whether S3 refuses objects that are encrypted with keys it does not keep.
func customerKeys(v resource.Value) probity.Fact[bool] {
	if !v.Set() {
		return kinds.S3BlocksCustomerKeys()
	}
	types := texts(v, probity.Whole[string](v.At))
	if contains(types.Items, "SSE-C") {
		return probity.Known(true, v.At)
	}
	if _, g := types.Value(); g != nil {
		return probity.Missing[bool](*g, v.At)
	}
	return probity.Known(false, v.At)
}
