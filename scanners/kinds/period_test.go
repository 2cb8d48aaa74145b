package kinds_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/kinds"
)

// TestPeriod: lengths of time as people and standards write them, in five languages.
func TestPeriod(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"365": 365, "90d": 90, "90 days": 90, "7 years": 2555, "7-years": 2555, "7y": 2555, "6m": 180, "6 mo": 180, "12 months": 360, "2w": 14, "36h": 2, "1.5 years": 548,
		"P6M": 180, "P2Y": 730, "p1y6m": 545, "P2W": 14, "P30D": 30, "PT48H": 2, "P1DT12H": 2,
		"7 Jahre": 2555, "1 Tag": 1, "2 Jahre und 6 Monate": 910, "4 Wochen": 28, "10 J": 10,
		"3 ans": 1095, "2 années": 730, "6 mois": 180, "30 jours": 30, "1 an et 6 mois": 545,
		"5 años": 1825, "6 meses": 180, "2 años y 3 meses": 820, "15 días": 15,
		"7 jaar": 2555, "18 maanden": 540, "2 weken": 14, "30 dagen": 30, "1 jaar, 2 maanden": 425,
		"": 0, "0": 0, "0 days": 0, "a while": 0, "forever": 0, "P": 0, "7 moons": 0, "2031-01-01": 0, "20310101": 0, "30 days 5": 0, "-5": 0, "days": 0,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if got, ok := kinds.Period(text, 1); got != want && (ok || want != 0) || ok != (want != 0) {
				t.Errorf("got %d, %t, want %d", got, ok, want)
			}
		})
	}
}

// TestStated: the names of tags that say how long data stays, units in them, and what they say that is no period.
func TestStated(t *testing.T) {
	t.Parallel()
	none, unread := -1, -2
	for name, c := range map[string]struct {
		tags map[string]string
		want int
	}{
		"none":              {map[string]string{"team": "30", "Name": "retention"}, none},
		"days":              {map[string]string{"retention": "365"}, 365},
		"unit in the name":  {map[string]string{"retention_in_days": "90"}, 90},
		"months":            {map[string]string{"DataRetentionMonths": "6"}, 180},
		"years":             {map[string]string{"data-retention-years": "7"}, 2555},
		"both":              {map[string]string{"retention_years": "30 days"}, 30},
		"of a company":      {map[string]string{"acme:privacy/retention-period": "P6M"}, 180},
		"German":            {map[string]string{"Aufbewahrungsfrist": "10 Jahre"}, 3650},
		"German with unit":  {map[string]string{"aufbewahrung_monate": "6"}, 180},
		"German, deletion":  {map[string]string{"Löschfrist": "30 Tage"}, 30},
		"French":            {map[string]string{"durée-de-conservation": "3 ans"}, 1095},
		"Spanish":           {map[string]string{"conservación_datos": "5 años"}, 1825},
		"Dutch":             {map[string]string{"bewaartermijn": "7 jaar"}, 2555},
		"of something else": {map[string]string{"backup_retention_days": "7", "log-retention": "30", "retention_owner": "5"}, none},
		"not a period":      {map[string]string{"retention": "a while"}, unread},
		"one of two":        {map[string]string{"data_retention": "see contract", "retention_days": "30"}, 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := kinds.Stated(c.tags, nil)
			got := none
			if v, known := f.Get(); !known {
				got = unread
			} else if v.Set {
				got = v.Value
			}
			if got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

// TestStatedIn: a remark is read as names and values, and what it says shows by its form alone.
func TestStatedIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Patients of the clinic": -1, "retention_in_days: 90": 90, "people; retention = 7 years; owner: x": 2555, `{"retention_days": "30"}`: 30,
		"Aufbewahrungsfrist: 10 Jahre\nnur intern": 3650, "see retention": -1,
	} {
		f := kinds.StatedIn(text, nil)
		got := -1
		if v, known := f.Get(); !known {
			got = -2
		} else if v.Set {
			got = v.Value
		}
		if got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
	_, gap := kinds.StatedIn("retention: until Anna leaves in 2031", nil).Value()
	if gap == nil {
		t.Fatal("got a period, want none")
	}
	if s := gap.String(); strings.Contains(s, "Anna") || strings.Contains(s, "2031") || !strings.Contains(s, "aaaaa aaaa aaaaaa aa 999…") {
		t.Errorf("got %s, want the form", s)
	}
}
