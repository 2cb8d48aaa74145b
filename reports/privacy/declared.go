package privacy

import (
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// Declared is what people say for papers, in probity.yaml. No scan holds it beside the activities.
type Declared struct {
	Activities []probity.Activity
	Entities   []Entity
	Details    map[string]Details // by the ID of an activity; those that nobody read have none
	Adequate   []string           // countries that count as adequate besides decisions known here
}

// Entity is somebody whom activities name. In Representative and Officer "none" says that there is none.
type Entity struct {
	Name           string
	Contact        string
	Representative string
	Officer        string
}

// Details are what a record asks of an activity and no rule reads.
type Details struct {
	Data             []probity.Category // that it is meant to process; nil: not said
	JointControllers []string           // names of entities
	Controllers      []string           // on whose behalf it is done
	Measures         []string           // which no store tells
	Safeguards       []Safeguard
}

// Safeguard is what transfers to a country rest on.
type Safeguard struct {
	Country    string // ISO 3166-1 alpha-2
	Recipient  string
	Basis      string // empty: that of the activity
	Document   string // what it is filed under
	Assessment string // what the transfer impact assessment is filed under; "none": there is none
	At         time.Time
	Until      time.Time // it ends, or is looked at again
}

// Join adds what another file declares. Of two that say the same thing, the first counts.
func (d *Declared) Join(other Declared) {
	for _, a := range other.Activities {
		if !slices.ContainsFunc(d.Activities, func(b probity.Activity) bool { return b.ID == a.ID }) {
			d.Activities = append(d.Activities, a)
		}
	}
	for _, e := range other.Entities {
		if !slices.ContainsFunc(d.Entities, func(f Entity) bool { return f.Name == e.Name }) {
			d.Entities = append(d.Entities, e)
		}
	}
	for id, x := range other.Details {
		if _, ok := d.Details[id]; !ok {
			if d.Details == nil {
				d.Details = map[string]Details{}
			}
			d.Details[id] = x
		}
	}
	d.Adequate = append(d.Adequate, other.Adequate...)
}

// none is how people say that there is none of something.
const none = "none"

// entity is what is declared of somebody; what is not is empty.
func (e *Estate) entity(name string) Entity {
	if i := slices.IndexFunc(e.declared.Entities, func(x Entity) bool { return x.Name == name }); i >= 0 {
		return e.declared.Entities[i]
	}
	return Entity{Name: name}
}
