package policies

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Organisation is what people declared of who they are. A list that is nil was not declared; one that is empty says: none.
type Organisation struct {
	Established []string // countries, ISO 3166-1 alpha-2
	People      []string // countries whose people its data is about
	Regimes     []string
	Standards   []string // that it chose
	Data        []string // categories of personal data, or detectors
	Activities  bool     // some are declared: personal data is processed
	Roles       []string // of activities
	Countries   []string // of the entities of activities and accounts
}

// Or adds what another file says; of two that declare one thing the first counts.
func (o Organisation) Or(p Organisation) Organisation {
	or := func(a, b []string) []string {
		if a == nil {
			return b
		}
		return a
	}
	return Organisation{Established: or(o.Established, p.Established), People: or(o.People, p.People), Regimes: or(o.Regimes, p.Regimes),
		Standards: or(o.Standards, p.Standards), Data: or(o.Data, p.Data), Activities: o.Activities || p.Activities,
		Roles: slices.Concat(o.Roles, p.Roles), Countries: slices.Concat(o.Countries, p.Countries)}
}

// Personal is any personal data, as a word of conditions; credentials alone are none.
const Personal = "personal"

// Seen is what a scan shows of what conditions ask for.
type Seen struct {
	Data      []string // categories and detectors of labels, and Personal where one of them is
	Whole     bool     // the content of all stores was read whole: there is no other data
	Providers []string
}

// truth is what can be said of a condition: one of the three words.
type truth struct {
	said    probity.Applies
	because []string
}

// Stand says of each framework whether it applies. Those that somebody asked for by name are chosen.
func (c *Corpus) Stand(o Organisation, s Seen) []probity.Framework {
	out := slices.Clone(c.Frameworks)
	for i, f := range out {
		t := standing{organisation: o, seen: s, chosen: c.options.Frameworks}.of(f.When)
		out[i].Standing = &probity.Standing{Applies: t.said, Because: t.because}
	}
	return out
}

type standing struct {
	organisation Organisation
	seen         Seen
	chosen       []string
}

// of evaluates a condition. No fact that nobody declared makes it true or false.
func (s standing) of(c probity.Condition) truth {
	o := s.organisation
	switch {
	case c.All != nil:
		return s.among(c.All, probity.OutOfScope, probity.InScope)
	case c.Any != nil:
		return s.among(c.Any, probity.InScope, probity.OutOfScope)
	case c.Established != nil:
		return either(c.Established, o.Established, o.Countries, words{probity.GroundEstablished, probity.GroundEstablishedNever, probity.GroundEstablishedWhere})
	case c.People != nil:
		return either(c.People, o.People, nil, words{probity.GroundPeople, probity.GroundPeopleNever, probity.GroundPeopleWhere})
	case c.Regimes != nil:
		return either(c.Regimes, o.Regimes, nil, words{probity.GroundRegime, probity.GroundRegimeNever, probity.GroundRegimeWhich})
	case c.Standards != nil:
		return either(c.Standards, o.Standards, s.chosen, words{probity.GroundStandard, probity.GroundStandardNever, probity.GroundStandardWhich})
	case c.Roles != nil:
		return either(c.Roles, o.Roles, nil, words{probity.GroundRole, probity.GroundRoleNever, probity.GroundRoleWhich})
	case c.Providers != nil:
		return either(c.Providers, append([]string{}, s.seen.Providers...), nil, words{yes: probity.GroundProvider, no: probity.GroundProviderNever})
	case c.Data != nil:
		return s.data(c.Data)
	}
	return truth{probity.InScope, []string{string(probity.GroundAlways)}}
}

// among finds the word that decides: one condition that says it is enough. Where none does and one is open, all that is open is told.
func (s standing) among(cs []probity.Condition, decides, otherwise probity.Applies) truth {
	out := truth{said: otherwise}
	var open []string
	for _, c := range cs {
		switch t := s.of(c); t.said {
		case decides:
			return t
		case probity.NotSaid:
			open = append(open, t.because...)
		default:
			out.because = append(out.because, t.because...)
		}
	}
	if len(open) > 0 {
		return truth{probity.NotSaid, open}
	}
	return out
}

// words say that a condition holds, that it does not, and what to declare.
type words struct{ yes, no, question probity.Ground }

// either compares words with those declared, and with those known besides.
func either(wanted, declared, besides []string, w words) truth {
	var hits []string
	for _, x := range wanted {
		if slices.Contains(declared, x) || slices.Contains(besides, x) {
			hits = append(hits, x)
		}
	}
	switch {
	case len(hits) > 0:
		return truth{probity.InScope, []string{w.yes.Of(strings.Join(hits, ", "))}}
	case declared != nil:
		return truth{probity.OutOfScope, []string{w.no.Of(strings.Join(wanted, ", "))}}
	}
	return truth{probity.NotSaid, []string{w.question.Of(strings.Join(wanted, " or "))}}
}

// data is found, declared, declared not to be there, or known not to be there since everything was read.
func (s standing) data(wanted []string) truth {
	found := func(in []string) string {
		for _, w := range wanted {
			if slices.Contains(in, w) {
				return w
			}
		}
		return ""
	}
	declared := s.organisation.Data
	if s.organisation.Activities || slices.ContainsFunc(declared, func(d string) bool { return d != string(probity.Credential) }) {
		declared = append(slices.Clone(declared), Personal)
	}
	name := strings.Join(wanted, " or ")
	switch {
	case found(s.seen.Data) != "":
		return truth{probity.InScope, []string{probity.GroundDataFound.Of(found(s.seen.Data))}}
	case found(declared) != "":
		return truth{probity.InScope, []string{probity.GroundDataDeclared.Of(found(declared))}}
	case s.seen.Whole:
		return truth{probity.OutOfScope, []string{probity.GroundDataNowhere.Of(name)}}
	case s.organisation.Data != nil:
		return truth{probity.OutOfScope, []string{probity.GroundDataNever.Of(name)}}
	}
	return truth{probity.NotSaid, []string{probity.GroundDataWhich.Of(name)}}
}

// checkCondition wants each part to ask one thing.
func checkCondition(c probity.Condition) error {
	v, set := reflect.ValueOf(c), 0
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			set++
		}
	}
	if set != 1 {
		return errors.New("a condition has one of all, any, established, people, regimes, roles, data, standards, providers")
	}
	for _, part := range slices.Concat(c.All, c.Any) {
		if err := checkCondition(part); err != nil {
			return err
		}
	}
	return nil
}
