package detectors

import "strings"

// Numbers of the Americas.
func american() []Detector {
	return []Detector{
		national("US", "us-itin", "US individual taxpayer number", list("itin", "taxpayer identification number", "individual taxpayer"), list("999~99~9999"), func(b []byte) Strength {
			g := number(b[3:5])
			return passes(b[0] == '9' && (g >= 50 && g <= 65 || g >= 70 && g <= 88 || g >= 90 && g <= 92 || g >= 94))
		}, 0, .3, .4, list("912-70-1234", "998 94 4321"), list("912-93-1234", "812-70-1234", "000-70-1234")),
		national("US", "us-driver-licence", "US driver licence", list("driver license", "drivers license", "driver's license", "license number", "license no", "dl number", "driver licence"), list("A9{7}", "A9{12}", "9{7}", "9{8}", "9{9}", "A9{8}", "A9{3}-9{4}-9{4}", "AA9{6}"), func(b []byte) Strength {
			return passes(!repeated(b[1:]))
		}, 0, 0, 0, list("D1234567", "S530-4601-2345"), list("A0000000", "ABCDEFGH", "123")),
		national("CA", "ca-sin", "Canadian social insurance number", list("sin", "nas", "social insurance", "social insurance number", "numéro d'assurance sociale"), list("999999999", "999~999~999"), func(b []byte) Strength {
			return checked(b[0] != '0' && b[0] != '8' && !repeated(b), luhn(b))
		}, 1./10, .1, .4, list("130692544", "130 692 544"), list("130692545", "000000000", "046 454 287")),
		national("CA", "ca-health", "Canadian health number", list("ohip", "ramq", "phn", "health card", "health card number", "carte soleil", "assurance maladie"), list("9999999999", "9999~999~999", "AAAA 9999 9999", "AAAA99999999"), checkCanada,
			0, .1, .3, list("9876543217", "9876-543-217", "TREM 8803 1509"), list("9876543219", "0000000000", "TREM 8899 1509")),
		national("MX", "mx-curp", "Mexican CURP", list("curp"), list("AAAA999999AAAAAAX9"), checkCURP,
			1./10, .95, .95, list("HEGG560427MVZRRL04"), list("HEGG560427MVZRRL05", "HEGG561327MVZRRL04", "HEGG560427XVZRRL04")),
		national("BR", "br-cpf", "Brazilian CPF", list("cpf", "cadastro de pessoas físicas"), list("99999999999", "999.999.999-99"), func(b []byte) Strength {
			return checked(!repeated(b), eleven(weighted(b, 10, 9, 8, 7, 6, 5, 4, 3, 2), '0') == b[9] && eleven(weighted(b, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2), '0') == b[10])
		}, 1./100, .45, .9, list("11144477735", "111.444.777-35"), list("11144477736", "111.111.111-11", "111.444.777-36")),
		national("CL", "cl-rut", "Chilean RUT", list("rut", "rol único", "cédula de identidad", "run chile"), list("99.999.999-X", "9.999.999-X", "99999999-X", "9999999-X", "99999999X"), checkChile,
			1./11, .3, .7, list("12.345.678-5", "12345670-K"), list("12.345.678-6", "00.000.000-0", "12345678-K")),
		national("AR", "ar-cuil", "Argentinian CUIL", list("cuil", "cuit"), list("99999999999", "99-99999999-9"), func(b []byte) Strength {
			n := number(b[:2])
			return checked(n == 20 || n == 23 || n == 24 || n == 27, eleven(weighted(b, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), 'X') == b[10])
		}, 1./11, .3, .7, list("20123456786", "27-28033514-8"), list("20123456787", "31-12345678-6", "00000000000")),
		national("CO", "co-cc", "Colombian citizenship number", list("cédula", "cedula", "cédula de ciudadanía", "cedula ciudadania"), list("9{6-10}", "9{1-2}.999.999", "9.999.999.999"), func(b []byte) Strength { return passes(!repeated(b) && b[0] != '0') },
			0, 0, 0, list("52345678", "1.020.304.050"), list("00000000", "12345", "0123456789")),
		national("EC", "ec-cedula", "Ecuadorian identity number", list("cédula", "cedula", "cédula ecuatoriana"), list("9999999999", "999999999-9"), func(b []byte) Strength {
			if form := number(b[:2]) > 0 && number(b[:2]) < 25 && b[2] < '6'; !form {
				return Rejected
			}
			return checked(true, luhn(b))
		}, 1./10, .1, .4, list("1710034065"), list("1710034066", "9910034065", "0000000000")),
		medical(national("US", "us-npi", "US national provider identifier", list("npi", "provider", "national provider identifier"), list("9999999999"), func(b []byte) Strength {
			return checked(b[0] == '1' || b[0] == '2', luhn(append([]byte("80840"), b...)))
		}, 1./10, .1, .1, list("1234567893"), list("1234567894", "3234567893", "0000000000"))),
		medical(national("US", "us-dea", "US DEA registration number", list("dea", "dea number", "prescriber"), list("AA9999999"), checkDEA,
			1./10, .3, .3, list("AB1234563"), list("AB1234564", "QQ1234563", "AB0000000"))),
		medical(national("US", "us-mbi", "US Medicare beneficiary identifier", list("mbi", "medicare", "medicare number", "medicare id"), list("9AX9AX9AA99", "9AX9-AX9-AA99"), func(b []byte) Strength {
			for _, c := range b {
				if strings.IndexByte("SLOIBZ", c) >= 0 {
					return Rejected
				}
			}
			return passes(b[0] != '0')
		}, 0, .6, .7, list("1EG4TE5MK73", "1EG4-TE5-MK73"), list("1EG4TE5SK73", "0EG4TE5MK73", "1EG4TE5MKA3"))),
		medical(national("US", "us-hicn", "US health insurance claim number", list("hicn", "health insurance claim"), list("999-99-9999A", "999-99-9999A9", "999999999A"), func(b []byte) Strength { return passes(b[0] != '9' && string(b[:3]) != "000") },
			0, .1, .3, list("123-45-6789A"), list("000-45-6789A", "923-45-6789A", "12-345-678A"))),
		medical(national("US", "us-procedure-code", "US procedure code (CPT, HCPCS)", list("cpt", "hcpcs", "procedure code", "cpt code"), list("A9999", "99999", "9999A"), func(b []byte) Strength {
			return passes(!repeated(b) && (isDigit(b[0]) || b[0] <= 'V'))
		}, 0, 0, 0, list("J1100", "99213", "0001F"), list("00000", "ABCDE", "Z1234"))),
	}
}

