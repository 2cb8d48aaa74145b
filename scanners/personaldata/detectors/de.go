package detectors

import (
	"math/bits"

	"github.com/probity-scan/probity"
)

func steuerID() Detector {
	return Detector{
		ID: "de-steuer-id", Title: "German tax identification number", Category: probity.Identifier, Country: "DE",
		Words:  []string{"steuer id", "steuerid", "steuer-id", "steueridentifikationsnummer", "steuer identifikationsnummer", "identifikationsnummer", "steuernummer", "steuerliche", "idnr", "id nr", "tin", "tax id", "tax id de"},
		Shapes: []string{"99999999999", "99 999 999 999"},
		Check:  checkSteuerID,
		Alone:  .45, Printed: .6, Named: .95, Proof: ByChecksum, Chance: 1. / 10,
		Examples:        func() []string { return []string{"86095742719", "47 036 892 816"} },
		Counterexamples: []string{"86095742718", "00000000000", "47 036 892 817"},
	}
}

// checkSteuerID: of the first ten digits one occurs twice or three times (since 2016), the rest at most once.
func checkSteuerID(v Value) Strength {
	b := v.Reveal()
	var n uint64 // how often each digit occurs, in four bits
	for _, c := range b[:10] {
		n += 1 << ((c - '0') * 4 & 63)
	}
	const one = 0x1111111111
	kinds, thrice := bits.OnesCount64((n|n>>1|n>>2|n>>3)&one), n&(n>>1)&one != 0
	return checked(b[0] != '0' && (kinds == 9 || kinds == 8 && thrice), mod1110(b))
}
