package synthetic

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// File is a text and what is in it.
type File struct {
	Name   string
	Text   []byte
	Labels []Label
}

// Label is where something is, in bytes.
type Label struct {
	Start, End int
	Detector   string
}

// writer writes a file and its labels.
type writer struct {
	r      *rand.Rand
	b      strings.Builder
	labels []Label
}

func (w *writer) text(s string) { w.b.WriteString(s) }

func (w *writer) found(id, s string) {
	from := w.b.Len()
	w.b.WriteString(s)
	w.labels = append(w.labels, Label{from, w.b.Len(), id})
}

// field is a kind of value: how columns that hold it are called, how a sentence tells it, and how to make one.
type field struct {
	id       string // of the detector; empty: no personal data
	header   string
	sentence string // with % for the value
	make     func(r *rand.Rand) string
}

func fields() (out []field) {
	headers := map[string]string{"payment-card": "card_number", "uk-nhs": "nhs_number", "de-steuer-id": "steuer_id", "fr-nir": "num_secu", "in-aadhaar": "aadhaar_no", "be-nrn": "rijksregisternummer", "ch-ahv": "ahv_nummer",
		"ie-ppsn": "ppsn", "fr-spi": "numero_fiscal", "it-partita-iva": "partita_iva", "se-personnummer": "personnummer", "no-fnr": "fødselsnummer", "fi-hetu": "henkilötunnus", "is-kennitala": "kennitala", "ee-lt-isikukood": "isikukood",
		"cz-rodne-cislo": "rodné číslo", "gr-amka": "αμκα", "si-emso": "emšo", "us-npi": "npi", "aba-routing": "routing_number", "cn-rid": "身份证号", "jp-my-number": "my_number", "th-id": "thai_id", "au-tfn": "tfn", "za-id": "sa_id",
		"ae-eid": "emirates_id", "il-id": "teudat_zehut", "sa-id": "iqama", "imei": "imei", "ru-snils": "снилс", "es-dni": "dni", "es-nie": "nie", "ec-cedula": "cédula ecuatoriana"}
	for _, id := range Numbers() {
		header := headers[id]
		if header == "" {
			_, header, _ = strings.Cut(id, "-")
			if header == "" {
				header = id
			}
		}
		out = append(out, field{id, header, "The " + strings.ReplaceAll(header, "_", " ") + " is %, as noted.", func(r *rand.Rand) string { return Number(r, id, false) }})
	}
	return append(out,
		field{"email", "email", "Please write to % about it.", email},
		field{"phone-e164", "phone", "Call me on % after lunch.", func(r *rand.Rand) string {
			return one(r, "+49 30 ", "+44 20 79", "+33 1 ", "+48 22 ") + figures(r, 3) + " " + figures(r, 4)
		}},
		field{"date-of-birth", "date_of_birth", "She was born on %, they say.", func(r *rand.Rand) string { return day(r, one(r, "YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY")) }},
		field{"person-name", "full_name", "We spoke with % about that.", name},
		field{"postal-address", "address", "He lives at %.", address},
		field{"ip-address", "client_ip", "The request from % was blocked.", func(r *rand.Rand) string {
			return fmt.Sprintf("%d.%d.%d.%d", 60+r.IntN(60), r.IntN(255), r.IntN(255), 1+r.IntN(250))
		}},
		field{"us-ssn", "ssn", "Her SSN is %.", func(r *rand.Rand) string {
			return fmt.Sprintf("%03d-%02d-%04d", 100+r.IntN(500), 1+r.IntN(98), 1+r.IntN(9000))
		}},
		field{"uk-nino", "nino", "National insurance number % was given.", func(r *rand.Rand) string {
			return one(r, "AB", "JG", "CE") + figures(r, 6) + one(r, "A", "B", "C", "D")
		}},
		field{"icd10", "diagnosis_code", "Diagnosed with % last year.", func(r *rand.Rand) string { return one(r, "E11.9", "J45.909", "F32.9", "M54.5", "S72.001A") }},
		field{"aws-access-key-id", "access_key_id", "The key % leaked.", func(r *rand.Rand) string { return "AKI" + "A" + pick(r, capitals+"234567", 16) }},
	)
}

// traps are what only looks like personal data.
func traps() []field {
	out := []field{
		{"", "order_no", "", func(r *rand.Rand) string { return "ORD-" + figures(r, 9) }}, {"", "uuid", "", func(r *rand.Rand) string {
			const hex = "0123456789abcdef"
			return pick(r, hex, 8) + "-" + pick(r, hex, 4) + "-4" + pick(r, hex, 3) + "-a" + pick(r, hex, 3) + "-" + pick(r, hex, 12)
		}},
		{"", "epoch", "", func(r *rand.Rand) string { return "17" + figures(r, 11) }}, {"", "version", "", func(r *rand.Rand) string {
			return fmt.Sprintf("%d.%d.%d.%d", r.IntN(20), r.IntN(30), r.IntN(30), r.IntN(30))
		}},
		{"", "sku", "", func(r *rand.Rand) string {
			return pick(r, capitals, 3) + "-" + figures(r, 5) + "-" + pick(r, capitals, 2)
		}},
		{"", "sha256", "", func(r *rand.Rand) string { return pick(r, "0123456789abcdef", 64) }}, {"", "ean", "", func(r *rand.Rand) string { return figures(r, 13) }},
		{"", "created_at", "", func(r *rand.Rand) string { return day(r, "2024-MM-DD") + "T10:11:12Z" }}, {"", "amount", "", func(r *rand.Rand) string { return figures(r, 4) + "." + figures(r, 2) }},
		{"", "product_name", "", func(r *rand.Rand) string { return one(r, "Garden Chair", "Copper Kettle", "Blue Lamp") }}, {"", "count", "", func(r *rand.Rand) string { return figures(r, 5) }},
	}
	for _, id := range Numbers() {
		out = append(out, field{"", "code_" + figures(rand.New(rand.NewPCG(1, uint64(len(out)))), 2), "", func(r *rand.Rand) string { return Number(r, id, true) }})
	}
	return out
}

func email(r *rand.Rand) string {
	return strings.ToLower(pick(r, capitals, 5)) + "." + strings.ToLower(pick(r, capitals, 6)) + one(r, "@mail.example.pl", "@example-clinic.de", "@post.example.org")
}

func name(r *rand.Rand) string {
	return one(r, "Anna", "Jan", "Maria", "Thomas", "Giulia", "Pierre", "Sophie", "Wojciech", "Emma", "Luca") + " " + one(r, "Kowalska", "Lindqvist", "Moreau", "Brandt", "Rossi", "de Vries", "Nowicki", "Hartmann", "O'Neill")
}

func address(r *rand.Rand) string {
	n := fmt.Sprint(1 + r.IntN(120))
	return one(r, n+" High Street, Leeds LS1 4AP", "Hauptstraße "+n+", 10115 Berlin", n+" rue Victor Hugo, 75002 Paris", "Via Roma "+n+", 00184 Roma", "Dorpsstraat "+n+", 1234 AB Utrecht")
}

func filler(r *rand.Rand) string {
	return one(r, "The quarterly report was shared with the team. ", "Nothing unusual was seen during the window. ", "The cache hit ratio improved after the index was rebuilt. ", "A retry budget was exhausted and the breaker opened. ")
}
