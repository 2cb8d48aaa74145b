package personaldata

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

func pairs(r *rand.Rand, n int, first, second string) []string {
	a, b := strings.Fields(first), strings.Fields(second)
	return times(n, func(int) string { return a[r.IntN(len(a))] + " " + b[r.IntN(len(b))] })
}

const (
	firsts = "Anna Peter Jürgen Małgorzata François Lucía Giuseppe Joost Emily Zoë Ewa Ntombi Björn Beatriz Thandiwe"
	lasts  = "Kowalska Albrecht Moreau García Bianchi Vermeer Tinsley Nakamura Okafor Şahin Pereira Lindqvist Brzęczyszczykiewicz"
)

// holds reports whether cells in a column of that place and name are labelled as names of persons.
func holds(on, name string, cells []string) bool {
	tally := ready().Fresh()
	c := tally.Column(on, name)
	for _, cell := range cells {
		c.Add([]byte(cell))
	}
	for _, l := range tally.Labels() {
		if l.Detector == "person-name" {
			return true
		}
	}
	return false
}

func TestColumnsOfOtherNames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 3))
	for what, cells := range map[string][]string{
		"products":  pairs(r, 80, "Red Blue Garden Oak Classic Amber Summer Rose Ruby Jasmine Olive", "Chair Tools Lamp Shelf Ring Oil Soap Dress"),
		"cities":    strings.Split("New York,San Francisco,Santa Fe,Los Angeles,Charlotte,Las Vegas,Salt Lake City,Austin,Fort Worth,El Paso,Saint Paul,Den Haag,Bad Homburg,La Paz,Buenos Aires", ","),
		"companies": pairs(r, 80, "Globex Müller Martin Thomas Initech Werner Umbrella Franklin", "GmbH Ltd AG PLC Inc Group Holding SARL"),
		"functions": pairs(r, 80, "Site Database Support Billing Sales Read", "Admin Owner Team Operator Lead Only"),
		"services":  pairs(r, 80, "Order Invoice Payment Search User", "Service Gateway Worker Index Queue"),
		"colours":   pairs(r, 40, "Dark Light Pale Deep", "Blue Green Red Grey"),
		"diseases":  pairs(r, 40, "Acute Chronic Severe", "Bronchitis Migraine Hepatitis"),
	} {
		for _, name := range []string{"name", "title", "label", "nom", "nombre", "nome", "naam", "display_name", "c1", "owner", "item_name", "Name"} {
			if holds("t.csv:"+name, name, cells) {
				t.Errorf("%s in a column %q: got a label", what, name)
			}
		}
	}
}

func TestColumnsOfPersons(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 3))
	cells := pairs(r, 60, firsts, lasts)
	turned := make([]string, len(cells))
	for i, cell := range cells {
		first, second, _ := strings.Cut(cell, " ")
		turned[i] = strings.ToUpper(second) + ", " + first
	}
	spoiled := slices.Clone(cells)
	for i := range spoiled {
		if r.IntN(4) == 0 {
			spoiled[i] = []string{"", "unknown", "n/a", "anna", "12345"}[r.IntN(5)]
		}
	}
	for what, cells := range map[string][]string{"persons": cells, "turned": turned, "spoiled": spoiled, "titles": pairs(r, 30, "Dr. Frau Mr. Mme Sig.", lasts), "three": cells[:3]} {
		for _, name := range []string{"name", "nom", "nombre", "nome", "naam", "Name", "first_name", "full_name", "surname", "vorname", "nachname", "prénom", "apellido", "cognome", "owner"} {
			if !holds("t.csv:"+name, name, cells) {
				t.Errorf("%s in a column %q: got no label", what, name)
			}
		}
		if what == "three" {
			continue
		}
		for _, name := range []string{"c1", "column_3"} {
			if !holds("t.csv:"+name, name, cells) {
				t.Errorf("%s in a column %q: got no label", what, name)
			}
		}
		for _, name := range []string{"file_name", "product_name", "host_name", "city_name", "first_name_label", "company_name"} {
			if holds("t.csv:"+name, name, cells) {
				t.Errorf("%s in a column %q: got a label", what, name)
			}
		}
	}
}

