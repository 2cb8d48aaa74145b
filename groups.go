package probity

import (
	"encoding/json"
	"maps"
	"reflect"
	"time"
)

// The groups mean the same for every provider: a rule on them judges every source.

// Location is where the data is kept.
type Location struct {
	Region  Fact[string] `json:"region,omitzero"`  // the provider's own name: "eu-west-1"
	Country Fact[string] `json:"country,omitzero"` // ISO 3166-1 alpha-2: "IE"
}

// Lifecycle is the age and version of the store itself.
type Lifecycle struct {
	Created  Fact[time.Time]           `json:"created,omitzero"`
	LastUsed Fact[Optional[time.Time]] `json:"last_used,omitzero"`
	Version  Fact[string]              `json:"version,omitzero"` // engine and version: "postgres 15.4"
}

// Encryption is how data is unreadable to those without the key.
type Encryption struct {
	AtRest    Fact[bool]             `json:"at_rest,omitzero"`
	InTransit Fact[bool]             `json:"in_transit,omitzero"` // clear connections are refused
	Key       Fact[Optional[string]] `json:"key,omitzero"`        // what names the key
	Manager   Fact[KeyManager]       `json:"key_manager,omitzero"`

	// What follows is the key's own, worked out by resolve.
	KeyUsable    Fact[bool]   `json:"key_usable,omitzero"`    // it is on, and is not to be deleted
	KeyElsewhere Fact[bool]   `json:"key_elsewhere,omitzero"` // it may be copied to other regions
	KeyDeciders  List[string] `json:"key_deciders,omitzero"`  // principals outside the account who may delete it, switch it off or write its policy
}

// KeyManager says in whose hands the key at rest is.
type KeyManager string

// Who manages a key.
const (
	ProviderOwned   KeyManager = "provider-owned"   // shared by customers, unseen: AES256 of S3
	ProviderManaged KeyManager = "provider-managed" // in the account, policy fixed: aws/rds
	CustomerManaged KeyManager = "customer-managed" // in the account, policy and rotation the customer's
	NoKey           KeyManager = "none"
)

// Values lists the key managers.
func (KeyManager) Values() []string {
	return []string{string(ProviderOwned), string(ProviderManaged), string(CustomerManaged), string(NoKey)}
}

// Exposure is who can reach the store from where. Declared is what scanners read; the rest is worked out by resolve.
type Exposure struct {
	Declared Declared      `json:"declared,omitzero"`
	Public   Fact[bool]    `json:"public,omitzero"`   // anyone on the internet can read or write, or connect
	Networks List[Opening] `json:"networks,omitzero"` // address ranges let in
	Outside  List[Grant]   `json:"outside,omitzero"`  // principals outside the account
}

// Declared holds the pieces whose meaning needs more than one of them.
type Declared struct {
	Policy    Fact[Optional[string]] `json:"policy,omitzero"`    // the policy document as JSON text
	ACL       List[Grant]            `json:"acl,omitzero"`       // grants beside the policy
	Blocks    Fact[Blocks]           `json:"blocks,omitzero"`    // public access block, on the store or on its account
	Addressed Fact[bool]             `json:"addressed,omitzero"` // has a public address
	Guards    List[Ref]              `json:"guards,omitzero"`    // security groups, subnets and accounts around it
}

// Blocks are the four switches of a public access block.
type Blocks struct {
	NewACLs        bool `json:"block_acls"`
	IgnoreACLs     bool `json:"ignore_acls"`
	NewPolicies    bool `json:"block_policies"`
	RestrictPublic bool `json:"restrict_public"`
}

// Opening lets an address range in.
type Opening struct {
	CIDR     string `json:"cidr"`
	Protocol string `json:"protocol"` // tcp, udp, icmp, all, or the protocol's number
	From     int    `json:"from"`     // first port; 0 where the protocol has none
	To       int    `json:"to"`       // last port, included
}

// Grant allows a principal some actions.
type Grant struct {
	Principal string   `json:"principal"` // ARN, account, role; "*" is anyone
	Actions   []string `json:"actions"`
	On        []string `json:"on"` // paths inside the asset; empty: all of it
}

// Access is who can read the data in effect.
type Access struct {
	Readers   List[Grant]    `json:"readers,omitzero"`
	Borrowers List[Borrower] `json:"borrowers,omitzero"` // worked out by resolve
}

// Borrower is somebody outside the account who may take on a role that reads.
type Borrower struct {
	Principal string `json:"principal"`
	Role      string `json:"role"`
}

// Resilience is what survives an accident or an attack.
type Resilience struct {
	BackupDays         Fact[int]  `json:"backup_days,omitzero"` // 0: automatic backups are off
	PointInTime        Fact[bool] `json:"point_in_time,omitzero"`
	Versioning         Fact[bool] `json:"versioning,omitzero"`
	DeletionProtection Fact[bool] `json:"deletion_protection,omitzero"`
	MultiZone          Fact[bool] `json:"multi_zone,omitzero"`
}

