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
	Confidence float64    `json:"confidence"`       // 0 to 1
	Recall     float64    `json:"recall,omitempty"` // of its detector: the share of what is there that it finds at least; 0: nobody measured
	Protection Protection `json:"protection"`
	AsOf       time.Time  `json:"as_of,omitzero"`    // when the content was read
	Version    string     `json:"version,omitempty"` // content it was read at: ETag, file digest, digest of a table's statistics
	Origin     *Origin    `json:"origin,omitempty"`  // the file it was read in, or the declaration
	Inherited  *Ref       `json:"inherited,omitempty"`
	Review     *Review    `json:"review,omitempty"` // what a person said of it
}

// Review is what a person said of a label in probity.yaml.
type Review struct {
	Verdict ReviewVerdict `json:"verdict"`
	By      string        `json:"by,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	At      time.Time     `json:"at,omitzero"`
	Until   time.Time     `json:"until,omitzero"`   // the first moment at which it does not hold any more; zero: always
	Origin  *Origin       `json:"origin,omitempty"` // where it is written
}

// ReviewVerdict is what a review comes to.
type ReviewVerdict string

// The verdicts of reviews.
const (
	LabelDeclared  ReviewVerdict = "declared"  // nobody found it, and it is there
	LabelConfirmed ReviewVerdict = "confirmed" // it is what was found
	LabelRejected  ReviewVerdict = "rejected"  // it is not: rules do not see the label any more, and reports do
)

// Values lists the verdicts of reviews.
func (ReviewVerdict) Values() []string {
	return []string{string(LabelDeclared), string(LabelConfirmed), string(LabelRejected)}
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
	Method string    `json:"method"`          // all, first, spread (evenly, not by chance), random (rows, each alike), blocks (drawn by chance), declared
	Frame  *Frame    `json:"frame,omitempty"` // what was drawn by chance; first rows, and rows spread evenly, tell nothing of the others
}

// Frame is what units of sampling were drawn from, and what that tells of those that were not read.
type Frame struct {
	Name  string        `json:"name"`           // "S3 Inventory of 2026-11-20", "a whole listing", "random seeks", "the table"
	Unit  string        `json:"unit"`           // what was drawn: objects, rows, blocks
	Read  int           `json:"read"`           // units drawn and read
	Found int           `json:"found"`          // of these, those that hold it; of blocks no fewer than do
	Total Fact[int]     `json:"total,omitzero"` // units in the frame
	Upper Fact[float64] `json:"upper,omitzero"` // no more than this share of the units holds it, with 95 % confidence and given the label's recall
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
	StartsAt   Fact[string] `json:"retention_from,omitzero"`    // column or event
	Assessment Fact[string] `json:"impact_assessment,omitzero"` // what it is filed under; "none": there is none
	Hold       bool         `json:"legal_hold"`
	Stores     []string     `json:"stores"` // patterns over asset IDs
}
