package detectors

import (
	"bytes"
	"strings"

	"github.com/probity-scan/probity"
)

// Numbers and codes of devices, vehicles, banks and medicine.
func formed() []Detector {
	plain := func(id, title string, category probity.Category, country string, words, shapes []string, check func([]byte) Strength, alone, printed, named float64, examples, counterexamples []string) Detector {
		return Detector{ID: id, Title: title, Category: category, Country: country, Words: words, Shapes: shapes,
			Check: func(v Value) Strength { return check(v.Reveal()) }, Alone: alone, Printed: printed, Named: named,
			Examples: func() []string { return examples }, Counterexamples: counterexamples}
	}
	lower := func(d Detector) Detector {
		d.Lower = true
		return d
	}
	proven := func(d Detector, chance float64) Detector {
		d.Proof, d.Chance = ByChecksum, chance
		return d
	}
	return []Detector{
		lower(plain("mac", "MAC address", probity.Online, "", list("mac", "mac address", "macaddr", "hwaddr", "bssid", "ethernet address", "wifi mac"), list("XX:XX:XX:XX:XX:XX", "XX-XX-XX-XX-XX-XX"), checkMAC,
			.8, .8, .9, list("3c:22:fb:9a:01:7e", "3C-22-FB-9A-01-7E"), list("00:00:00:00:00:00", "3c:22:fb:9a:01", "3g:22:fb:9a:01:7e"))),
		proven(plain("imei", "IMEI", probity.Online, "", list("imei", "handset", "device imei", "imei number"), list("999999999999999", "99-999999-999999-9"), func(b []byte) Strength {
			return checked(b[0] != '0' && !repeated(b), luhn(b))
		}, .1, .5, .9, list("490154203237518", "49-015420-323751-8"), list("490154203237519", "000000000000000", "49-015420-323751-9")), 1./10),
		proven(plain("iccid", "SIM card number (ICCID)", probity.Online, "", list("iccid", "sim", "sim card", "sim number"), list("9999999999999999999", "99999999999999999999"), func(b []byte) Strength {
			if string(b[:2]) != "89" {
				return Rejected
			}
			return checked(true, luhn(b))
		}, .6, .6, .95, list("8991101200003204514"), list("8991101200003204515", "7991101200003204510", "0000000000000000000")), 1./10),
		plain("imsi", "IMSI", probity.Online, "", list("imsi", "imsi number"), list("999999999999999"), func(b []byte) Strength { return passes(b[0] >= '2' && b[0] <= '7' && !repeated(b[3:])) },
			0, 0, .85, list("262011234567890"), list("862011234567890", "000000000000000", "26201123456789")),
		lower(plain("advertising-id", "Advertising or device identifier", probity.Online, "", list("idfa", "gaid", "aaid", "idfv", "advertising id", "device uuid", "advertiser id", "device id"), list("X{8}-X{4}-X{4}-X{4}-X{12}"), func(b []byte) Strength {
			for _, c := range b {
				if !isDigit(c) && c > 'F' {
					return Rejected
				}
			}
			return passes(!repeated(b))
		}, 0, 0, .85, list("6d92078a-8246-4ba4-ae5b-76104861e7dc"), list("00000000-0000-0000-0000-000000000000", "6d92078a-8246-4ba4-ae5b-76104861e7dz", "6d92078a-8246-4ba4-ae5b"))),
		plain("vin", "Vehicle identification number", probity.Identifier, "", list("vin", "chassis", "vehicle identification", "fahrgestellnummer", "fin nummer", "châssis", "numéro de châssis", "bastidor", "telaio", "numer vin"), list("X{17}"), checkVIN,
			.1, .1, .9, list("1M8GDM9AXKP042788", "WVWZZZ1JZXW000001"), list("1M8GDM9AXKP0427IO", "11111111111111111", "ABCDEFGHJKLMNPRST")),
		plain("vehicle-plate", "Vehicle registration plate", probity.Identifier, "", list("plate", "licence plate", "license plate", "number plate", "registration plate", "vehicle registration", "kennzeichen", "kfz kennzeichen", "immatriculation", "plaque", "targa", "matrícula", "kenteken", "tablica rejestracyjna", "plaka"),
			list("AA99~AAA", "AA99AAA", "A{1-3}~A{1-2}~9{1-4}", "A{1-3}~X{3-6}", "AA~999~AA", "AA999AA", "9999~AAA", "9999AAA", "AA~99~A{1-2}~9999", "AA99A{1-2}9999", "99~A{1-3}~9{2-4}", "A{3}~999AA"), func(b []byte) Strength {
				digits := 0
				for _, c := range b {
					digits += count(isDigit(c))
				}
				return passes(digits > 0 && digits < len(b))
			}, 0, 0, .8, list("AB12 CDE", "M-AB 1234"[:1]+"-AB-1234", "AB-123-CD", "1234 BCD", "KA 01 AB 1234"), list("ABCDE", "1234567", "A-B")),
		plain("postcode", "Postal code", probity.Whereabouts, "", list("postcode", "post code", "postal code", "zip", "zip code", "zipcode", "plz", "postleitzahl", "code postal", "cap", "código postal", "cp", "kod pocztowy", "codice postale", "cep", "eircode"),
			list("A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "99999", "99999-9999", "9999 AA", "9999AA", "A9A 9A9", "A9A9A9", "99-999", "9999-999", "99999-999", "9999", "999 99", "999999"), func(b []byte) Strength { return passes(!repeated(b)) },
			0, .1, .8, list("LS1 4AP", "10115", "1234 AB", "K1A 0B1", "00-238", "90210-1234"), list("00000", "123", "ABCDE")),
		plain("geo-coordinates", "Precise location", probity.Whereabouts, "", list("lat", "lon", "lng", "latitude", "longitude", "gps", "coords", "coordinates", "geo", "location", "breitengrad", "längengrad", "latitud", "longitud"),
			list("9{1-3}.9{4-15}"), func(b []byte) Strength { return Plausible }, 0, .1, .8, list("52.520008", "13.404954"), list("52.5", "abc", "5252.520008")),
		plain("bic", "BIC (SWIFT code)", probity.Financial, "", list("bic", "swift", "bic code", "swift code", "bic swift"), list("AAAAAAXX", "AAAAAAXXXXX"), func(b []byte) Strength {
			return passes(strings.Contains(ibanLengths, string(b[4:6])) || string(b[4:6]) == "US" || string(b[4:6]) == "CA" || string(b[4:6]) == "JP" || string(b[4:6]) == "CN" || string(b[4:6]) == "IN" || string(b[4:6]) == "AU")
		}, 0, 0, .9, list("DEUTDEFF500"), list("ABCDEFGH", "12345678", "DEUTXXFF")),
		plain("bank-account-us", "US bank account number", probity.Financial, "US", list("account number", "bank account number", "acct", "acct no", "checking", "savings", "account no"), list("9{8-12}", "9{13-17}"), func(b []byte) Strength { return passes(!repeated(b)) },
			0, 0, .8, list("123456789012"), list("000000000", "1234567", "ABCDEFGH1")),
		proven(plain("aba-routing", "US routing number", probity.Financial, "US", list("routing", "aba", "rtn", "routing number", "aba number"), list("999999999"), func(b []byte) Strength {
			n := number(b[:2])
			return checked(n > 0 && n < 13 || n > 20 && n < 33 || n > 60 && n < 73 || n == 80, weighted(b, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0)
		}, .1, .1, .9, list("111000025", "021000021"), list("111000026", "000000000", "991000025")), 1./10),
		plain("uk-bank", "UK sort code and account", probity.Financial, "GB", list("sort code", "account number", "sortcode", "bank details"), list("99-99-99 99999999", "99-99-99", "999999 99999999"), func(b []byte) Strength {
			if len(b) == 14 {
				return Distinctive
			}
			return passes(!repeated(b))
		}, 0, .3, .85, list("20-00-00 55779911", "20-45-45"), list("00-00-00", "20-00", "2000005577")),
		proven(plain("es-ccc", "Spanish account code (CCC)", probity.Financial, "ES", list("cuenta", "ccc", "cuenta bancaria", "código cuenta cliente"), list("99999999999999999999", "9999~9999~99~9999999999"), func(b []byte) Strength {
			first := ccc(weighted(b, 4, 8, 5, 10, 9, 7, 3, 6))
			return checked(!repeated(b), first == b[8] && ccc(weighted(b[10:], 1, 2, 4, 8, 5, 10, 9, 7, 3, 6)) == b[9])
		}, .5, .8, .95, list("21000418450200051332", "2100 0418 45 0200051332"), list("21000418460200051332", "00000000000000000000", "2100 0418 46 0200051332")), 1./100),
		proven(plain("fr-rib", "French account (RIB)", probity.Financial, "FR", list("rib", "relevé d'identité bancaire", "compte bancaire", "banque"), list("9999999999XXXXXXXXXXXXX", "99999 99999 XXXXXXXXXXX 99"), checkRIB,
			.5, .8, .95, list("20041010050500013M02606", "20041 01005 0500013M026 06"), list("20041010050500013M02607", "00000000000000000000000", "20041 01005 0500013M026 07")), 1./97),
		proven(plain("ehic", "European health insurance card", probity.Health, "EU", list("ehic", "krankenkasse", "carte européenne", "tarjeta sanitaria", "health insurance card"), list("99999999999999999999"), func(b []byte) Strength {
			if string(b[:2]) != "80" {
				return Rejected
			}
			return checked(true, luhn(b))
		}, .5, .5, .9, list("80276000000000000009"), list("80276000000000000000", "70276000000000000009", "00000000000000000000")), 1./10),
		plain("icd9", "Diagnosis code (ICD-9)", probity.Health, "", list("icd9", "icd-9", "icd 9"), list("999.9{1-2}", "A99.9{1-2}", "A999.9", "999"), func(b []byte) Strength {
			return passes(isDigit(b[0]) || b[0] == 'E' || b[0] == 'V')
		}, 0, 0, .85, list("250.00"), list("A70.0", "25.00", "abc")),
		proven(plain("snomed", "SNOMED CT concept", probity.Health, "", list("snomed", "sctid", "snomed ct", "snomed code"), list("9{6-18}"), func(b []byte) Strength {
			return checked(b[0] != '0' && (b[len(b)-3] == '0' || b[len(b)-3] == '1') && b[len(b)-2] <= '2', verhoeff(b))
		}, 0, 0, .9, list("22298006", "73211009"), list("22298007", "00000000", "12345")), 0),
		plain("loinc", "LOINC code", probity.Health, "", list("loinc", "lab", "observation", "loinc code"), list("9{4-5}-9", "999-9"), func(b []byte) Strength { return passes(luhn(b)) },
			0, .1, .85, list("2345-7", "718-7"), list("2345-8", "718-8", "12345")),
		plain("drug-ndc", "Drug code (NDC)", probity.Health, "US", list("ndc", "drug", "rx", "ndc code", "drug code"), list("9999-9999-99", "99999-999-99", "99999-9999-9", "99999-9999-99"), func(b []byte) Strength { return passes(!repeated(b)) },
			0, .3, .85, list("0002-7597-01", "50242-040-62"), list("0000-0000-00", "123-456-78", "1234567890")),
		plain("medical-record-number", "Medical record number", probity.Health, "", list("mrn", "medical record", "medical record number", "patient id", "patientennummer", "patienten id", "ipp", "nhc", "cartella clinica", "patient no"), list("9{5-12}", "A{1-3}9{4-10}", "A{2-3}-9{4-10}"), func(b []byte) Strength { return passes(!repeated(b)) },
			0, 0, .8, list("00482913", "MRN-482913"), list("0000000", "123", "ABCDEFG")),
		proven(plain("medical-device-udi", "Medical device identifier", probity.Health, "", list("udi", "device identifier", "gs1"), list("99999999999999"), func(b []byte) Strength {
			return checked(!repeated(b), weighted(b, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0)
		}, 0, 0, .85, list("00857674002010"), list("00857674002011", "00000000000000", "0085767400201")), 0),
		plain("schufa-id", "SCHUFA number", probity.Financial, "DE", list("schufa", "schufa id", "schufa nummer", "bonitätsauskunft"), list("99.999.999", "999999999999"), func(b []byte) Strength { return passes(!repeated(b)) },
			0, .1, .8, list("12.345.678"), list("00.000.000", "12.345", "abcdefgh")),
		lower(plain("genetic-data", "Genetic variant", probity.Special, "", list("rsid", "genotype", "allele", "snp", "genome", "dna", "variant"), list("AA9{3-10}"), func(b []byte) Strength { return passes(string(b[:2]) == "RS" && b[2] != '0') },
			.2, .2, .85, list("rs53576", "rs1801133"), list("rs000", "ab53576", "rs53576x"))),
	}
}

func checkMAC(b []byte) Strength {
	for _, c := range b {
		if !isDigit(c) && c > 'F' {
			return Rejected
		}
	}
	if repeated(b) {
		return Rejected
	}
	return Distinctive
}

// checkVIN: ISO 3779 without I, O and Q; the ninth is a check digit in North America and China only.
func checkVIN(b []byte) Strength {
	values := [26]int{1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9}
	sum, digits := 0, 0
	for i, c := range b {
		if bytes.IndexByte([]byte("IOQ"), c) >= 0 {
			return Rejected
		}
		v := int(c - '0')
		if isUpper(c) {
			v = values[c-'A']
		} else {
			digits++
		}
		sum += v * [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}[i]
	}
	if digits < 3 || repeated(b) || !isDigit(b[14]) || !isDigit(b[15]) || !isDigit(b[16]) {
		return Rejected
	}
	if "0123456789X"[sum%11] == b[8] {
		return Plausible
	}
	return Doubtful
}

// ccc is a check digit of a Spanish account: 11 less the remainder, 10 is 1 and 11 is 0.
func ccc(sum int) byte { return "01987654321"[sum%11] }

// checkRIB: letters of the account stand for digits; mod 97 with the weights of bank, branch and account.
func checkRIB(b []byte) Strength {
	var n [21]byte
	for i, c := range b[:21] {
		if isUpper(c) {
			c = "12345678912345678923456789"[c-'A']
		}
		n[i] = c
	}
	key := b[21:]
	if !isDigit(key[0]) || !isDigit(key[1]) || repeated(b) {
		return Rejected
	}
	return checked(true, (89*number(n[:5])+15*number(n[5:10])+3*number(n[10:]))%97 == (97-number(key))%97)
}
