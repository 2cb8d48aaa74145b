package detectors

import (
	"bytes"
	"strings"

	"github.com/probity-scan/probity"
)

func privateKey() Detector {
	return Detector{
		ID: "private-key-pem", Title: "Private key (PEM)", Category: probity.Credential,
		Words: []string{"private key", "ssh key", "rsa key"},
		Find:  findPrivateKey, Prefixes: []string{"BEGIN "},
		Alone: .95, Printed: .99, Named: .99, Proof: ByForm,
		Examples: func() []string {
			begin, end := "-----BEGIN "+"PRIVATE KEY-----", "-----END "+"PRIVATE KEY-----"
			body := strings.Repeat("bm90IGEga2V5IGJ1dCBsaWtlIG9uZQ", 4)
			return []string{begin + "\n" + body + "\n" + end, strings.ReplaceAll(begin+"\\n"+body+"\\n"+end, "PRIV", "RSA PRIV")}
		},
		Counterexamples: []string{"-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "-----END " + "PRIVATE KEY-----", "-----", "----- a table -----"},
	}
}

// findPrivateKey reads the armour of RFC 7468 and what follows it up to the next dashes. A line alone counts too: text
// is often handed over line by line.
func findPrivateKey(b []byte, at int) Found {
	const dashes, begin, mark, longest = "-----", "-----BEGIN ", "PRIVATE KEY-----", 40
	if at >= len(dashes) && b[at] == 'B' {
		at -= len(dashes)
	}
	rest := b[at:]
	if !bytes.HasPrefix(rest, []byte(begin)) {
		return Found{}
	}
	i := bytes.Index(rest[:min(len(rest), longest)], []byte(mark))
	if i < 0 {
		return Found{}
	}
	i += len(mark)
	if len(bytes.TrimRight(rest[i:], "\"'\\nr \n")) == 0 {
		return Found{at, at + i, Plausible}
	}
	body := i
	if bytes.HasPrefix(bytes.TrimLeft(rest[i:min(len(rest), i+20)], "\r\n\\"), []byte("Proc-Type:")) {
		return Found{at, at + i, Distinctive} // RFC 1421 headers: an encrypted key
	}
	for body < len(rest) && keyByte(rest[body]) {
		body++
	}
	if body-i < 64 {
		return Found{} // a mention of the armour
	}
	end := body
	if bytes.HasPrefix(rest[body:], []byte("-----END ")) {
		if j := bytes.Index(rest[body+9:min(len(rest), body+longest)], []byte("-----")); j >= 0 {
			end = body + 9 + j + 5
		}
	}
	return Found{at, at + end, Distinctive}
}

// keyByte: base 64 and line ends, escaped ones included.
func keyByte(c byte) bool {
	return isDigit(c) || isAlpha(c) || strings.IndexByte("+/=\r\n\\", c) >= 0
}
