package probity

import (
	"slices"
	"strings"
)

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

// String is the condition in words: "personal data was found or declared, and the data is about people in BR".
func (c Condition) String() string {
	joined := func(cs []Condition, by string) string {
		parts := make([]string, len(cs))
		for i, x := range cs {
			if parts[i] = x.String(); len(x.All)+len(x.Any) > 1 {
				parts[i] = "(" + parts[i] + ")"
			}
		}
		return strings.Join(parts, by)
	}
	switch {
	case c.All != nil:
		return joined(c.All, ", and ")
	case c.Any != nil:
		return joined(c.Any, ", or ")
	case c.Established != nil:
		return "the organisation, or the entity of an activity or account, is established in " + countries(c.Established)
	case c.People != nil:
		return "the data is declared to be about people in " + countries(c.People)
	case c.Regimes != nil:
		return "the organisation is declared to be " + strings.Join(c.Regimes, " or ")
	case c.Roles != nil:
		return "an activity is declared with the role of " + strings.Join(c.Roles, " or ")
	case c.Standards != nil:
		return "somebody chose it, by organisation.standards or --framework"
	case c.Providers != nil:
		return "the scan has stores of " + strings.Join(c.Providers, " or ")
	}
	return strings.Join(c.Data, " or ") + " data was found or declared"
}

// countries names an area by its name.
func countries(codes []string) string {
	if slices.Equal(codes, EEA()) {
		return "the EEA"
	}
	return strings.Join(codes, " or ")
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
