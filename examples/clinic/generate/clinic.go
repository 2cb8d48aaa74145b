package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// clinic is everybody and everything in the example, drawn from a fixed seed.
type clinic struct {
	patients []patient
	visits   []visit
	staff    []person
	invoices []invoice
}

type person struct {
	id                 int
	first, last        string
	email, phone, iban string
}

type patient struct {
	person
	born     time.Time
	street   string
	town     string
	nhs, nir string // one of them, by country
}

type visit struct {
	id, patient int
	day         time.Time
	icd, ward   string
}

type invoice struct {
	id, patient int
	cents       int
	card        string
}

func newClinic() clinic {
	d := dice{rand.New(rand.NewPCG(20261124, 10))}
	var c clinic
	for i := range 120 {
		c.patients = append(c.patients, d.patient(i+1))
	}
	for i := range 16 {
		c.staff = append(c.staff, d.person(i+1, "lindenhof.example"))
	}
	for i := range 300 {
		c.visits = append(c.visits, visit{id: i + 1, patient: 1 + d.IntN(len(c.patients)), day: date(2026, 1, 5).AddDate(0, 0, i), icd: d.of(diagnoses()), ward: d.of(wards())})
	}
	for i := range 180 {
		c.invoices = append(c.invoices, invoice{id: 4000 + i, patient: 1 + d.IntN(len(c.patients)), cents: 1900 + d.IntN(90000), card: d.card()})
	}
	return c
}

// dice draws what a clinic knows of people.
type dice struct{ *rand.Rand }

func (d dice) of(list []string) string { return list[d.IntN(len(list))] }

func (d dice) person(id int, domain string) person {
	p := person{id: id, first: d.of(firstNames()), last: d.of(surnameHeads()) + d.of(surnameTails())}
	p.email = fmt.Sprintf("%s.%s%d@%s", strings.ToLower(p.first), strings.ToLower(p.last), id, domain)
	p.phone, p.iban = d.phone(), d.iban()
	return p
}

func (d dice) patient(id int) patient {
	p := patient{person: d.person(id, d.of([]string{"post.example", "mail.test", "briefkasten.example"}))}
	p.born = date(1932+d.IntN(75), 1+d.IntN(12), 1+d.IntN(28))
	p.street = fmt.Sprintf("%sweg %d", d.of(surnameHeads()), 1+d.IntN(80))
	p.town = fmt.Sprintf("%05d %sdorf", 99900+d.IntN(99), d.of(surnameHeads()))
	if id%2 == 0 {
		p.nhs = d.nhs()
	} else {
		p.nir = d.nir(p.born)
	}
	return p
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func firstNames() []string {
	return strings.Fields("Alma Bruno Clara Dario Edda Felix Greta Hugo Irma Jonas Klara Levin Mira Nils Oda Piet Romy Silas Thea Uwe Vera Wanda Yara Zeno")
}

func surnameHeads() []string {
	return strings.Fields("Birken Eschen Linden Ulmen Erlen Tannen Buchen Ahorn Weiden Hasel Holunder Farn")
}

func surnameTails() []string {
	return strings.Fields("grund hain moor feld brunn stein wald au bach see")
}

func diagnoses() []string {
	return strings.Fields("E11.9 I10.9 J45.9 F32.1 M54.5 K21.9 N39.0 L40.0 G43.9 H40.1 E78.5 I48.9")
}

func wards() []string { return strings.Fields("north south east west") }
