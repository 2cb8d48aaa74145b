package personaldata

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

func staff(change func(*detectors.Custom)) detectors.Custom {
	c := detectors.Custom{ID: "staff-no", Category: probity.Identifier, Words: []string{"staff no"}, Columns: []string{"pers_no"},
		Pattern: "AA~9{4-5}", Examples: []string{"QK-20417", "QK 2041"}, Counterexamples: []string{"QK20417"}}
	change(&c)
	return c
}

func TestChoose(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Choice{
		"":                                  {Custom: []detectors.Custom{staff(func(*detectors.Custom) {})}},
		"example 1 is not found":            {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = "AA~99999999" })}},
		"counterexample 1 is found":         {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Counterexamples = []string{"QK-20418"} })}},
		"id must be":                        {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.ID = "Staff No" })}},
		"there is one of this id":           {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.ID = "iban" })}},
		"category must be one of":           {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Category = "people" })}},
		"words or columns":                  {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Words, c.Columns = nil, nil })}},
		"one to three words":                {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Words = []string{"a b c d"} })}},
		"an example is needed":              {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Examples = nil })}},
		"needs a pattern":                   {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern, c.Validator = "", "luhn" })}},
		"validator must be one of":          {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Validator = "crc" })}},
		"other than 9, A, X":                {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = `[A-Z]+\d` })}},
		"begins or ends with a separator":   {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = "-99" })}},
		"ends its run":                      {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = "9{1-2}A" })}},
		"a length of nothing":               {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = "9{0}" })}},
		"needs a digit":                     {Custom: []detectors.Custom{staff(func(c *detectors.Custom) { c.Pattern = "AA-AA" })}},
		`category or country "narnia"`:      {Off: []string{"narnia"}},
		`category or country "credential "`: {Only: []string{"credential "}},
	} {
		_, err := Choose(c)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestChosenDetectorsRun(t *testing.T) {
	t.Parallel()
	ids := func(c Choice) (ids []string) {
		all, err := Choose(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			ids = append(ids, d.ID)
		}
		return ids
	}
	if got := ids(Choice{Only: []string{"iban", "pl"}}); !slices.Equal(got, []string{"iban", "pl-pesel", "pl-nip"}) {
		t.Errorf("only: got %v", got)
	}
	if got := ids(Choice{Off: []string{"financial", "DE", "email"}}); slices.Contains(got, "iban") || slices.Contains(got, "de-steuer-id") || slices.Contains(got, "email") || !slices.Contains(got, "es-dni") {
		t.Errorf("off: got %v", got)
	}
	all, err := Choose(Choice{Custom: []detectors.Custom{staff(func(c *detectors.Custom) {
		c.Pattern, c.Validator, c.Examples, c.Counterexamples = "9{8}", "luhn", []string{"12345674"}, []string{"12345675"}
	})}})
	if err != nil {
		t.Fatal(err)
	}
	tally := New(Options{Detectors: all})
	tally.Column("t:pers_no", "pers_no").Add([]byte("49927398")) // fails the check
	tally.Column("t:staff", "staff no").Add([]byte("12345674"))
	if got := tally.Labels(); len(got) != 1 || got[0].On != "t:staff" || got[0].Detector != "staff-no" {
		t.Errorf("got %v", got)
	}
}
