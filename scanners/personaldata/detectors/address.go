package detectors

import (
	"bytes"
	"strings"

	"github.com/probity-scan/probity"
)

func postalAddress() Detector {
	v := newVocabulary()
	return Detector{
		ID: "postal-address", Title: "Postal address", Category: probity.Whereabouts,
		Words: []string{"address", "street", "street address", "home address", "postal address", "billing address", "shipping address", "mailing address", "addr", "address line",
			"adresse", "adresse postale", "rue", "anschrift", "straße", "strasse", "wohnort", "wohnhaft", "dirección", "domicilio", "calle", "indirizzo", "residenza", "ulica", "adres", "adres zamieszkania", "straat", "woonadres",
			"endereço", "lives at", "living at", "lives in", "residence", "resides at", "wohne in", "wohnhaft in", "wohnt in", "habite", "domicilié", "vivo en", "vive en", "abito in", "residente in", "woont op", "zamieszkały",
			"avenue", "boulevard", "avenida", "piazza", "viale", "adr", "address line1", "addr ln", "adr line", "addr line", "strasse hausnr", "住所", "地址", "주소", "адрес", "العنوان", "عنوان", "адреса"},
		Find: v.findAddress, Within: v.findAddressWithin, At: Cell | House | Naming,
		Alone: .1, Printed: .45, Named: .85, Prose: .6, Proof: ByForm,
		Examples: func() []string {
			return []string{"12 High Street, Leeds LS1 4AP", "Hauptstraße 5, 10115 Berlin", "12 rue de la Paix, 75002 Paris", "Via Roma 10, 00184 Roma", "Calle Mayor 5, 28013 Madrid", "ul. Długa 3/4, 00-238 Warszawa", "Dorpsstraat 21, 1234 AB Utrecht"}
		},
		Counterexamples: []string{"https://example.org/street/12", "10.0.0.1", "info@example.org", "main"},
	}
}

// streets are how words for ways begin or end, in lower case.
const streets = " street st road rd avenue ave lane ln drive dr court ct boulevard blvd square sq close crescent terrace way highway hwy parkway pkwy place pl rue chemin allée impasse quai route cours " +
	"straße strasse str weg platz gasse allee ufer ring damm calle avenida plaza paseo camino carrera ronda urbanización c/ via viale piazza corso strada vicolo largo borgo contrada rotonda " +
	"ulica ul al aleja aleje plac pl os osiedle straat laan plein gracht kade singel steeg apt suite unit box "

// Ways lists how words for ways begin or end.
func Ways() []string { return strings.Fields(streets) }

// findAddress takes a whole cell.
func (v *vocabulary) findAddress(b []byte, at int) Found {
	if at > 0 || len(b) < 6 || len(b) > 160 {
		return Found{}
	}
	return Found{0, len(b), v.addressed(b)}
}

// findAddressWithin takes what is around a house number, or stands behind a word such as address.
func (v *vocabulary) findAddressWithin(b []byte, at int) Found {
	at, end := v.addressStart(b, at), v.addressEnd(b, at)
	if end-at < 6 || end-at > 160 {
		return Found{}
	}
	strength := v.addressed(b[at:end])
	if strength == Distinctive && bytes.IndexByte(b[at:end], ',') < 0 {
		strength = Plausible // "Unit 12 Main", without a place
	}
	if strength <= Doubtful { // in running text a number and a capital are no address
		return Found{}
	}
	text := bytes.TrimLeft(b[at:end], "© ")
	if comma := bytes.IndexByte(text, ','); (comma < 0 || comma < 10) && yearAt(text) || dated(text) { // 2014 Adrián Calle; 2005-2016, Paul Mackerras
		return Found{}
	}
	return Found{at, end, strength}
}

// dated reports whether a text begins with a day of a month: "Mar 22, 2005 (Reuters)".
func dated(b []byte) bool {
	word := firstWord(b)
	return len(word) > 2 && len(word) < len(b)-1 && b[len(word)] == ' ' && isDigit(b[len(word)+1]) && month(word) > 0 && bytes.Contains(b, []byte(", "))
}

