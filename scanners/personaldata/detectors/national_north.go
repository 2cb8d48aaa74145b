package detectors

import "strings"

// Numbers of northern Europe and the Baltic states.
func northern() []Detector {
	return []Detector{
		national("DK", "dk-cpr", "Danish CPR number", list("cpr", "cpr nummer", "cpr nr", "personnummer"), list("999999-9999", "9999999999"), func(b []byte) Strength { return passes(births(b, 0, 2)) },
			0, 0, .3, list("010170-1234", "0101701234"), list("320170-1234", "011370-1234", "0101701")),
		national("SE", "se-personnummer", "Swedish personal number", list("personnummer", "pnr", "personnr"), list("999999-9999", "9999999999", "99999999-9999", "999999999999"), checkSweden,
			1./10, .3, .6, list("811228-9874", "198112289874"), list("811228-9875", "811328-9874", "0000000000")),
		national("NO", "no-fnr", "Norwegian birth number", list("fødselsnummer", "fodselsnummer", "personnr", "personnummer", "fnr"), list("99999999999", "999999 99999"), checkNorway,
			1./100, .45, .7, list("01010750160", "010107 50160"), list("01010750161", "41510750160", "00000000000")),
		national("FI", "fi-hetu", "Finnish identity code", list("hetu", "henkilötunnus", "henkilotunnus"), list("999999-999X", "999999A999X"), checkFinland,
			1./31, .5, .7, list("131052-308T", "010103A1236"), list("131052-308U", "131352-308T", "320101A1236")),
		national("IS", "is-kennitala", "Icelandic kennitala", list("kennitala", "kt"), list("9999999999", "999999-9999"), checkIceland,
			1./11, .3, .4, list("120174-3399", "1201743399"), list("120174-3389", "321374-3399", "0000000000")),
		national("EE", "ee-lt-isikukood", "Estonian or Lithuanian personal code", list("isikukood", "asmens kodas", "personal code"), list("99999999999"), checkBaltic,
			1./11, .4, .4, list("37605030299", "33309240064"), list("37605030298", "37613030299", "00000000000")),
		national("LV", "lv-personas-kods", "Latvian personal code", list("personas kods", "pers kods"), list("999999-99999", "99999999999"), checkLatvia,
			0, 0, .3, list("161175-19997", "321234-56789"), list("161175-19998", "991375-19997", "00000000000")),
	}
}

// checkSweden: co-ordination numbers add 60 to the day.
func checkSweden(b []byte) Strength {
	century := true
	if len(b) == 12 {
		century = string(b[:2]) == "19" || string(b[:2]) == "20" || string(b[:2]) == "18"
		b = b[2:]
	}
	day := number(b[4:6])
	if day > 60 {
		day -= 60
	}
	if form := century && calendar(0, number(b[2:4]), day); !form {
		return Rejected
	}
	return checked(true, luhn(b))
}

// checkNorway: D numbers add 40 to the day, H numbers to the month.
func checkNorway(b []byte) Strength {
	ok := calendar(0, number(b[2:4])%40, number(b[:2])%40) && !(b[0] >= '4' && b[2] >= '4')
	if !ok {
		return Rejected
	}
	return checked(true, weighted(b, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 && weighted(b, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
}

func checkFinland(b []byte) Strength {
	if len(b) == 11 {
		if strings.IndexByte("ABCDEFUVWXY", b[6]) < 0 {
			return Rejected
		}
		b = append(append([]byte{}, b[:6]...), b[7:]...)
	}
	n := number(b[:9])
	return checked(births(b, 0, 2), "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == b[9])
}

func checkIceland(b []byte) Strength {
	ok := b[9] == '9' || b[9] == '0' || b[9] == '8'
	if form := ok && births(b, 0, 2); !form {
		return Rejected
	}
	return checked(true, weighted(b, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
}

func checkBaltic(b []byte) Strength {
	r := weighted(b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if r == 10 {
		r = weighted(b, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	return checked(b[0] >= '1' && b[0] <= '8' && births(b, 5, 3), byte('0'+r) == b[10])
}

// checkLatvia: numbers since 2017 begin with 32 and say nothing more.
func checkLatvia(b []byte) Strength {
	if string(b[:2]) == "32" {
		return Plausible
	}
	sum := weighted(b, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
	return passes(births(b, 0, 2) && byte('0'+(1101-sum)%11%10) == b[10])
}
