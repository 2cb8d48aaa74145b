package personaldata

import (
	"strings"

	"github.com/probity-scan/probity"
)

// shield counts the cells of a column that hold personal data in a protected form.
type shield struct {
	form      probity.Protection // what the column's name says its values are
	opaque    int                // cells without any meaning of their own: digests, tokens
	truncated int                // card numbers of which the middle is masked
	values    distinct
}

// protects takes the form from words such as hmac and token. A plain hash of an e-mail address or a national number can be
// undone by trying them all, so that its protection is unknown.
func protects(name string) probity.Protection {
	low := strings.ToLower(name)
	switch has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}; {
	case has("hmac", "keyed", "pseudonym"):
		return probity.KeyedHash
	case has("token") && !has("bearer", "access_token", "id_token", "refresh"):
		return probity.Token
	case has("encrypted", "_enc", "ciphertext", "cipher"):
		return probity.FieldEncrypted
	case has("hash", "sha256", "sha1", "md5", "digest"):
		return probity.ProtectionUnknown
	}
	return ""
}

func (s *shield) add(c *Column, cell []byte) {
	switch {
	case masked(cell):
		s.truncated++
	case s.form != "" && opaque(cell):
		s.opaque++
	default:
		return
	}
	s.values.add(c.tally.digest(cell))
}

// masked: a card's first six digits (or none) and last four around masking characters, PCI DSS 3.4.1.
func masked(cell []byte) bool {
	if len(cell) < 12 || len(cell) > 40 {
		return false
	}
	var first, hidden, last int
	for i, r := range cell {
		switch {
		case (r == 0x80 || r == 0xA2) && i > 0 && cell[i-1] >= 0x80: // of a bullet
		case r == '*' || r == 'x' || r == 'X' || r == 0xE2 || r == '#':
			if last > 0 {
				return false
			}
			hidden++
		case r >= '0' && r <= '9' && hidden == 0:
			first++
		case r >= '0' && r <= '9':
			last++
		case r != ' ' && r != '-':
			return false
		}
	}
	return hidden >= 4 && last == 4 && (first == 0 || first == 4 || first == 6 || first == 8) && first+hidden+last >= 13 && first+hidden+last <= 19
}

// opaque: a digest in hex or base 64, a UUID, or a token with its prefix.
func opaque(cell []byte) bool {
	if len(cell) == 36 && uuid(cell) {
		return true
	}
	if len(cell) >= 32 && hexadecimal(cell) {
		return true
	}
	if len(cell) < 20 {
		return false
	}
	for _, b := range cell {
		if !wordByte(b) && strings.IndexByte("+/=_-:.", b) < 0 || b >= 0x80 {
			return false
		}
	}
	return true
}

// uuid: 36 characters in the form of RFC 9562.
func uuid(b []byte) bool {
	for i, c := range b {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !hexadecimal(b[i : i+1]) {
				return false
			}
		}
	}
	return true
}

func hexadecimal(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 && c|0x20-'a' > 5 {
			return false
		}
	}
	return true
}

// labels reports what is protected in most of the cells, on what the name says it was.
func (s *shield) labels(c *Column) (labels []probity.Label) {
	const sure = .8
	for k := range c.tally.scanner.all {
		d := &c.tally.scanner.all[k]
		switch {
		case d.ID == "payment-card" && s.truncated*2 > c.filled:
			labels = append(labels, c.label(k, s.truncated, s.values.size(), sure, probity.Truncated))
		case s.form != "" && c.names.has(k) && c.counted(k) == nil && s.opaque*2 > c.filled && d.Category != probity.Credential:
			labels = append(labels, c.label(k, s.opaque, s.values.size(), sure, s.form))
		}
	}
	return labels
}
