package detectors

import "strings"

// Numbers of western Europe.
func western() []Detector {
	return []Detector{
		national("PT", "pt-nif", "Portuguese tax number (NIF)", list("nif", "contribuinte", "número de contribuinte", "num contribuinte"), list("999999999", "999 999 999"), checkPortugal,
			1./10, .1, .2, list("123456789", "245 716 084"), list("245716085", "000000000", "445716084")),
		national("BE", "be-nrn", "Belgian national number", list("rijksregister", "rijksregisternummer", "registre national", "numéro national", "nrn", "niss", "insz"), list("99999999999", "99.99.99-999.99", "999999-999-99"), checkBelgium,
			2./97, .45, .8, list("85073003328", "17.07.30-033.84"), list("85073003329", "85993003328", "00000000000")),
		national("LU", "lu-matricule", "Luxembourg matricule", list("matricule", "matricule nationale"), list("9999999999999"), checkLuxembourg,
			1./100, .5, .5, list("1893120105732"), list("1893120105733", "1893130105732", "0000000000000")),
		national("AT", "at-svnr", "Austrian social insurance number", list("svnr", "sozialversicherungsnummer", "sozialversicherung", "sv nummer", "versicherungsnummer"), list("9999999999", "9999 999999"), checkAustria,
			1./11, .3, .5, list("1237010180", "1237 010180"), list("1238010180", "1237019980", "0237010180")),
		national("CH", "ch-ahv", "Swiss social security number (AHV)", list("ahv", "avs", "ahv nummer", "ahvn13", "avs nummer", "numéro avs", "sozialversicherungsnummer"), list("9999999999999", "999.9999.9999.99"), checkSwitzerland,
			1./10, .7, .9, list("7569217076985", "756.9217.0769.85"), list("7569217076986", "755.9217.0769.85", "0000000000000")),
		national("IE", "ie-ppsn", "Irish personal public service number", list("pps", "ppsn", "pps number", "pps no"), list("9999999A", "9999999AA"), checkIreland,
			1./23, .4, .4, list("1234567T", "1234567FA"), list("1234567U", "1234567FB", "0000000A")),
		national("ES", "es-naf", "Spanish social security number", list("naf", "seguridad social", "número de seguridad social", "afiliación", "nss"), list("999999999999", "99/99999999/99", "99 99999999 99"), checkAffiliation,
			1./97, .3, .6, list("281234567840", "28/12345678/40"), list("281234567841", "991234567840", "000000000000")),
		national("FR", "fr-spi", "French tax number (SPI)", list("numéro fiscal", "spi", "référence fiscale", "numéro fiscal de référence"), list("9999999999999", "99 99 999 999 999"), checkSPI,
			1./1000, .4, .6, list("3023217600053", "30 23 217 600 053"), list("3023217600054", "4023217600053", "0000000000000")),
		national("FR", "fr-cni", "French identity card", list("cni", "carte nationale", "carte d'identité", "carte nationale d'identité"), list("999999999999", "XX{8}", "999999AX{5}"), checkCard12,
			0, 0, 0, list("880692310285", "X4RTBPFW4"), list("000000000000", "88069231028", "cardholder")),
		national("DE", "de-svnr", "German pension insurance number", list("sozialversicherungsnummer", "rvnr", "svnr", "rentenversicherungsnummer", "versicherungsnummer"), list("99999999A999", "99 999999 A 999", "99 999999 A 99 9"), checkPension,
			1./10, .45, .6, list("15070649C103", "15 070649 C 103"), list("15070649C104", "15999949C103", "00000000A000")),
		national("DE", "de-kvnr", "German health insurance number", list("kvnr", "krankenversicherung", "krankenversichertennummer", "versichertennummer", "krankenkasse"), list("A999999999"), checkInsured,
			1./10, .3, .3, list("A123456780"), list("A123456781", "A000000000", "1123456780")),
		national("DE", "de-id-card", "German identity card", list("personalausweis", "ausweisnummer", "personalausweisnummer", "ausweis"), list("AX{8}", "AX{9}"), checkGermanCard,
			0, 0, 0, list("L01X00T47", "L01X00T471"), list("L01X00T472", "AAAAAAAAA", "L01X00T4")),
		national("IT", "it-partita-iva", "Italian VAT number", list("partita iva", "p iva", "piva", "partiva"), list("99999999999"), func(b []byte) Strength {
			return checked(!repeated(b) && number(b[7:10]) <= 121, luhn(b))
		}, 1./10, .1, .1, list("00743110157"), list("00743110158", "00000000000", "0074311015")),
		national("GB", "uk-utr", "UK unique taxpayer reference", list("utr", "tax reference", "unique taxpayer reference"), list("9999999999", "99999 99999"), func(b []byte) Strength {
			return checked(!repeated(b), "21987654321"[weighted(b[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11] == b[0])
		}, 1./11, .1, .1, list("1123456789"), list("2123456789", "0000000000", "112345678")),
		national("GB", "uk-chi", "Scottish community health index", list("chi", "chi number", "chi no"), list("9999999999"), func(b []byte) Strength {
			if !births(b, 0, 2) {
				return Rejected
			}
			return checked(true, weighted(b, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
		}, 1./11, .2, .2, list("0101010109"), list("0101010108", "3213010107", "010101010")),
		national("GB", "uk-driving-licence", "UK driving licence", list("driving licence", "driver licence", "driving licence number", "licence number"), list("X{5}9{6}X{5}", "X{16}"), checkDriver,
			0, .6, .6, list("MORGA657054SM9IJ"), list("MORGA697054SM9IJ", "MORGA657994SM9IJ", "0000000000000000")),
		national("GB", "uk-electoral", "UK electoral roll number", list("electoral", "electoral roll", "electoral number", "elector number"), list("A{2}9{1-4}", "A9{1-4}"), func(b []byte) Strength { return Plausible },
			0, 0, 0, list("AB1234", "KF21"), list("1234", "ABC123", "A12345678")),
	}
}

func checkPortugal(b []byte) Strength {
	return checked(strings.IndexByte("1235689", b[0]) >= 0, eleven(weighted(b, 9, 8, 7, 6, 5, 4, 3, 2), '0') == b[8])
}

// checkBelgium: for those born from 2000 on a 2 stands before the number.
func checkBelgium(b []byte) Strength {
	month, n := number(b[2:4])%20, number(b[:9])
	if form := number(b[2:4]) < 53 && month < 13 && number(b[4:6]) < 32 && !repeated(b); !form {
		return Rejected
	}
	return checked(true, number(b[9:]) == 97-n%97 || number(b[9:]) == 97-(2000000000+n)%97)
}

// checkLuxembourg: the last two digits are Luhn's and Verhoeff's, each over the first eleven.
func checkLuxembourg(b []byte) Strength {
	year := number(b[:4])
	if form := year > 1850 && year < 2100 && births(b, 6, 4); !form {
		return Rejected
	}
	return checked(true, luhn(b[:12]) && verhoeff(append(append([]byte{}, b[:11]...), b[12])))
}

func checkAustria(b []byte) Strength {
	month := number(b[6:8])
	sum := weighted(b, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11
	return checked(b[0] != '0' && month > 0 && month < 16 && number(b[4:6]) > 0 && number(b[4:6]) < 32, sum < 10 && byte('0'+sum) == b[3])
}

func checkSwitzerland(b []byte) Strength {
	if string(b[:3]) != "756" {
		return Rejected
	}
	return checked(true, weighted(b, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0)
}

func checkIreland(b []byte) Strength {
	sum := weighted(b, 8, 7, 6, 5, 4, 3, 2)
	if len(b) == 9 {
		sum += 9 * int(b[8]-'A'+1)
		if b[8] == 'W' {
			sum -= 9 * 23
		}
	}
	return checked(number(b[:7]) > 0 && b[7] <= 'W', "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == b[7])
}

func checkAffiliation(b []byte) Strength {
	province, n := number(b[:2]), number(b[2:10])
	short := province*10000000 + n
	if form := province > 0 && province < 67; !form {
		return Rejected
	}
	return checked(true, number(b[10:]) == number(b[:10])%97 || n < 10000000 && number(b[10:]) == short%97)
}

func checkSPI(b []byte) Strength {
	return checked(b[0] < '4' && !repeated(b[:10]), number(b[:10])%511 == number(b[10:]))
}

func checkCard12(b []byte) Strength {
	digits := 0
	for _, c := range b {
		digits += count(isDigit(c))
	}
	return passes(!repeated(b) && digits > 0 && (len(b) == 9 || digits > 6))
}

// checkPension: the area, the day of birth, the first letter of the name at birth, a serial; weights of VKVV § 4.
func checkPension(b []byte) Strength {
	day := number(b[2:4])
	ok := number(b[:2]) > 1 && day > 0 && (day < 32 || day > 50 && day < 82) && number(b[4:6]) < 13
	if !ok {
		return Rejected
	}
	return checked(true, crossed(spelt(b), 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)%10 == int(b[11]-'0'))
}

func checkInsured(b []byte) Strength {
	return checked(!repeated(b[1:]), crossed(spelt(b), 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)%10 == int(b[9]-'0'))
}

// checkGermanCard: the letters that look like no digit; a tenth character is the check digit of ICAO 9303.
func checkGermanCard(b []byte) Strength {
	digits := 0
	for _, c := range b[:9] {
		if digits += count(isDigit(c)); strings.IndexByte("0123456789CFGHJKLMNPRTVWXYZ", c) < 0 {
			return Rejected
		}
	}
	return passes(digits > 0 && (len(b) == 9 || isDigit(b[9]) && icao(b[:9]) == b[9]))
}

// icao is the check digit of machine-readable documents, ICAO 9303-3 section 4.9.
func icao(b []byte) byte {
	sum := 0
	for i, c := range b {
		v := 0
		switch {
		case isDigit(c):
			v = int(c - '0')
		case isUpper(c):
			v = int(c-'A') + 10
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

// checkDriver: five of the surname, the decade, the month (50 more for women), the day and the year of birth, initials.
func checkDriver(b []byte) Strength {
	filled := false
	for _, c := range b[:5] { // MAN99
		if isDigit(c) && c != '9' || filled && isUpper(c) {
			return Rejected
		}
		filled = filled || isDigit(c)
	}
	for _, c := range b[5:11] {
		if !isDigit(c) {
			return Rejected
		}
	}
	month, day := number(b[6:8])%50, number(b[8:10])
	return passes(isUpper(b[0]) && number(b[6:8]) < 63 && calendar(0, month, day) && isUpper(b[14]) && isUpper(b[15]) && (isUpper(b[11]) || b[11] == '9') && (isUpper(b[12]) || b[12] == '9'))
}