func TestHeadersThatOnlyHint(t *testing.T) {
	t.Parallel()
	e := newEngine(detectors.All())
	for header := range strings.FieldsSeq("name Name nom nombre nome naam names displayName NAME_1 owner created_by petName CLI_NM nickname") {
		if got := namedBy(e, header); slices.Contains(got, "person-name") {
			t.Errorf("%s: got a name, want a hint", header)
		}
		if e.hints(header).empty() {
			t.Errorf("%s: got no hint", header)
		}
	}
	for header := range strings.FieldsSeq("title economy email rename_count given_at") {
		if !e.hints(header).empty() {
			t.Errorf("%s: got a hint", header)
		}
	}
}

func TestHeadersOfManyScripts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ on, name, cell, want string }{
		{"", "氏名", "山田太郎", "person-name"}, {"", "患者氏名", "山田 花子", "person-name"}, {"", "氏名（漢字）", "山田花子", "person-name"}, {"", "姓名", "王小明", "person-name"},
		{"", "ФИО", "Иванова Анна Петровна", "person-name"}, {"", "фио", "Иванова Анна Петровна", "person-name"}, {"", "Фамилия", "Иванова", "person-name"}, {"", "имя", "Анна", "person-name"}, {"", "ИМЯ", "Анна", "person-name"},
		{"", "الاسم", "فاطمة حسن", "person-name"}, {"", "CUST_NM", "Anna Kowalska", "person-name"}, {"", "CUST_NAME", "KOWALSKA ANNA", "person-name"}, {"", "cust_nm", "Anna Kowalska", "person-name"}, {"", "custNm", "Anna Kowalska", "person-name"},
		{"", "given", "Anna", "person-name"}, {"", "family", "Kowalska", "person-name"}, {"[].name[].given[]", "given", "Ntombi", "person-name"}, {"[].name[].family", "family", "Okafor", "person-name"}, {"[].patient.name", "name", "Ntombi Okafor", "person-name"},
		{"[].addr.line1", "line1", "12 High Street", "postal-address"}, {"[].address.line[]", "line", "Hauptstraße 5", "postal-address"}, {"", "address_line_1", "12 High Street", "postal-address"}, {"", "addressLine1", "Hauptstraße 5", "postal-address"}, {"", "street1", "12 High Street", "postal-address"}, {"", "ADDR1", "12 HIGH STREET", "postal-address"},
		{"", "BIRTH_DT", "19800102", "date-of-birth"}, {"", "DOB", "19841231", "date-of-birth"}, {"", "DOB", "31121984", "date-of-birth"}, {"", "dob", "02.01.80", "date-of-birth"}, {"", "geburtsdatum", "2.1.80", "date-of-birth"}, {"", "DOB", "01/31/80", "date-of-birth"},
		{"", "dob", "March 17, 1984", "date-of-birth"}, {"", "birth_date", "Mar 17 1984", "date-of-birth"}, {"", "date_of_birth", "March 17th, 1984", "date-of-birth"}, {"", "дата рождения", "17.03.1984", "date-of-birth"}, {"", "生年月日", "1984/03/17", "date-of-birth"},
		{"", "TEL_NO", "030 901820", "phone-e164"}, {"", "tel2", "030 901820", "phone-e164"}, {"", "телефон", "+7 912 345-67-89", "phone-e164"}, {"", "手机", "13812345678", "phone-e164"},
		{"", "EMAIL_ADDR", "anna@example.org", "email"}, {"", "note", "https://example.org/u?to=anna.m%40example.com&x=1", "email"}, {"", "note", "/u?to=a%40example.com%2Cb%40example.com", "email"},
		{"", "ip", "1.2.3.4", "ip-address"},
		{"", "version", "1.2.3.4", ""}, {"", "release", "84.17.201.9", ""}, {"", "build", "1.2.3.4", ""}, {"", "agent_version", "84.17.201.9", ""}, {"", "имя файла", "Анна", ""}, {"", "num", "19800102", ""}, {"", "font_family", "Roboto", ""}, {"", "page", "100%400 done", ""},
	} {
		on := c.on
		if on == "" {
			on = c.name
		}
		tally := ready().Fresh()
		tally.Column("t.json:"+on, c.name).Add([]byte(c.cell))
		var got []string
		for _, l := range tally.Labels() {
			got = append(got, l.Detector)
		}
		if fmt.Sprint(got) != fmt.Sprint(strings.Fields(c.want)) {
			t.Errorf("%s (%s): got %v, want %q", on, c.name, got, c.want)
		}
	}
}
