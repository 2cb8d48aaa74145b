package detectors

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/probity-scan/probity"
)

func cryptoAddress() Detector {
	return Detector{
		ID: "crypto-address", Title: "Cryptocurrency address", Category: probity.Financial,
		Words:  []string{"wallet", "wallet address", "btc", "bitcoin", "eth", "ethereum", "coins", "crypto", "krypto"},
		Shapes: []string{"X{26-35}", "X{42}"}, Find: findCrypto,
		Alone: .7, Printed: .9, Named: .95,
		Examples: func() []string {
			return []string{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "0x" + strings.Repeat("a0b1c2d3", 5)}
		},
		Counterexamples: []string{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "0x0000000000000000000000000000000000000000", "0xdeadbeef"},
	}
}

// findCrypto knows Base58Check addresses of Bitcoin, with their checksum, and hexadecimal ones of Ethereum.
func findCrypto(b []byte, at int) Found {
	if b[at] != '0' && b[at] != '1' && b[at] != '3' {
		return Found{}
	}
	e := at
	for e < len(b) && e-at < 44 && isWord(b[e]) {
		e++
	}
	w := b[at:e]
	switch {
	case len(w) == 42 && w[0] == '0' && w[1] == 'x':
		for _, c := range w[2:] {
			if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
				return Found{}
			}
		}
		if !repeated(w[2:]) {
			return Found{at, e, Plausible}
		}
	case len(w) > 25 && len(w) < 36 && w[0] != '0' && bytes.IndexByte(w, '0') < 0 && base58Check(w):
		return Found{at, e, Distinctive}
	}
	return Found{}
}

// base58 is the value of a digit: letters and digits but 0, O, I and l.
func base58(c byte) (value uint64, ok bool) {
	switch {
	case c >= '1' && c <= '9':
		return uint64(c - '1'), true
	case isUpper(c) && c != 'I' && c != 'O':
		return uint64(c-'A') + 9 - uint64(count(c > 'I')) - uint64(count(c > 'O')), true
	case c-'a' < 26 && c != 'l':
		return uint64(c-'a') + 33 - uint64(count(c > 'l')), true
	}
	return 0, false
}

// base58Check: 25 bytes of which the last four are the double SHA-256 of the others.
func base58Check(w []byte) bool {
	var n [7]uint32 // least significant first
	for _, c := range w {
		carry, ok := base58(c)
		if !ok {
			return false
		}
		for i := range n {
			carry += uint64(n[i]) * 58
			n[i], carry = uint32(carry), carry>>32
		}
		if carry > 0 || n[6]>>8 > 0 {
			return false
		}
	}
	var raw [28]byte
	for i, x := range n {
		binary.BigEndian.PutUint32(raw[24-4*i:], x)
	}
	for i, c := range raw[3:] { // zeros at the beginning are a digit each
		if (c == 0) != (w[i] == '1') {
			return false
		}
		if c != 0 {
			break
		}
	}
	sum := sha256.Sum256(raw[3:24])
	sum = sha256.Sum256(sum[:])
	return bytes.Equal(sum[:4], raw[24:])
}