// Retention is how data leaves again.
type Retention struct {
	Rules List[Expiry]        `json:"rules,omitzero"`
	Lock  Fact[Optional[int]] `json:"lock_days,omitzero"` // write once, read many
	// Oldest is how far back data goes by the columns from which a declared period counts; never by when something was written.
	Oldest List[Age] `json:"oldest,omitzero"`
	// Stated is what tags of the store, or a remark on it, say of how long its data may stay, in days; a month has 30 and a year 365.
	Stated Fact[Optional[int]] `json:"stated_days,omitzero"`
}

// Age is the earliest day in a column from which a period of retention counts.
type Age struct {
	On     string    `json:"on"`    // column, or file and column
	Start  string    `json:"start"` // what the activity's retention_from calls it
	Oldest time.Time `json:"oldest"`
}

// Expiry deletes data of an age, or at a time that the data itself says.
type Expiry struct {
	On         []string `json:"on"`         // prefixes or columns; empty: all of it
	Days       int      `json:"days"`       // 0 with By
	By         string   `json:"by"`         // the column that holds each row's own end; empty: by age
	Noncurrent bool     `json:"noncurrent"` // old versions only
}

// Lineage is where the data of a copy, a replica or a snapshot came from, through any number of steps; worked out by resolve.
type Lineage struct {
	Production List[string] `json:"production,omitzero"` // IDs of stores whose tags call them production
	Regions    List[string] `json:"regions,omitzero"`    // other than its own
}

// Audit is what leaves a trace.
type Audit struct {
	Access     Fact[bool]   `json:"access,omitzero"`      // the store's own access log is on
	DataEvents Fact[bool]   `json:"data_events,omitzero"` // a trail records reads and writes of it
	Exports    List[string] `json:"exports,omitzero"`     // kinds of log that leave the store
	Sink       Sink         `json:"sink,omitzero"`
}

// Sink is where the log of a store goes, or what a trail records: all places together. Worked out by resolve.
type Sink struct {
	Public       Fact[bool] `json:"public,omitzero"`        // anyone reaches one of them
	AccessLogged Fact[bool] `json:"access_logged,omitzero"` // reads of buckets among them leave a trace
	Locked       Fact[bool] `json:"locked,omitzero"`        // objects in buckets among them are locked, or deleted with a second factor only
	OwnKey       Fact[bool] `json:"own_key,omitzero"`       // each is encrypted with a key that the customer manages
	Expires      Fact[bool] `json:"expires,omitzero"`       // each deletes what is old
}

// Settings are facts that only one kind has, by name. Scanners write a struct of scanners/kinds, whose names and types the
// compiler checks; at rest it is this map, so that policies and reports need no Go type of it.
type Settings map[string]Fact[any]

// SettingsOf turns a kind's struct of facts into the map kept at rest. A setting that nobody filled stays, as a gap.
func SettingsOf(kind any) Settings {
	out := Settings{}
	for p, l := range Leaves(kind) {
		v, g := l.Value()
		if r := reflect.ValueOf(v); r.Kind() == reflect.Slice && r.IsNil() {
			v = reflect.MakeSlice(r.Type(), 0, 0).Interface() // a whole list without items is no null
		}
		if reflect.ValueOf(l).IsZero() {
			g = &Gap{Reason: NotCollected}
		}
		out[string(p)] = Fact[any]{value: v, known: g == nil, gap: g, origin: l.From()}
	}
	return out
}

// With gives a copy in which some settings are others: assets share what they have alike, so that a map may be that of many.
func (s Settings) With(others Settings) Settings {
	out := make(Settings, len(s)+len(others))
	maps.Copy(out, s)
	maps.Copy(out, others)
	return out
}

// As gives settings that came back from JSON the types of the kind's struct: rules ask the type of a gap what it may stand for.
func (s Settings) As(kind any) Settings {
	for p, l := range Leaves(kind) {
		f, ok := s[string(p)]
		want, _ := l.Value()
		if t := reflect.TypeOf(want); ok && t != nil {
			s[string(p)] = typed(f, t)
		}
	}
	return s
}

func typed(f Fact[any], t reflect.Type) Fact[any] {
	v := reflect.New(t)
	if f.value != nil {
		b, err := json.Marshal(f.value)
		if err == nil {
			err = json.Unmarshal(b, v.Interface())
		}
		if err != nil {
			v = reflect.New(t)
			f.known, f.gap = false, &Gap{Reason: Unreadable, Because: "it has another type than settings of this name"}
		}
	}
	if v = v.Elem(); v.Kind() == reflect.Slice && v.IsNil() {
		v = reflect.MakeSlice(t, 0, 0)
	}
	f.value = v.Interface()
	return f
}
