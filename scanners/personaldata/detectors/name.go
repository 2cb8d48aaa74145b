package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func personName() Detector {
	return Detector{
		ID: "person-name", Title: "Name of a person", Category: probity.Identifier,
		Words: []string{"name", "full name", "first name", "last name", "given name", "middle name", "maiden name", "family name", "surname", "forename", "customer name", "patient name", "employee name", "contact name", "account holder", "cardholder", "card holder",
			"nom", "prénom", "nom complet", "nom de famille", "titulaire", "nachname", "vorname", "familienname", "kundenname", "inhaber", "kontoinhaber", "nombre", "nombre completo", "apellido", "apellidos", "titular",
			"cognome", "nome", "nome completo", "nominativo", "intestatario", "naam", "volledige naam", "voornaam", "achternaam", "imię", "nazwisko", "imię nazwisko", "imię i nazwisko", "fullname", "firstname", "lastname"},
		Find: findName, At: Cell,
		Alone: .1, Printed: .2, Named: .8, Proof: Nameless,
		Examples: func() []string {
			return []string{"Anna Kowalska", "Jean-Luc Moreau", "María del Carmen Ruiz", "Dr. Jörg Müller"}
		},
		Counterexamples: []string{"backup.tar.gz", "us-east-1", "customer_name", "Order 66", "HTTP/2", "a@b.org"},
	}
}

// findName takes a whole cell of one to six capitalised words without digits.
func findName(b []byte, at int) Found {
	if at > 0 || len(b) < 2 || len(b) > 60 {
		return Found{}
	}
	caps, low := 0, 0
	for w := range bytes.FieldsSeq(b) {
		for i, c := range w {
			if !isAlpha(c) && c < 0x80 && (i == 0 || c != '.' && c != '-' && c != '\'' && c != ',') {
				return Found{}
			}
		}
		if isUpper(w[0]) || w[0] >= 0x80 {
			caps++
		} else {
			low++
		}
	}
	switch {
	case caps < 1 || caps+low > 7 || low > caps:
		return Found{}
	case caps == 1:
		return Found{0, len(b), Doubtful}
	}
	return Found{0, len(b), Plausible}
}
