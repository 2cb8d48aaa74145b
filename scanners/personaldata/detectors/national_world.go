package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func medical(d Detector) Detector {
	d.Category = probity.Health
	return d
}

// Numbers of Asia, Africa and Oceania.
func asian() []Detector {
	return []Detector{
		national("IN", "in-voter", "Indian voter number", list("epic", "voter", "voter id", "epic number"), list("AAA9999999"), func(b []byte) Strength { return passes(!repeated(b[3:])) },
			0, .2, .2, list("YZB1234567"), list("YZB0000000", "YZ12345678", "YZB123456")),
		national("CN", "cn-rid", "Chinese resident number", list("身份证", "身份证号", "身份证号码", "居民身份证", "id number", "id card"), list("99999999999999999X"), checkChina,
			1./11, .9, .9, list("11010519491231002X", "440524188001010014"), list("110105194912310021", "110105194913310029", "990105194912310020")),
		national("JP", "jp-my-number", "Japanese My Number", list("my number", "マイナンバー", "個人番号", "mynumber"), list("999999999999", "9999~9999~9999"), func(b []byte) Strength {
			sum := weighted(b, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
			return checked(!repeated(b), eleven(sum, '0') == b[11])
		}, 1./10, .1, .2, list("123456789018", "1234 5678 9018"), list("123456789019", "000000000000", "1234 5678 9019")),
		national("KR", "kr-rrn", "Korean resident number", list("rrn", "주민등록번호", "주민번호"), list("999999-9999999"), func(b []byte) Strength {
			if b[6] == '0' || b[6] > '8' || !births(b, 4, 2) {
				return Rejected
			}
			if eleven(weighted(b, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), '0') == b[12] || (11-weighted(b, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)%11)%10 == int(b[12]-'0') {
				return Distinctive
			}
			return Doubtful // issued since October 2020, without a check digit
		}, 0, .3, .6, list("800101-1234560", "900101-2345678"), list("801301-1234560", "800101-9234560", "80010-11234560")),
		national("SG", "sg-nric", "Singapore NRIC or FIN", list("nric", "fin", "nric no", "fin number"), list("A9999999A"), checkSingapore,
			1./26, .6, .6, list("S1234567D", "G1234567X"), list("S1234567E", "A1234567D", "S0000000A")),
		national("HK", "hk-id", "Hong Kong identity card", list("hkid", "hong kong id", "hkid no"), list("A999999X", "AA999999X", "A999999", "AA999999"), checkHongKong,
			0, .1, .1, list("A1234563", "AB9876543"), list("A1234564", "A0000000", "1234563")),
		national("TH", "th-id", "Thai identity number", list("thai id", "บัตรประชาชน", "เลขประจำตัวประชาชน"), list("9999999999999", "9-9999-99999-99-9"), func(b []byte) Strength {
			sum := weighted(b, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
			return checked(b[0] != '0' && b[0] != '9', (11-sum%11)%10 == int(b[12]-'0'))
		}, 1./10, .1, .7, list("1101700230708", "1-1017-00230-70-8"), list("1101700230709", "0000000000000", "1-1017-00230-70-9")),
		national("TW", "tw-id", "Taiwanese identity number", list("身分證字號", "身分證", "統一編號", "national id"), list("A999999999"), func(b []byte) Strength {
			const places = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
			n := strings.IndexByte(places, b[0]) + 10
			sum := n/10 + n%10*9 + weighted(b[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1)
			return checked(b[1] == '1' || b[1] == '2' || b[1] == '8' || b[1] == '9', sum%10 == 0)
		}, 1./10, .3, .3, list("A123456789"), list("A123456788", "A323456789", "1123456789")),
		national("ID", "id-nik", "Indonesian identity number (NIK)", list("nik", "nomor induk kependudukan", "ktp"), list("9999999999999999"), func(b []byte) Strength {
			day := number(b[6:8])
			return passes(b[0] != '0' && (day > 0 && day < 32 || day > 40 && day < 72) && number(b[8:10]) > 0 && number(b[8:10]) < 13)
		}, 0, 0, 0, list("3174015003900001"), list("3174013403900001", "3174010113900001", "0000000000000000")),
		national("MY", "my-nric", "Malaysian identity card", list("mykad", "nric", "kad pengenalan", "ic number"), list("999999-99-9999", "999999999999"), func(b []byte) Strength { return passes(births(b, 4, 2) && number(b[6:8]) > 0) },
			0, 0, .4, list("900101-14-5678"), list("901301-14-5678", "900101-00-5678", "000000-00-0000")),
		national("PK", "pk-cnic", "Pakistani identity card (CNIC)", list("cnic", "nadra"), list("99999-9999999-9", "9999999999999"), func(b []byte) Strength { return passes(b[0] > '0' && b[0] < '9' && !repeated(b)) },
			0, 0, .4, list("35202-1234567-1"), list("05202-1234567-1", "00000-0000000-0", "35202-123456-1")),
		national("IL", "il-id", "Israeli identity number", list("teudat zehut", "תעודת זהות", "מספר זהות"), list("999999999"), func(b []byte) Strength { return checked(!repeated(b), luhn(b)) },
			1./10, .1, .1, list("123456782"), list("123456783", "000000000", "12345678")),
		national("AE", "ae-eid", "Emirates ID", list("emirates id", "eid", "الهوية"), list("999999999999999", "999-9999-9999999-9"), func(b []byte) Strength {
			if string(b[:3]) != "784" {
				return Rejected
			}
			return checked(true, luhn(b))
		},
			1./10, .7, .9, list("784198012345678", "784-1980-1234567-8"), list("784198012345679", "785198012345678", "784-1980-1234567-9")),
		national("SA", "sa-id", "Saudi national or resident number", list("saudi id", "iqama", "الهوية الوطنية", "رقم الهوية"), list("9999999999"), func(b []byte) Strength { return checked(b[0] == '1' || b[0] == '2', luhn(b)) },
			1./10, .1, .1, list("1012345672"), list("1012345673", "3012345672", "0000000000")),
		national("EG", "eg-nid", "Egyptian national number", list("الرقم القومي", "egyptian id", "national number"), list("99999999999999"), func(b []byte) Strength {
			return passes((b[0] == '2' || b[0] == '3') && births(b, 5, 3) && number(b[7:9]) > 0 && number(b[7:9]) < 89)
		}, 0, .2, .2, list("29001010101234"), list("29013010101234", "19001010101234", "00000000000000")),
		national("ZA", "za-id", "South African identity number", list("south africa", "sa id", "said number", "rsa id"), list("9999999999999", "999999 9999 999"), func(b []byte) Strength {
			if form := births(b, 4, 2) && b[10] <= '2'; !form {
				return Rejected
			}
			return checked(true, luhn(b))
		}, 1./10, .4, .6, list("8001015009087", "800101 5009 087"), list("8001015009088", "8013015009087", "0000000000000")),
		national("NG", "ng-nin", "Nigerian national number", list("nin", "national identification number", "nimc"), list("99999999999"), func(b []byte) Strength { return passes(!repeated(b) && !counted(b)) },
			0, 0, 0, list("12345678902"), list("00000000000", "1234567890", "123456789012")),
		national("AU", "au-tfn", "Australian tax file number", list("tfn", "tax file", "tax file number"), list("999999999", "999 999 999"), func(b []byte) Strength {
			return checked(!repeated(b) && !counted(b), weighted(b, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0)
		}, 1./11, .1, .3, list("123456782", "865 414 088"), list("123456783", "000000000", "865 414 089")),
		medical(national("AU", "au-medicare", "Australian Medicare number", list("medicare", "medicare number", "medicare card"), list("9999999999", "9999 99999 9"), func(b []byte) Strength {
			return checked(b[0] >= '2' && b[0] <= '6' && b[9] != '0', weighted(b, 1, 3, 7, 9, 1, 3, 7, 9)%10 == int(b[8]-'0'))
		}, 1./10, .1, .6, list("2123456701", "2123 45670 1"), list("2123456711", "1123456701", "2123 45671 1"))),
		national("NZ", "nz-ird", "New Zealand IRD number", list("ird", "ird number"), list("999999999", "999-999-999", "99999999", "99-999-999"), checkNewZealand,
			1./11, .1, .3, list("49091850", "49-091-850"), list("49091851", "00000000", "49-091-851")),
	}
}

// checkChina: the district, the day of birth, a serial, ISO/IEC 7064 MOD 11-2.
func checkChina(b []byte) Strength {
	year, province := number(b[6:10]), number(b[:2])
	last := b[17]
	ok := year > 1850 && year < 2100 && calendar(0, number(b[10:12]), number(b[12:14])) && province > 10 && province < 84 && (isDigit(last) || last == 'X')
	if !ok {
		return Rejected
	}
	return checked(true, "10X98765432"[weighted(b, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == last)
}

func checkSingapore(b []byte) Strength {
	sum := weighted(b[1:], 2, 7, 6, 5, 4, 3, 2)
	table := "JZIHGFEDCBA"
	switch b[0] {
	case 'S':
	case 'T':
		sum += 4
	case 'F':
		table = "XWUTRQPNMLK"
	case 'G':
		table, sum = "XWUTRQPNMLK", sum+4
	case 'M':
		table, sum = "XWUTRQPNJLK", sum+3
	default:
		return Rejected
	}
	return checked(number(b[1:8]) > 0, table[sum%11] == b[8])
}

// checkHongKong: one or two letters (a missing one counts 36), six digits, and a check character that may be left out.
func checkHongKong(b []byte) Strength {
	n := 0
	for n < len(b) && isUpper(b[n]) {
		n++
	}
	if n == 0 || n > 2 || repeated(b[n:]) {
		return Rejected
	}
	if len(b) == n+6 {
		return Doubtful
	}
	sum := 36 * 9
	if n == 2 {
		sum = (int(b[0]-'A') + 10) * 9
	}
	sum += (int(b[n-1]-'A')+10)*8 + weighted(b[n:], 7, 6, 5, 4, 3, 2)
	return passes(eleven(sum, 'A') == b[n+6])
}

// checkNewZealand: a second set of weights where the first gives ten.
func checkNewZealand(b []byte) Strength {
	if len(b) == 8 {
		b = append([]byte{'0'}, b...)
	}
	c := eleven(weighted(b, 3, 2, 7, 6, 5, 4, 3, 2), 'X')
	if c == 'X' {
		c = eleven(weighted(b, 7, 4, 3, 2, 5, 2, 7, 6), 'X')
	}
	n := number(b)
	return checked(n >= 10000000 && n < 150000000, c == b[8])
}
