package probity

// Condition says when a framework applies, over what people declared and what was found. One of its fields is set, and it holds
// where one of that field's words does.
type Condition struct {
	All         []Condition `json:"all,omitempty" yaml:"all"`
	Any         []Condition `json:"any,omitempty" yaml:"any"`
	Established []string    `json:"established,omitempty" yaml:"established"` // countries in which the organisation, or an entity of an activity or account, is
	People      []string    `json:"people,omitempty" yaml:"people"`           // countries whose people the data is about
	Regimes     []string    `json:"regimes,omitempty" yaml:"regimes"`         // what the organisation is: hipaa-covered-entity …
	Roles       []string    `json:"roles,omitempty" yaml:"roles"`             // of an activity: controller, processor, joint
	Data        []string    `json:"data,omitempty" yaml:"data"`               // categories of personal data, or detectors; personal: any
	Standards   []string    `json:"standards,omitempty" yaml:"standards"`     // that somebody chose, by their framework
	Providers   []string    `json:"providers,omitempty" yaml:"providers"`     // of stores in the scan
}

// Applies is whether a framework applies to what a scan is of.
type Applies string

// What can be said of it.
const (
	InScope    Applies = "applies"
	OutOfScope Applies = "out-of-scope" // as declared
	NotSaid    Applies = "undeclared"
)

// Values lists what can be said.
func (Applies) Values() []string {
	return []string{string(InScope), string(OutOfScope), string(NotSaid)}
}

// Standing is how a framework stands to a scan: whether it applies, and the words that say why or what to declare.
type Standing struct {
	Applies Applies  `json:"applies"`
	Because []string `json:"because"`
}
