package probity

import "slices"

// Rule is a rule's METADATA and what its compiled body reads.
type Rule struct {
	ID          string          `json:"id"` // stable, never reused: "encryption-at-rest"
	Title       string          `json:"title"`
	Description string          `json:"description"`        // what is wrong and why it matters
	Message     string          `json:"message"`            // template of a finding's text
	Messages    map[Path]string `json:"messages,omitempty"` // templates of findings on single facts, where they differ from Message
	Behaviour   int             `json:"behaviour"`          // raised when a verdict may change
	Since       string          `json:"since,omitempty"`    // the version of Probity that brought it; empty for a rule of one's own
	Changed     string          `json:"changed,omitempty"`  // the version that raised Behaviour last
	Severity    Severity        `json:"severity"`           //
	Because     string          `json:"because,omitempty"`  // why so severe
	Aliases     []string        `json:"aliases,omitempty"`  // IDs it once had: waivers and baselines that say them still hold
	Checks      []string        `json:"checks,omitempty"`   // rows of the catalogue of checks that it answers
	Sources     []Source        `json:"sources,omitempty"`  // for which it is shown to work, by an example each
	Classes     []Class         `json:"classes"`            //
	Kinds       []Kind          `json:"kinds,omitempty"`    // set when it reads settings; empty: all of its classes
	Reads       []Path          `json:"reads"`              // static: prefixes of what its body can read
	Obligations []Obligation    `json:"obligations"`        //
	Remediation []Remedy        `json:"remediation"`        //
	References  []string        `json:"references"`         //
	Source      Origin          `json:"source"`             // the .rego file
	Foreign     bool            `json:"foreign,omitempty"`  // a user's: runs in a child process
	General     bool            `json:"general,omitempty"`  // reads labels, and its ID and title name no category of personal data
}

// Source is a kind of source that assets are read from.
type Source string

// The kinds of sources.
const (
	FromTerraform      Source = "terraform" // code
	FromPlan           Source = "plan"      // of Terraform
	FromCloudFormation Source = "cloudformation"
	FromKubernetes     Source = "kubernetes"
	FromAWS            Source = "aws" // a live account
	FromDatabase       Source = "database"
	FromFiles          Source = "files" // folders and objects
)

// Values lists the kinds of sources.
func (Source) Values() []string {
	return []string{string(FromTerraform), string(FromPlan), string(FromCloudFormation), string(FromKubernetes), string(FromAWS), string(FromDatabase), string(FromFiles)}
}

// Serves reports whether the rule gives evidence for a control.
func (r Rule) Serves(c Control) bool {
	return slices.Contains(c.Rules, r.ID) || slices.ContainsFunc(r.Obligations, func(o Obligation) bool { return slices.Contains(c.Obligations, o) }) ||
		slices.ContainsFunc(r.Checks, func(id string) bool { return slices.Contains(c.Checks, id) })
}

// Remedy is how to mend a finding, by source.
type Remedy struct {
	Source string `json:"source"` // terraform, aws, sql, any
	Text   string `json:"text"`
}

// Severity is how bad a finding is when nothing raises or lowers it.
type Severity string

// The severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

// Values lists the severities, worst first.
func (Severity) Values() []string {
	return []string{string(Critical), string(High), string(Medium), string(Low)}
}

// AtLeast reports whether s is as bad as t or worse.
func (s Severity) AtLeast(t Severity) bool { return s.rank() <= t.rank() }

func (s Severity) rank() int {
	for i, v := range s.Values() {
		if v == string(s) {
			return i
		}
	}
	return len(s.Values())
}

// Obligation is what a rule serves, whatever the framework: "encryption-at-rest", "storage-limitation".
type Obligation string

// Framework is a law or standard, and which obligations give evidence for each of its controls.
type Framework struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Version   string    `json:"version"`
	Publisher string    `json:"publisher"`
	Applies   string    `json:"applies"` // when it applies, in words
	When      Condition `json:"when,omitzero"`
	AsOf      string    `json:"as_of"` // date of the text it was written from
	Controls  []Control `json:"controls"`
	Standing  *Standing `json:"standing,omitempty"` // in this scan
}

// Control is one article or requirement, in our words.
type Control struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Mode        Mode         `json:"mode"`
	Why         string       `json:"why,omitempty"`   // manual, partly: what a person must look at
	Doubt       string       `json:"doubt,omitempty"` // what of its ID or meaning was not checked against the text
	Obligations []Obligation `json:"obligations,omitempty"`
	Rules       []string     `json:"rules,omitempty"`
	Checks      []string     `json:"checks,omitempty"` // rows of the catalogue of checks
}

// Mode is how far a scan can tell whether a control holds.
type Mode string

// The modes of controls.
const (
	Automatic Mode = "automatic"
	Partly    Mode = "partly"
	Manual    Mode = "manual"
)

// Values lists the modes.
func (Mode) Values() []string { return []string{string(Automatic), string(Partly), string(Manual)} }
