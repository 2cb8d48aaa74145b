package kinds

import (
	_ "embed"
	"strings"
)

//go:embed regions.csv
var regionsCSV string

// RegionTable tells in which country a provider's region lies. It is dated, because providers open regions.
type RegionTable struct {
	Source  string
	AsOf    string // a day: 2026-11-23
	country map[string]string
}

// Regions reads the table; ask once and keep it.
func Regions() RegionTable {
	t := RegionTable{country: map[string]string{}}
	for line := range strings.Lines(regionsCSV) {
		line = strings.TrimSpace(line)
		if note, ok := strings.CutPrefix(line, "# "); ok {
			name, text, _ := strings.Cut(note, ": ")
			switch name {
			case "source":
				t.Source = text
			case "as_of":
				t.AsOf = text
			}
			continue
		}
		if region, country, ok := strings.Cut(line, ","); ok && region != "region" {
			t.country[region] = country
		}
	}
	return t
}

// Country is the ISO 3166-1 alpha-2 code of a region's country; ok is false for a region that the table does not list.
func (t RegionTable) Country(region string) (code string, ok bool) {
	code, ok = t.country[region]
	return code, ok
}
