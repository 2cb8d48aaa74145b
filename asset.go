package probity

import (
	"cmp"
)

// Ref is an asset's identity. Root tells two Terraform roots of one repository apart and is empty for other assets.
type Ref struct {
	Root string `json:"root,omitempty"`
	ID   string `json:"id"` // the provider's own: ARN, Terraform address, postgres://host/db/schema.table
}

// Compare orders by root, then ID.
func (r Ref) Compare(s Ref) int { return cmp.Or(cmp.Compare(r.Root, s.Root), cmp.Compare(r.ID, s.ID)) }

// Asset is one store, or a thing that guards one. Its JSON names are what rules read below input.
//
// Found more than once under one Ref (a bucket, and elsewhere its versioning), the parts are merged: see scanners/resolve.
type Asset struct {
	Ref
	Aliases []string `json:"aliases,omitempty"` // everything else that names it: ARN, endpoint:port/database, bucket name
	Name    string   `json:"name,omitempty"`    // for people; masked if it holds personal data
	Kind    Kind     `json:"kind,omitempty"`
	Class   Class    `json:"class,omitempty"`
	Scope   Scope    `json:"scope,omitzero"`
	Origin  *Origin  `json:"origin,omitempty"`  // where the asset itself is declared or listed
	Former  []Ref    `json:"former,omitempty"`  // what it was called before: moved blocks
	Ignores []Ignore `json:"ignores,omitempty"` // asked for in comments of its code

	Tags       Fact[map[string]string] `json:"tags,omitzero"`
	Owner      Fact[string]            `json:"owner,omitzero"` // who answers for it, by declaration or tag; empty: nobody
	Location   Location                `json:"location,omitzero"`
	Lifecycle  Lifecycle               `json:"lifecycle,omitzero"`
	Encryption Encryption              `json:"encryption,omitzero"`
	Exposure   Exposure                `json:"exposure,omitzero"`
	Access     Access                  `json:"access,omitzero"`
	Resilience Resilience              `json:"resilience,omitzero"`
	Retention  Retention               `json:"retention,omitzero"`
	Audit      Audit                   `json:"audit,omitzero"`
	Lineage    Lineage                 `json:"lineage,omitzero"`
	Settings   Settings                `json:"settings,omitempty"`

	Labels     List[Label]    `json:"labels,omitzero"`     // open until content was read whole
	Links      List[Link]     `json:"links,omitzero"`      // resolved links reach rules with the linked asset inside
	Activities List[Activity] `json:"activities,omitzero"` // declared ones that this store serves
	Rejected   []Label        `json:"rejected,omitempty"`  // labels that a person said are wrong: neither rules nor copies see them
}

// Kind is the provider's type: "aws.s3.bucket".
type Kind string

// Class is what rules select on.
type Class string

// The classes of assets.
const (
	Bucket     Class = "bucket" // object storage, and folders of objects
	Database   Class = "database"
	Table      Class = "table"
	Warehouse  Class = "warehouse"
	Volume     Class = "volume"
	Filesystem Class = "filesystem"
	Snapshot   Class = "snapshot"
	Backup     Class = "backup"
	Queue      Class = "queue"
	Stream     Class = "stream"
	Topic      Class = "topic"
	Cache      Class = "cache"
	Search     Class = "search"
	Secret     Class = "secret"
	Key        Class = "key"
	Log        Class = "log"
	Network    Class = "network"
	Identity   Class = "identity"
	Account    Class = "account"
	Compute    Class = "compute" // what runs code: its configuration may hold secrets
)

// Values lists the classes.
func (Class) Values() []string {
	return []string{string(Bucket), string(Database), string(Table), string(Warehouse), string(Volume), string(Filesystem),
		string(Snapshot), string(Backup), string(Queue), string(Stream), string(Topic), string(Cache), string(Search),
		string(Secret), string(Key), string(Log), string(Network), string(Identity), string(Account), string(Compute)}
}

// Scope is where something is listed; an empty field is not known or does not matter.
type Scope struct {
	Provider string `json:"provider,omitempty"` // "aws", "sqlite", "files"
	Account  string `json:"account,omitempty"`
	Region   string `json:"region,omitempty"`
}

// Link goes from the asset that holds it. Labels follow copies; facts stay on the asset that sets them.
type Link struct {
	Kind LinkKind `json:"kind"`
	To   Ref      `json:"to"`
	Gap  *Gap     `json:"gap,omitempty"` // the link may exist: what could not be read
}

// LinkKind says what a link means.
type LinkKind string

// The kinds of links.
const (
	CopyOf      LinkKind = "copy-of"
	ReplicaOf   LinkKind = "replica-of"
	SnapshotOf  LinkKind = "snapshot-of"
	EncryptedBy LinkKind = "encrypted-by"
	LogsTo      LinkKind = "logs-to"
	ContainedIn LinkKind = "contained-in"
	ReadsFrom   LinkKind = "reads-from"
	SameAs      LinkKind = "same-as" // judged once, as one view; a finding bears the ID of the asset that set the violating fact
)

// Values lists the kinds of links.
func (LinkKind) Values() []string {
	return []string{string(CopyOf), string(ReplicaOf), string(SnapshotOf), string(EncryptedBy), string(LogsTo), string(ContainedIn), string(ReadsFrom), string(SameAs)}
}
