package probity

import "time"

// Label is a class of personal data in an asset: where, how much, how sure. Never a value.
type Label struct {
	Detector   string     `json:"detector"` // "iban"
	Category   Category   `json:"category"`
	On         string     `json:"on"`    // column, object path, or both: "patients.csv:email"; on a container, the path from it down
	Found      int        `json:"found"` // sampled cells that hold it
	Distinct   int        `json:"distinct"`
	Sample     Sample     `json:"sample"`
	Confidence float64    `json:"confidence"` // 0 to 1
	Protection Protection `json:"protection"`
	AsOf       time.Time  `json:"as_of,omitzero"`
	Version    string     `json:"version,omitempty"` // content it was read at: ETag, file digest
	Origin     *Origin    `json:"origin,omitempty"`  // the file it was read in, or the declaration
	Inherited  *Ref       `json:"inherited,omitempty"`
}

// Category is what kind of personal data a label speaks of.
type Category string

// The categories of personal data.
const (
	Identifier  Category = "identifier" // names a person: national ids, passport
	Contact     Category = "contact"
	Financial   Category = "financial"
	Health      Category = "health"
	Special     Category = "special" // GDPR Art. 9 other than health
	Child       Category = "child"
	Whereabouts Category = "location"
	Online      Category = "online" // IP address, device
	Credential  Category = "credential"
)

// Values lists the categories.
func (Category) Values() []string {
	return []string{string(Identifier), string(Contact), string(Financial), string(Health), string(Special), string(Child), string(Whereabouts), string(Online), string(Credential)}
}

// Protection is the form in which values stand in the store.
type Protection string

// The forms of protection.
const (
	Clear             Protection = "clear"
	Truncated         Protection = "truncated" // first six and last four digits of a card
	KeyedHash         Protection = "keyed-hash"
	Token             Protection = "token"
	FieldEncrypted    Protection = "field-encrypted"
	ProtectionUnknown Protection = "unknown"
)

// Values lists the forms of protection.
func (Protection) Values() []string {
	return []string{string(Clear), string(Truncated), string(KeyedHash), string(Token), string(FieldEncrypted), string(ProtectionUnknown)}
}

// Sample says what a label's counts rest on.
type Sample struct {
	Unit   string    `json:"unit"`            // rows, cells, objects
	Read   int       `json:"read"`            // how many were looked at
	Total  Fact[int] `json:"total,omitzero"`  // how many there are
	Method string    `json:"method"`          // all, first, spread (evenly, not by chance), random, declared
	Frame  *Frame    `json:"frame,omitempty"` // of a store that was sampled object by object
}

// Frame is what objects were drawn from, and what that tells of those that were not read.
type Frame struct {
	Name  string        `json:"name"`           // "S3 Inventory of 2026-11-20", "listing", "seeks"
	Read  int           `json:"read"`           // objects drawn and read
	Found int           `json:"found"`          // of these, those that hold it
	Total Fact[int]     `json:"total,omitzero"` // objects in the frame
	Upper Fact[float64] `json:"upper,omitzero"` // no more than this share of the objects hold it, with 95 % confidence; for random draws only
}

// Activity is what the law speaks of: a processing of personal data. Declared, never guessed.
type Activity struct {
	ID         string       `json:"id"`
	Purposes   []string     `json:"purposes"`
	Role       string       `json:"role"` // controller, processor, joint
	Entity     string       `json:"entity"`
	Country    Fact[string] `json:"country,omitzero"` // establishment, ISO 3166-1 alpha-2
	Subjects   []string     `json:"subjects"`
	Recipients []string     `json:"recipients"`
	Countries  []string     `json:"countries"` // where the data may be kept
	Transfer   string       `json:"transfer"`  // basis for other countries: adequacy, scc, bcr, derogation; empty: none
	Days       Fact[int]    `json:"retention_days,omitzero"`
	StartsAt   string       `json:"retention_from"` // column or event
	Hold       bool         `json:"legal_hold"`
	Stores     []string     `json:"stores"` // patterns over asset IDs
}