// yearAt reports whether a text begins with a year of our time.
func yearAt(b []byte) bool {
	return len(b) > 4 && !isDigit(b[4]) && (string(b[:2]) == "19" || string(b[:2]) == "20") && isDigit(b[2]) && isDigit(b[3])
}

// addressStart goes back over capitalised words and a house number: from Street in 12 High Street.
func (v *vocabulary) addressStart(b []byte, at int) int {
	start := at
	for i := at; i > 0 && at-i < 40; {
		if b[i-1] == ' ' || b[i-1] == ',' || b[i-1] == '-' || b[i-1] == '.' && i < at && b[i] == ' ' && v.abbreviated(b[max(0, i-16):i-1]) {
			i--
			continue
		}
		end := i
		for i > 0 && isWord(b[i-1]) && end-i < 40 {
			i--
		}
		switch {
		case i == end:
			return start
		case isDigit(b[i]):
			if end-i > 5 {
				return start
			}
			return i
		case b[i]-'a' < 26 && !v.isWay(b[i:end]):
			return start
		}
		start = i
	}
	return start
}

// addressEnd is where an address in running text ends: at a word in lower case that is no particle, or with the sentence.
func (v *vocabulary) addressEnd(b []byte, at int) int {
	end := at
	for i := at; i < len(b) && i-at < 120; {
		c := b[i]
		if !isWord(c) {
			switch {
			case c == ' ' || c == ',' || c == '-' || c == '/' || c == '#' || c == '\'' && i > 0 && isWord(b[i-1]) && i+1 < len(b) && isWord(b[i+1]): // 29 King's Way; another one ends what it quotes
			case c == '(' || c == ')':
				end = i + count(c == ')')
			case c == '.' && i == end && v.abbreviated(b[at:i]):
			default:
				return end
			}
			i++
			continue
		}
		from := i
		for i < len(b) && isWord(b[i]) {
			i++
		}
		if isLower(b[from:i]) && !v.isWay(b[from:i]) {
			if v.of(b[from:i])&connecting == 0 {
				return end
			}
			continue
		}
		end = i
	}
	return end
}

// abbreviated: a point after St or Hauptstr ends no sentence.
func (v *vocabulary) abbreviated(b []byte) bool {
	i := len(b)
	for i > 0 && isWord(b[i-1]) {
		i--
	}
	return len(b)-i > 1 && v.isWay(b[i:]) || v.of(b[i:])&abbreviates != 0
}

// addressed judges by form: a house number and a word for a way, or a number, a comma and capitalised words.
func (v *vocabulary) addressed(b []byte) Strength {
	numbers, digits, caps, commas, ways := 0, 0, 0, 0, false
	for i := 0; i < len(b); {
		c := b[i]
		if !isWord(c) {
			switch c {
			case ',', '\n', ';':
				commas++
			case '@', '=', '_', '{', '}', '<', '>', '\\', '|', '?', '&', '"':
				return Rejected
			case ':':
				return Rejected
			}
			i++
			continue
		}
		from, letters := i, 0
		for i < len(b) && isWord(b[i]) {
			if isDigit(b[i]) {
				digits++
			} else {
				letters++
			}
			i++
		}
		if !ways && letters > 1 {
			ways = v.isWay(b[from:i])
		}
		if isDigit(b[from]) && i-from <= 6 {
			numbers++
		}
		if letters > 1 && (isUpper(b[from]) || b[from] >= 0x80) {
			caps++
		}
	}
	switch {
	case digits == 0 || digits*2 > len(b) || numbers == 0:
		return Rejected
	case caps > 0 && ways:
		return Distinctive
	case caps > 1 && commas > 0:
		return Plausible
	case caps > 0:
		return Doubtful
	}
	return Rejected
}
