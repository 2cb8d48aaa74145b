package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

func TestOrganisation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		want    policies.Organisation
		trouble string
	}{
		"nothing": {"fail_on: low\n", policies.Organisation{}, ""},
		"all": {"organisation:\n  established: [DE]\n  people: [DE, US]\n  regimes: [hipaa-covered-entity]\n  standards: [iso-27001]\n  data: [health, payment-card]\n",
			policies.Organisation{Established: []string{"DE"}, People: []string{"DE", "US"}, Regimes: []string{"hipaa-covered-entity"}, Standards: []string{"iso-27001"}, Data: []string{"health", "payment-card"}}, ""},
		"none is a declaration": {"organisation: {regimes: [], data: []}\n", policies.Organisation{Regimes: []string{}, Data: []string{}}, ""},
		"what activities and accounts say": {"activities: [{id: a, role: processor, country: FR, stores: [x]}]\naccounts: [{id: '1', country: DE}]\n",
			policies.Organisation{Activities: true, Roles: []string{"processor"}, Countries: []string{"FR", "DE"}}, ""},
		"a word that is none":    {"organisation: {regimes: [hipaa, nis2-essential]}\n", policies.Organisation{Regimes: []string{"nis2-essential"}}, "organisation: regimes are of ccpa-business,"},
		"no word left":           {"organisation: {standards: [iso27001]}\n", policies.Organisation{}, "organisation: standards are of cis-aws,"},
		"a country that is none": {"organisation: {established: [Germany]}\n", policies.Organisation{}, "organisation: established are countries in two capital letters"},
		"data that is none":      {"organisation: {data: [secrets]}\n", policies.Organisation{}, "organisation: data are of identifier,"},
		"a strange key":          {"organisation: {name: x}\n", policies.Organisation{}, `no key "name" here`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), Name)
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := Load(file, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, l.Declarations().Organisation); diff != "" {
				t.Error(diff)
			}
			if got := strings.Join(l.Trouble, "\n"); (got == "") != (c.trouble == "") || !strings.Contains(got, c.trouble) {
				t.Errorf("got trouble %q, want %q", got, c.trouble)
			}
		})
	}
}

// TestWordsOfFrameworks: what frameworks ask for is what can be declared, and the other way round.
func TestWordsOfFrameworks(t *testing.T) {
	t.Parallel()
	corpus, err := policies.Load(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	var regimes, standards []string
	var walk func(f string, c probity.Condition)
	walk = func(f string, c probity.Condition) {
		regimes, standards = append(regimes, c.Regimes...), append(standards, c.Standards...)
		for _, d := range c.Data {
			if d != policies.Personal && !isData(d) {
				t.Errorf("%s asks for data %q, which is neither category nor detector", f, d)
			}
		}
		for _, x := range append(slices.Clone(c.Established), c.People...) {
			if !country.MatchString(x) {
				t.Errorf("%s asks for country %q", f, x)
			}
		}
		for _, x := range c.Roles {
			if !slices.Contains(roles(), x) {
				t.Errorf("%s asks for role %q", f, x)
			}
		}
		for _, part := range slices.Concat(c.All, c.Any) {
			walk(f, part)
		}
	}
	for _, f := range corpus.Frameworks {
		walk(f.ID, f.When)
	}
	for _, x := range []struct{ asked, known []string }{{regimes, Regimes()}, {standards, Standards()}} {
		slices.Sort(x.asked)
		if diff := cmp.Diff(x.known, slices.Compact(x.asked)); diff != "" {
			t.Error(diff)
		}
	}
}
