package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func awsAccessKey() Detector {
	return Detector{
		ID: "aws-access-key-id", Title: "AWS access key ID", Category: probity.Credential,
		Words: []string{"aws access key id", "access key id", "access key", "aws key"},
		Find:  findAccessKey, Prefixes: []string{"AKI" + "A", "ASI" + "A"},
		Alone: .95, Printed: .95, Named: .99, Proof: ByForm,
		Examples:        func() []string { return []string{"AKI" + "A" + "QWERTZ2345NMKLPO", "ASI" + "A" + "5XW7PLKM3QRT2BCD"} },
		Counterexamples: []string{"AKI" + "A" + "IOSFODNN7EXAMPLE", "AKI" + "A" + "1234", "AKI" + "A" + "QWERTZ2345NMKLPO99", "XAKI" + "A" + "QWERTZ2345NMKLP"},
	}
}

func awsSecretKey() Detector {
	return Detector{
		ID: "aws-secret-access-key", Title: "AWS secret access key", Category: probity.Credential,
		Words: []string{"aws secret access key", "secret access key", "secretaccesskey", "aws secret key", "aws secret", "secret key"},
		Find:  findSecretKey, At: Naming,
		Alone: .1, Printed: .1, Named: .95,
		Examples:        func() []string { return []string{"q" + "Zt7Lr2VdXw9KcYb4Nf/Hs6Jg1Pm3Qa5+Te8Ui0Rk"[:39]} },
		Counterexamples: []string{"wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "short"},
	}
}

// findSecretKey takes 40 characters of base 64, of which only a name tells what they open.
func findSecretKey(b []byte, at int) Found {
	const length = 40
	e, uppers, lowers := at, 0, 0
	for e < len(b) && e-at <= length && (isDigit(b[e]) || isAlpha(b[e]) || b[e] == '+' || b[e] == '/') {
		uppers += count(isUpper(b[e]))
		lowers += count(b[e]-'a' < 26)
		e++
	}
	if e-at != length || uppers == 0 || lowers == 0 || bytes.HasSuffix(b[at:e], []byte("EXAMPLEKEY")) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}

// findAccessKey reads the prefix of a long-term or session key and sixteen characters of base 32.
func findAccessKey(b []byte, at int) Found {
	e := at + 20
	if e > len(b) || b[at] != 'A' || string(b[at:at+4]) != "AKI"+"A" && string(b[at:at+4]) != "ASI"+"A" || e < len(b) && isWord(b[e]) {
		return Found{}
	}
	for _, c := range b[at+4 : e] {
		if !isUpper(c) && (c < '2' || c > '7') {
			return Found{}
		}
	}
	if bytes.HasSuffix(b[at:e], []byte("EXAMPLE")) || repeated(b[at+4:e]) { // of AWS's documentation
		return Found{}
	}
	return Found{at, e, Distinctive}
}
