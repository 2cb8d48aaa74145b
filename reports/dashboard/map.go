package dashboard

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"golang.org/x/text/language/display"

	xlanguage "golang.org/x/text/language"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

// country is one in words: "Ireland (IE)"; of one that nobody knows, that it is not known.
func country(in *language.Language, code string) string {
	if code == "" {
		return in.Say("not known")
	}
	r, err := xlanguage.ParseRegion(code)
	if err != nil {
		return code
	}
	name := display.Regions(xlanguage.Make(in.Code())).Name(r)
	if name == "" {
		return code
	}
	return name + " (" + code + ")"
}

// mapRow is one kind of personal data, with where its stores are listed.
type mapRow struct {
	history.MapRow
	All     string // where its stores are listed
	Places  []place
	Reading string // how many can read one of them
}

// place is a country, with where the stores in it are listed.
type place struct {
	history.Share
	Name, Page string
}

// dataMap tells which personal data is where, as a picture and as a table.
func (a *ask) dataMap() error {
	category := a.categories()
	if err := a.checked(); err != nil {
		return err
	}
	q := MapIn{Category: probity.Category(category.Value), Country: a.get("country"), Activity: a.get("activity"), Account: a.get("account")}
	m, err := a.DataMap(a.r.Context(), &q)
	if err != nil {
		return err
	}
	page := struct {
		shell
		List    listing
		Map     history.DataMap
		Rows    []mapRow
		Picture *picture
	}{shell: a.shell(a.in.Say("Data map")), Map: m, Picture: a.pictureOf(m), List: a.list(a.in.Say("{n} store with personal data|{n} stores with personal data", int(m.Stores)), "",
		category, a.text("country", a.in.Say("Country")).hinted(a.countriesOf(m)), a.text("activity", a.in.Say("Activity")).hinted(activitiesOf(m)), a.text("account", a.in.Say("Account")))}
	page.List.CSV = sheet("/map", "category", category.Value, "country", q.Country, "activity", q.Activity, "account", q.Account)
	for _, r := range m.Rows {
		listed := func(more ...string) string {
			return at("/stores", append([]string{"which", "personal", "category", string(r.Category), "detector", r.Detector, "country", q.Country, "activity", q.Activity, "account", q.Account}, more...)...)
		}
		row := mapRow{MapRow: r, All: listed(), Reading: a.readersWord(r.Readers, r.Unread > 0)}
		for _, c := range r.Countries {
			p := place{Share: c, Name: country(a.in, c.Key)}
			if c.Key != "" {
				p.Page = listed("country", c.Key)
			}
			row.Places = append(row.Places, p)
		}
		page.Rows = append(page.Rows, row)
	}
	return a.show("map.gohtml", page)
}

// countriesOf are those that a map has, by their names.
func (a *ask) countriesOf(m history.DataMap) (out []option) {
	for _, c := range m.Cells {
		if c.Country != "" && !slices.ContainsFunc(out, func(o option) bool { return o.Value == c.Country }) {
			out = append(out, option{Value: c.Country, Name: country(a.in, c.Country)})
		}
	}
	slices.SortFunc(out, func(x, y option) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// activitiesOf are those that a map has.
func activitiesOf(m history.DataMap) (out []option) {
	for _, r := range m.Rows {
		for _, s := range r.Activities {
			if s.Key != "" && !slices.ContainsFunc(out, func(o option) bool { return o.Value == s.Key }) {
				out = append(out, option{Value: s.Key, Name: s.Key})
			}
		}
	}
	slices.SortFunc(out, func(x, y option) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// readersWord is how many can read a store: "12", or "12+" where there may be more; a question mark where nobody is known.
func (a *ask) readersWord(n int64, more bool) string {
	switch {
	case n == 0 && more:
		return "?"
	case more:
		return a.in.Number(int(n)) + "+"
	}
	return a.in.Number(int(n))
}

// pictureOf draws the data map: a row for each category, a column for each country, and a disc as large as there are stores.
func (a *ask) pictureOf(m history.DataMap) *picture {
	if len(m.Cells) == 0 {
		return nil
	}
	stores, most := map[string]int64{}, int64(0)
	for _, c := range m.Cells {
		stores[c.Country] += c.Stores
		most = max(most, c.Stores)
	}
	var countries []string
	for code := range stores {
		countries = append(countries, code)
	}
	slices.SortFunc(countries, func(x, y string) int { // what is not known stands last
		return cmp.Or(cmp.Compare(len(y), len(x)), cmp.Compare(stores[y], stores[x]), cmp.Compare(x, y))
	})
	others := len(countries) > mostCountry
	p := &picture{Nowhere: stores[""] > 0}
	if others {
		countries = slices.Delete(countries, mostCountry-int(min(stores[""], 1)), len(countries)-int(min(stores[""], 1)))
	}
	cell := min(max(pictureCell, pictureWide/len(countries)), 2*pictureCell)
	for i, code := range countries {
		p.Columns = append(p.Columns, label{X: pictureLeft + i*cell + cell/2, Y: pictureHead - 8, Text: shorter(country(a.in, code), cell/6)})
	}
	var words []string
	for _, category := range probity.Category("").Values() {
		row := pictureRow{label: label{Text: shorter(a.in.Say(category), 24)}}
		y := pictureHead + len(p.Rows)*pictureHigh + pictureHigh/2
		row.Top, row.Base = y-pictureHigh/2, y+4
		for _, c := range m.Cells {
			i := slices.Index(countries, c.Country)
			if string(c.Category) != category || i < 0 || c.Stores == 0 {
				continue
			}
			r := max(pictureRMost*math.Sqrt(float64(c.Stores)/float64(most)), pictureRMin)
			d := disc{X: p.Columns[i].X, Y: y, TX: p.Columns[i].X, TY: y + 4, Nowhere: c.Country == "", R: fmt.Sprintf("%.1f", r), N: a.in.Number(int(c.Stores))}
			if d.On = r >= 5+4*float64(len(d.N)); !d.On { // beside it
				d.TX += int(r) + 6 + 3*len(d.N)
			}
			row.Discs = append(row.Discs, d)
			words = append(words, a.in.Say("{category} in {country}: {stores}", a.in.Say(category), country(a.in, c.Country), a.in.Say("{n} store|{n} stores", int(c.Stores))))
		}
		if i := slices.IndexFunc(m.Totals, func(t history.MapTotal) bool { return string(t.Category) == category }); i >= 0 {
			row.Copies, row.Readers = a.in.Number(int(m.Totals[i].Copies)), a.readersWord(m.Totals[i].Readers, m.Totals[i].Unread > 0)
		}
		if len(row.Discs) > 0 {
			p.Rows = append(p.Rows, row)
		}
	}
	p.Words = a.several(words)
	if others {
		p.Words += " " + a.in.Say("Further countries are in the table below.")
	}
	p.CopiesX = pictureLeft + len(p.Columns)*cell + pictureTail/2
	p.ReadersX = p.CopiesX + pictureTail/2
	p.W = p.ReadersX + 2
	p.H = pictureHead + len(p.Rows)*pictureHigh
	return p
}
