package policies

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func TestStanding(t *testing.T) {
	t.Parallel()
	health := probity.Condition{All: []probity.Condition{{Data: []string{"health"}}, {Regimes: []string{"hipaa-covered-entity"}}}}
	gdpr := probity.Condition{All: []probity.Condition{{Data: []string{Personal}}, {Any: []probity.Condition{{Established: []string{"DE", "FR"}}, {People: []string{"DE", "FR"}}}}}}
	processor := probity.Condition{All: []probity.Condition{{Roles: []string{"processor"}}, {Standards: []string{"iso-27018"}}}}
	aws := probity.Condition{Providers: []string{"aws"}}
	for name, c := range map[string]struct {
		when         probity.Condition
		organisation Organisation
		seen         Seen
		chosen       []string
		want         probity.Applies
		because      string
	}{
		"nothing is known": {when: health, want: probity.NotSaid, because: "is there health data? organisation.data in probity.yaml, or a scan of content; " +
			"is the organisation hipaa-covered-entity? organisation.regimes in probity.yaml"},
		"found, and declared": {when: health, organisation: Organisation{Regimes: []string{"hipaa-covered-entity"}}, seen: Seen{Data: []string{"health", Personal}},
			want: probity.InScope, because: "health data was found; declared: hipaa-covered-entity"},
		"declared alone": {when: health, organisation: Organisation{Regimes: []string{"hipaa-covered-entity"}, Data: []string{"health"}}, want: probity.InScope,
			because: "health data was declared; declared: hipaa-covered-entity"},
		"found, and nobody says who it is": {when: health, seen: Seen{Data: []string{"health"}}, want: probity.NotSaid, because: "is the organisation hipaa-covered-entity? organisation.regimes in probity.yaml"},
		"declared to be none":              {when: health, organisation: Organisation{Regimes: []string{}}, seen: Seen{Data: []string{"health"}}, want: probity.OutOfScope, because: "not declared: hipaa-covered-entity"},
		"other data is declared":           {when: health, organisation: Organisation{Data: []string{"contact"}}, want: probity.OutOfScope, because: "no health data was found or declared"},
		"all was read":                     {when: health, seen: Seen{Data: []string{"contact"}, Whole: true}, want: probity.OutOfScope, because: "no health data in what was read whole"},
		"found beats what is declared":     {when: health, organisation: Organisation{Data: []string{}, Regimes: []string{"hipaa-covered-entity"}}, seen: Seen{Data: []string{"health"}}, want: probity.InScope, because: "health data was found; declared: hipaa-covered-entity"},
		"by the country of an account":     {when: gdpr, organisation: Organisation{Countries: []string{"FR"}, Activities: true}, want: probity.InScope, because: "personal data was declared; established in FR"},
		"by people":                        {when: gdpr, organisation: Organisation{Established: []string{"US"}, People: []string{"DE"}, Data: []string{"contact"}}, want: probity.InScope, because: "personal data was declared; people in DE"},
		"neither": {when: gdpr, organisation: Organisation{Established: []string{"US"}, People: []string{"US"}, Data: []string{"contact"}}, want: probity.OutOfScope,
			because: "established in none of its countries; people in none of its countries"},
		"people are not declared":  {when: gdpr, organisation: Organisation{Established: []string{"US"}, Activities: true}, want: probity.NotSaid, because: "whose people is the data about, by country? organisation.people in probity.yaml"},
		"credentials are nobody's": {when: gdpr, organisation: Organisation{Countries: []string{"FR"}, Data: []string{"credential"}}, want: probity.OutOfScope, because: "no personal data was found or declared"},
		"role and standard":        {when: processor, organisation: Organisation{Roles: []string{"controller", "processor"}, Standards: []string{"iso-27018"}}, want: probity.InScope, because: "as processor; chosen: iso-27018"},
		"asked for by name":        {when: processor, organisation: Organisation{Roles: []string{"processor"}}, chosen: []string{"iso-27018"}, want: probity.InScope, because: "as processor; chosen: iso-27018"},
		"another role":             {when: processor, organisation: Organisation{Roles: []string{"controller"}}, want: probity.OutOfScope, because: "in none of the roles processor"},
		"no activities":            {when: processor, organisation: Organisation{Standards: []string{}}, want: probity.OutOfScope, because: "not chosen"},
		"stores of AWS":            {when: aws, seen: Seen{Providers: []string{"aws", "postgres"}}, want: probity.InScope, because: "stores of aws"},
		"none of AWS":              {when: aws, seen: Seen{Providers: []string{"postgres"}}, want: probity.OutOfScope, because: "no store of aws"},
		"no store at all":          {when: aws, want: probity.OutOfScope, because: "no store of aws"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			corpus := &Corpus{Frameworks: []probity.Framework{{ID: "x", When: c.when}}, options: Options{Frameworks: c.chosen}}
			got := corpus.Stand(c.organisation, c.seen)[0].Standing
			if because := strings.Join(got.Because, "; "); got.Applies != c.want || because != c.because {
				t.Errorf("got %s, %q, want %s, %q", got.Applies, because, c.want, c.because)
			}
			if corpus.Frameworks[0].Standing != nil {
				t.Error("the corpus's own framework was changed")
			}
		})
	}
}

// TestOrganisations: of two files that declare one thing the first counts, and an empty list is a declaration.
func TestOrganisations(t *testing.T) {
	t.Parallel()
	o := Organisation{Regimes: []string{}, Roles: []string{"controller"}}.Or(Organisation{Regimes: []string{"nis2-essential"}, Data: []string{"health"}, Roles: []string{"processor"}, Activities: true})
	if o.Regimes == nil || len(o.Regimes) != 0 || len(o.Data) != 1 || len(o.Roles) != 2 || !o.Activities || o.People != nil {
		t.Errorf("got %+v", o)
	}
}