func checkCanada(b []byte) Strength {
	if len(b) == 12 { // Quebec: 50 more in a woman's month
		return passes(calendar(0, number(b[6:8])%50, number(b[8:10])) && number(b[6:8]) < 63)
	}
	sum := weighted(b[1:], 2, 4, 8, 5, 10, 9, 7, 3)
	return passes(b[0] != '0' && !repeated(b) && (luhn(b) || b[0] == '9' && eleven(sum, 'X') == b[9]))
}

// checkCURP: letters of names, a day, sex, state, consonants, and a check digit over an alphabet with Ñ, which is 24.
func checkCURP(b []byte) Strength {
	const states = " AS BC BS CC CS CH CL CM DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE "
	sum := 0
	for i, c := range b[:17] {
		v := int(c - '0')
		if isUpper(c) {
			v = int(c-'A') + 10 + count(c > 'N')
		}
		sum += (18 - i) * v
	}
	ok := (b[10] == 'H' || b[10] == 'M' || b[10] == 'X') && b[10] != 'X' && calendar(0, number(b[6:8]), number(b[8:10])) && strings.Contains(states, " "+string(b[11:13])+" ")
	return checked(ok, (10-sum%10)%10 == int(b[17]-'0'))
}

func checkChile(b []byte) Strength {
	n := len(b) - 1
	sum := 0
	for i := range n {
		sum += int(b[n-1-i]-'0') * (i%6 + 2)
	}
	return checked(b[0] != '0' && (isDigit(b[n]) || b[n] == 'K'), eleven(sum, 'K') == b[n])
}

func checkDEA(b []byte) Strength {
	return checked(strings.IndexByte("ABCDEFGHJKLMPRSTUX", b[0]) >= 0 && !repeated(b[2:]), weighted(b[2:], 1, 2, 1, 2, 1, 2)%10 == int(b[8]-'0'))
}
