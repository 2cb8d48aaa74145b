package detectors

import (
	"bytes"
	"encoding/base64"

	"github.com/probity-scan/probity"
)

func jwt() Detector {
	return Detector{
		ID: "jwt", Title: "JSON Web Token", Category: probity.Credential,
		Words: []string{"jwt", "bearer", "id token", "access token", "refresh token", "session"},
		Find:  findJWT, Prefixes: []string{"eyJ"},
		Alone: .95, Printed: .95, Named: .97, Proof: ByForm,
		Examples: func() []string {
			part := base64.RawURLEncoding.EncodeToString
			return []string{part([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + part([]byte(`{"sub":"1","iat":1500000000}`)) + "." + part(bytes.Repeat([]byte{7, 99}, 16))}
		},
		Counterexamples: []string{"eyJhbGciOiJIUzI1NiJ9", "eyJub3RhdG9rZW4.x.y", "eyJhIjoxfQ.eyJiIjoyfQ.zzzzzzzzzzzzzzzzzzzz"},
	}
}

// findJWT reads three parts of base64url of which the first is a JOSE header, RFC 7519: JSON with "alg".
func findJWT(b []byte, at int) Found {
	const longest = 8 << 10
	if at+3 > len(b) || string(b[at:at+3]) != "eyJ" || at > 0 && bytes.IndexByte([]byte("-_."), b[at-1]) >= 0 {
		return Found{}
	}
	var dots [3]int
	n, e := 0, at
	for e < len(b) && e-at < longest && n < 3 && (isDigit(b[e]) || isAlpha(b[e]) || b[e] == '-' || b[e] == '_' || b[e] == '.') {
		if b[e] == '.' {
			dots[n] = e
			n++
		}
		e++
	}
	if n != 2 || dots[1]-dots[0] < 5 || e-dots[1] < 17 || dots[0]-at > 1024 {
		return Found{}
	}
	header, err := base64.RawURLEncoding.DecodeString(string(b[at:dots[0]]))
	if err != nil || !bytes.Contains(header, []byte(`"alg"`)) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}
