package personaldata

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

func namedBy(e *engine, header string) (ids []string) {
	m := e.meaning(header, e.hints(header))
	for i, d := range e.all {
		if m.has(i) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func TestHeadersNameDetectors(t *testing.T) {
	t.Parallel()
	e := newEngine(detectors.All())
	for want, headers := range map[string]string{
		"email":             "email EmailAddress contactEmail kunden_email adresse_mail courriel_client correoElectronico indirizzo_email e_mailadres adres_email user.email",
		"phone-e164":        "Telefon Handy-Nr Telefonnummer tel_fixe numero_telephone téléphone telefono_movil cellulare telefoonnummer nr_telefonu telefon_komorkowy phoneNumber mobilePhone phones kundentelefon",
		"date-of-birth":     "Geburtsdatum geb_datum date_naissance dateNaissance fecha_nac fecha_nacimiento data_nascita geboortedatum data_urodzenia birthDate DOB dateOfBirth",
		"postal-address":    "Straße Strasse Anschrift adresse_postale direccion domicilio indirizzo adres_zamieszkania ulica straat woonadres addressLine1 home_addr",
		"person-name":       "nom_famille prenom apellidos cognome achternaam voornaam imie nazwisko imie_i_nazwisko lastName FULL_NAME vollständiger_name",
		"iban":              "IBAN iban_nr Kontonummer numero_cuenta numer_konta rekeningnummer compte_bancaire conto_corrente BankAccountNo",
		"payment-card":      "kreditkartennummer KartenNr numero_carte num_tarjeta numero_carta creditcardnummer numer_karty ccNumber CardNumber card_no cardnum",
		"us-ssn":            "ssn SocialSecurityNumber social_sec_no",
		"uk-nino":           "NINO ni_number nationalInsuranceNumber",
		"uk-nhs":            "nhs_no NHSNumber",
		"fr-nir":            "nir num_secu numero_securite_sociale sécurité_sociale",
		"de-steuer-id":      "steuer_id Steueridentifikationsnummer steuerId",
		"es-dni":            "dni DNI_NIE nif",
		"it-codice-fiscale": "codice_fiscale codFiscale cf",
		"nl-bsn":            "bsn BSN-nummer burgerservicenummer",
		"pl-pesel":          "pesel nr_pesel",
		"in-aadhaar":        "aadhaar_no aadhar",
		"ip-address":        "ip ipAddress clientIp remote_ip adresse_ip ip_adres",
		"icd10":             "diagnosis icd_code Diagnose diagnostic rozpoznanie diagnosi diagnóstico",
	} {
		for header := range strings.FieldsSeq(headers) {
			if got := namedBy(e, header); !slices.Contains(got, want) {
				t.Errorf("%s: got %v, want %s", header, got, want)
			}
		}
	}
}

func TestDamagedHeadersHintAtNothing(t *testing.T) {
	t.Parallel()
	e := newEngine(detectors.All())
	for _, header := range []string{"\xFF\xFF\xFFname", "a\xC3\xC3_nom", "\xE2\xE2\xE2 author"} {
		if h := e.hints(header); !h.empty() {
			t.Errorf("%q: hints at %v", header, h)
		}
	}
}

func TestHeadersSpeakAgainst(t *testing.T) {
	t.Parallel()
	e := newEngine(detectors.All())
	for header := range strings.FieldsSeq("order_id orderNumber invoice_no sku version created_at timestamp updatedAt product_name file_name company_name tracking_no transaction_id bestelnummer numero_commande Rechnungsnummer hash sha256") {
		if m := e.meaning(header, e.hints(header)); m != other() {
			t.Errorf("%s: got %v, want nothing but a word against", header, namedBy(e, header))
		}
	}
}

func TestHeadersNameNoPassword(t *testing.T) {
	t.Parallel()
	e := newEngine(detectors.All())
	for header, want := range map[string]bool{
		"password": true, "userPassword": true, "Passwort": true, "mot_de_passe": true, "password_sha1": true, "nt_hash": true, "user_pass": true,
		"password_salt": false, "passwordSalt": false, "password.salt": false, "password_reset_token": false, "file_sha1": false, "hash": false, "commit": false,
	} {
		if got := slices.Contains(namedBy(e, header), "password-hash-weak"); got != want {
			t.Errorf("%s: got %v, want %v", header, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Meine Steuer-ID lautet 86095742719 und meine Handynummer ist 0151 23456780.":      "de-steuer-id phone-e164",
		"Votre numéro de sécurité sociale est le 2 55 08 14 168 025 38, né le 14/08/1955.": "fr-nir date-of-birth",
		"Mi DNI es 12345678Z y mi móvil 612 34 56 78":                                      "es-dni phone-e164",
		"El paciente, nacido el 3 de abril de 1972, con NIE X1234567L":                     "date-of-birth es-nie",
		"La mia carta di credito è 4539 5787 6362 1486; nato il 10/12/1985":                "payment-card date-of-birth",
		"Mijn BSN is 111222333 en mijn rekeningnummer NL91 ABNA 0417 1643 00":              "nl-bsn iban",
		"Mój numer PESEL to 44051401359, telefon 601 234 567, ur. 14.05.1944":              "pl-pesel phone-e164 date-of-birth",
		"My address is 12 High Street, Leeds LS1 4AP.":                                     "postal-address",
		"Ich wohne in der Hauptstraße 5, 10115 Berlin.":                                    "postal-address",
		"patient suffers from multiple sclerosis":                                          "health-term",
		"build 1.2.3.4 on 10.0.0.1 from 84.17.201.9":                                       "ip-address",
		"order 4539578763621486 shipped":                                                   "",
		"npm install lodash@4.17.21 react@18.2.0":                                          "",
		"ts=1700000000 trace=4bf92f3577b34da6a3ce929d0e0e4736 took=123ms":                  "",
		"ISBN 978-3-16-148410-0, EAN 4006381333931":                                        "",
		"Meeting 2024-11-05 10:00 to 2024-11-05 11:00":                                     "",
		"Serial 123-45-6789, part no 12-34-56, GPS 52.520008, 13.404954":                   "geo-coordinates geo-coordinates",
		"The diabetes clinic opened":                                                       "",
		"ref 12345678-1234-1234-1234-123456789012 account 123456789012 in eu-west-1":       "",
		"id 9434765919":                          "",
		"MAC aa:bb:cc:dd:ee:ff time 12:34:56:78": "",
		`{"password":"098f6bcd4621d373cade4e832627b4f6","password_salt":"ad0234829205b9033196ba818f7a872b"}`: "password-hash-weak",
		"Received: from mail.invalid (HELO x) (84.17.201.9) by mx":                                           "ip-address",
		"clamdscan: 0.75-1. Clear:RC:0(84.17.201.9):.":                                                       "ip-address",
		"Copyright: 2005-2016, Anna Kowalska, et al.":                                                        "person-name",
		"Copyright: © 2007, Anna Kowalska, et al.":                                                           "person-name",
		"UPLAND, Calif., Mar 22, 2005 (PRESSWIRE via EXAMPLE)":                                               "",
		"From: Mail Delivery Subsystem <MAILER-DAEMON@mail.invalid>":                                         "email",
		"1f0d630 Fix password 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 of tests":                             "",
		"password: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12":                                                 "password-hash-weak",
		"IDENTIFIED BY PASSWORD '*2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12'":                                 "password-hash-weak",
		"https://user:pass@example.com/path?id=123456789012":                                                 "",
	} {
		var got []string
		for _, s := range spansOf(text) {
			got = append(got, s.Detector)
		}
		if diff := cmp.Diff(strings.Fields(want), got); diff != "" && (want != "" || got != nil) {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
