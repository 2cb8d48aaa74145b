// Package detectors holds one struct value for each class of personal data: what it looks like, how it is checked, and
// the words that name it. The engine in package personaldata runs them; a new detector is one file here and a line in [All].
package detectors

import (
	"slices"

	"github.com/probity-scan/probity"
)

// Detector finds one class of personal data.
type Detector struct {
	ID       string // stable, never reused: "iban"
	Title    string // for people: "IBAN"
	Category probity.Category
	Country  string   // ISO 3166-1 alpha-2; empty for any
	Words    []string // phrases of a header, key or sentence that name it, in lower case, one to three words each
	Unless   []string // parts of a header or key that say it is something else all the same, in lower case
	Hints    []string // last words of a header that name this and other things alike (name): cells must bear them out

	// Shapes are printed forms: 9 a digit, A a letter, X either, {2} so many of the one before, {2-4} as the only ones
	// between separators, ~ a space or a dash (the same throughout); others stand for themselves. A shape begins and ends at
	// the edge of a word; where Find looks on, one of <=^ at its end must stand behind it.
	Shapes []string
	// Check judges what a shape matched, letters in upper case, separators gone. Nil accepts.
	Check   func(Value) Strength
	Telling bool // the check itself may say Distinctive
	Lower   bool // it is written in lower case as well
	Whole   bool // what is found is nothing else, and its parts are not, even where it is not reported
	// Terms are found as they stand, whatever their case: words of letters, and phrases of up to three.
	Terms []string
	// Find serves what shapes alone do not describe. It is called where shapes match, where words begin with a prefix, and
	// where At says, and must look only at bytes near the place.
	Find     func(text []byte, at int) Found
	Prefixes []string
	At       Trigger
	// Within serves running text where At says Given, House or Naming, for finders that else take whole cells.
	Within func(text []byte, at int) Found

	Alone   float64 // confidence without context
	Printed float64 // in its printed form, or as [Distinctive] as its check can tell
	Named   float64 // when a header, key or word nearby names it
	Prose   float64 // what Within finds, [Distinctive] and without context
	Proof   Proof   // how a column as a whole can prove it
	Chance  float64 // how many of the codes in its form pass its checksum by chance: 1/97
	Recall  float64 // the share of what is there that it finds at least; 0: nobody measured

	Examples        func() []string // generated where they would look like secrets
	Counterexamples []string        // never found, whatever the column is called
}

// Strength is a check's answer.
type Strength int

// The answers of checks, weakest first.
const (
	Broken      Strength = iota - 1 // in form, but its check digits are wrong
	Rejected                        // not one
	Doubtful                        // in the right form, but a placeholder or rarely one: only a name makes it one
	Plausible                       // may be one
	Distinctive                     // chance rarely makes this
)

// Found is where a finder found something; the zero Found is nothing.
type Found struct {
	Start, End int
	Strength   Strength
}

// Trigger says where in a text a finder is called.
type Trigger uint16

// The triggers.
const (
	AtSign  Trigger = 1 << iota // at '@' and its %40
	Dollar                      // at '$' before a letter or digit
	Number                      // at the start of a word of digits only, with eight digits nearby
	Colon                       // at the start of a short word beside a colon
	Opening                     // at '+' or '(' before a digit
	Cell                        // at 0, for a column's cell only, which it takes whole
	Naming                      // right behind one of its words, and at 0 in a column that they name
	Given                       // at a word that is a given name or a title
	House                       // at a number of up to five digits, with a letter behind it or not, beside a word
)

// Proof is how the cells of a column together can prove what one of them cannot.
type Proof uint8

// The proofs.
const (
	NoProof    Proof = iota // only words can
	ByChecksum              // a few different values that all pass
	ByForm                  // most cells look so, and differ
	ByEvidence              // most cells look so, and enough of them are [Distinctive]
)

// All lists the detectors. Their order is the order of reports.
func All() []Detector {
	return withRecall(slices.Concat([]Detector{
		email(), phone(), paymentCard(), iban(), cryptoAddress(),
		socialSecurity(), nationalInsurance(), nhsNumber(), nir(), steuerID(), dni(), nie(), codiceFiscale(), bsn(), pesel(), aadhaar(), permanentAccount(), passport(),
		ipAddress(), dateOfBirth(), postalAddress(), personName(),
		icd10(), healthTerm(),
		awsAccessKey(), awsSecretKey(), privateKey(), jwt(),
		cardTrack(), vatOfPerson(), passportMRZ(),
	}, western(), northern(), eastern(), american(), asian(), formed(), tokens(), secrets(), []Detector{weakHash()}, attributes(), termed()))
}
