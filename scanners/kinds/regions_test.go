package kinds

import (
	"regexp"
	"testing"
	"time"
)

func TestRegions(t *testing.T) {
	t.Parallel()
	table := Regions()
	for region, want := range map[string]string{"eu-west-1": "IE", "eu-west-2": "GB", "us-gov-west-1": "US", "ap-southeast-6": "NZ", "eusc-de-east-1": "DE"} {
		if got, ok := table.Country(region); !ok || got != want {
			t.Errorf("country of %s: got %q, %v, want %q", region, got, ok, want)
		}
	}
	for _, region := range []string{"", "region", "eu-isoe-west-1", "aws-global", "EU-WEST-1"} {
		if got, ok := table.Country(region); ok {
			t.Errorf("country of %q: got %q, want none", region, got)
		}
	}
}

func TestRegionsAreDatedAndWellFormed(t *testing.T) {
	t.Parallel()
	table := Regions()
	if _, err := time.Parse(time.DateOnly, table.AsOf); err != nil || table.Source == "" {
		t.Errorf("table of %q from %q: want a day and a source", table.AsOf, table.Source)
	}
	if len(table.country) < 40 {
		t.Errorf("got %d regions, want all of them", len(table.country))
	}
	region, country := regexp.MustCompile(`^[a-z]+(-[a-z]+)+-\d$`), regexp.MustCompile(`^[A-Z]{2}$`)
	for r, c := range table.country {
		if !region.MatchString(r) || !country.MatchString(c) {
			t.Errorf("row %q, %q: want a region's name and a country's code", r, c)
		}
	}
}
