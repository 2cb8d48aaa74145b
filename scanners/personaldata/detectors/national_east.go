package detectors

// Numbers of eastern and south-eastern Europe.
func eastern() []Detector {
	return []Detector{
		national("PL", "pl-nip", "Polish tax number (NIP)", list("nip", "numer nip", "nr nip"), list("9999999999", "999-999-99-99", "999-99-99-999"), func(b []byte) Strength {
			return checked(b[0] != '0' && !repeated(b), weighted(b, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == int(b[9]-'0'))
		}, 1./11, .2, .5, list("1234563218", "123-456-32-18"), list("1234563219", "0000000000", "123-456-32-19")),
		national("CZ", "cz-rodne-cislo", "Czech or Slovak birth number", list("rodné číslo", "rodne cislo", "rč", "rodného čísla"), list("999999/9999", "9999999999"), checkCzech,
			1./11, .2, .6, list("736028/5163", "7360285163"), list("736028/5164", "739928/5163", "0000000000")),
		national("HU", "hu-taj", "Hungarian health insurance number (TAJ)", list("taj", "taj szám"), list("999999999", "999~999~999"), func(b []byte) Strength {
			return checked(!repeated(b), weighted(b, 3, 7, 3, 7, 3, 7, 3, 7)%10 == int(b[8]-'0'))
		}, 1./10, .1, .2, list("111111110", "111 111 110"), list("111111111", "000000000", "111 111 112")),
		national("RO", "ro-cnp", "Romanian personal number (CNP)", list("cnp", "cod numeric personal"), list("9999999999999"), checkRomania,
			1./11, .4, .4, list("1630615123457"), list("1630615123458", "1631315123457", "0000000000000")),
		national("BG", "bg-egn", "Bulgarian civil number (EGN)", list("egn", "егн"), list("9999999999"), checkBulgaria,
			1./10, .3, .3, list("7523169263"), list("7523169264", "7573169263", "0000000000")),
		national("GR", "gr-amka", "Greek social security number (AMKA)", list("amka", "αμκα"), list("99999999999"), func(b []byte) Strength {
			if !births(b, 0, 2) {
				return Rejected
			}
			return checked(true, luhn(b))
		},
			1./10, .4, .4, list("01013099997"), list("01013099998", "32013099997", "00000000000")),
		national("GR", "gr-afm", "Greek tax number (AFM)", list("afm", "αφμ"), list("999999999"), func(b []byte) Strength {
			return checked(!repeated(b), weighted(b, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == int(b[8]-'0'))
		}, 1./10, .1, .1, list("090000045"), list("090000046", "000000000", "09000004")),
		national("HR", "hr-oib", "Croatian personal number (OIB)", list("oib", "osobni identifikacijski broj"), list("99999999999"), func(b []byte) Strength { return checked(!repeated(b), mod1110(b)) },
			1./10, .1, .1, list("33392005961"), list("33392005962", "00000000000", "3339200596")),
		national("SI", "si-emso", "Slovenian or ex-Yugoslav EMŠO (JMBG)", list("emšo", "emso", "jmbg", "јмбг", "матичен број"), list("9999999999999"), checkYugoslav,
			1./11, .4, .4, list("0101006500006"), list("0101006500007", "3213006500006", "0000000000000")),
		national("TR", "tr-tckn", "Turkish identity number", list("tckn", "tc kimlik", "tc kimlik no", "kimlik no"), list("99999999999"), checkTurkey,
			1./100, .45, .45, list("10000000146"), list("10000000147", "00000000000", "1000000014")),
		national("UA", "ua-rnokpp", "Ukrainian taxpayer number (RNOKPP)", list("рнокпп", "іпн", "ідентифікаційний код", "rnokpp"), list("9999999999"), func(b []byte) Strength {
			sum := weighted(b, -1, 5, 7, 9, 4, 6, 10, 5, 7) % 11
			return checked(!repeated(b), (sum+11)%11%10 == int(b[9]-'0'))
		}, 1./10, .1, .1, list("1759013776"), list("1759013777", "0000000000", "175901377")),
		national("RU", "ru-snils", "Russian insurance number (SNILS)", list("снилс", "snils"), list("99999999999", "999-999-999 99", "999-999-999-99"), func(b []byte) Strength {
			return checked(number(b[:9]) > 1001998 && !repeated(b), weighted(b, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == number(b[9:]))
		}, 1./100, .4, .8, list("11223344595", "112-233-445 95"), list("11223344596", "00000000000", "112-233-445 96")),
		national("RU", "ru-inn", "Russian taxpayer number of a person (INN)", list("инн", "inn"), list("999999999999"), func(b []byte) Strength {
			a := weighted(b, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10
			c := weighted(b, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10
			return checked(!repeated(b), a == int(b[10]-'0') && c == int(b[11]-'0'))
		}, 1./100, .4, .4, list("500100732259"), list("500100732258", "000000000000", "50010073225")),
	}
}

// checkCzech: 50 more in a woman's month, 20 more where a day's numbers ran out; the whole is divisible by 11.
func checkCzech(b []byte) Strength {
	month := number(b[2:4]) % 50
	if month > 20 {
		month -= 20
	}
	n := number(b[:9])
	if form := number(b[2:4]) < 83 && calendar(0, month, number(b[4:6])); !form {
		return Rejected
	}
	return checked(true, number(b)%11 == 0 || n%11 == 10 && b[9] == '0')
}

func checkRomania(b []byte) Strength {
	county, r := number(b[7:9]), weighted(b, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)%11
	if r == 10 {
		r = 1
	}
	return checked(b[0] != '0' && births(b, 5, 3) && county > 0 && (county < 53 || county == 70), r == int(b[12]-'0'))
}

// checkBulgaria: 20 more in the month before 1900, 40 more from 2000 on.
func checkBulgaria(b []byte) Strength {
	if form := number(b[2:4]) < 53 && calendar(0, number(b[2:4])%20, number(b[4:6])); !form {
		return Rejected
	}
	return checked(true, weighted(b, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == int(b[9]-'0'))
}

func checkYugoslav(b []byte) Strength {
	if form := births(b, 0, 2) && (b[4] == '9' || b[4] == '0' || b[4] == '8'); !form {
		return Rejected
	}
	return checked(true, weighted(b, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
}

func checkTurkey(b []byte) Strength {
	tenth := weighted(b, 7, -1, 7, -1, 7, -1, 7, -1, 7) % 10
	last := weighted(b, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10
	return checked(b[0] != '0' && !repeated(b), (tenth+10)%10 == int(b[9]-'0') && last == int(b[10]-'0'))
}
