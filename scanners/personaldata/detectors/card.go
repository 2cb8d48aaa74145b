package detectors

import "github.com/probity-scan/probity"

func paymentCard() Detector {
	return Detector{
		ID: "payment-card", Title: "Payment card number", Category: probity.Financial,
		Words: []string{"card", "card number", "card no", "cardno", "card num", "credit card", "debit card", "cc", "cc number", "ccnum", "pan", "primary account number", "visa", "mastercard", "amex", "maestro",
			"carte", "carte bancaire", "carte bleue", "numéro de carte", "kreditkarte", "kreditkartennummer", "karte", "karten nr", "karten nummer", "kartennummer", "kartennr", "tarjeta", "tarjeta de crédito", "número de tarjeta",
			"carta", "carta di credito", "numero carta", "kaart", "kaartnummer", "creditcard", "creditcardnummer", "numer karty", "karta", "karta kredytowa", "karta płatnicza"},
		Shapes: []string{"9999999999999999", "9999~9999~9999~9999", "999999999999999", "9999~999999~99999", "99999999999999", "9999~999999~9999", "9999999999999", "9999999999999999999", "9999~9999~9999~9999~999"},
		Check:  checkCard,
		Alone:  .7, Printed: .8, Named: .95, Proof: ByChecksum, Chance: 1. / 10,
		Examples: func() []string {
			return []string{"4539578763621486", "5425 2334 3010 9903", "3714-496353-98431", "6011 0009 9013 9424"}
		},
		Counterexamples: []string{"4539578763621487", "9999 9999 9999 9999", "0000000000000000", "1234567890123456", "4111-1111-1111-1112"},
	}
}

// checkCard knows the issuer ranges of ISO/IEC 7812 that pay, and their lengths.
func checkCard(v Value) Strength {
	b := v.Reveal()
	four := number(b[:4])
	issued := false
	switch len(b) {
	case 16:
		issued = four/1000 == 4 || four >= 5100 && four <= 5599 || four >= 2221 && four <= 2720 || four == 6011 || four >= 6440 && four <= 6599 ||
			four >= 3528 && four <= 3589 || four/100 == 62 || four/100 == 81 || four/100 == 50 || four >= 5600 && four <= 5899 || four/100 == 60 || four == 6304 || four/100 == 67
	case 15:
		issued = four/100 == 34 || four/100 == 37
	case 14:
		issued = four >= 3000 && four <= 3059 || four/100 == 36 || four/100 == 38 || four/100 == 39
	case 13, 19:
		issued = four/1000 == 4 || len(b) == 19 && (four/100 == 62 || four/100 == 67 || four == 6304)
	}
	if !issued || repeated(b[1:]) {
		return Rejected
	}
	if !luhn(b) {
		return Broken
	}
	if len(b) == 13 || repeated(b[4:len(b)-1]) || string(b) == "4242424242424242" || string(b) == "5555555555554444" || string(b) == "378282246310005" {
		return Doubtful // 13 digits are no longer issued, and often an EAN; the others are the networks' test numbers
	}
	return Plausible
}
