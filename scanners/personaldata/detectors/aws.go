package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func awsAccessKey() Detector {
	return Detector{
		ID: "aws-access-key-id", Title: "AWS access key ID", Category: probity.Credential,
		Words: []string{"aws access key id", "access key id", "access key", "aws key"},
		Find:  findAccessKey, At: Code,
		Alone: .95, Printed: .95, Named: .99, Proof: ByForm,
		Examples:        func() []string { return []string{"AKI" + "A" + "QWERTZ2345NMKLPO", "ASI" + "A" + "5XW7PLKM3QRT2BCD"} },
		Counterexamples: []string{"AKI" + "A" + "IOSFODNN7EXAMPLE", "AKI" + "A" + "1234", "AKI" + "A" + "QWERTZ2345NMKLPO99", "XAKI" + "A" + "QWERTZ2345NMKLP"},
	}
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
