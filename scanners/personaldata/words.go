package personaldata

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// against lists words of numbers and names that are no personal data, whatever they look like.
func against() []string {
	return []string{"order", "order no", "order number", "invoice", "invoice number", "tracking", "sku", "ean", "upc", "gtin", "isbn", "asin", "uuid", "guid", "md5", "sha1", "sha256", "hash", "checksum", "digest", "fingerprint", "etag", "commit", "build", "version", "release", "bump", "bump to", "requires", "upgrade", "upgrade to", "epoch", "timestamp", "ts", "trace", "span",
		"request id", "transaction", "transaction id", "txn", "price", "amount", "money", "total", "balance", "arn", "account id", "aws account", "serial", "serial number", "batch", "lot", "revision", "port", "pid", "thread", "offset", "size", "bytes", "count", "took", "duration", "elapsed", "latency", "ms", "seq", "sequence",
		"quantity", "qty", "stock", "part", "part number", "model", "geo", "lat", "lon", "latitude", "longitude", "score", "ticket", "case", "reference", "ref", "row", "index", "rate", "weight", "b64", "base64", "etag",
		"region", "city", "country", "file", "filename", "hostname", "host", "domain", "product", "company", "brand", "class", "method", "package", "module", "event", "table", "column", "field", "bucket", "pod", "node", "cluster", "service", "user agent", "display", "status", "path", "url", "project", "category", "department",
		"created", "updated", "modified", "deleted", "expires", "expiry", "expiration", "issued", "published", "registered", "hired", "joined", "founded", "due", "start", "end", "since", "until", "date", "day", "time", "visit", "admission", "discharge", "appointment", "shipped", "last login", "last seen",
		"bestellung", "bestellnummer", "auftrag", "auftragsnummer", "rechnung", "rechnungsnummer", "artikel", "artikelnummer", "datum", "betrag", "preis", "menge", "commande", "numéro de commande", "facture", "montant", "prix", "référence", "pedido", "factura", "importe", "precio", "fecha", "ordine", "fattura", "importo", "prezzo",
		"bestelling", "bestelnummer", "factuur", "factuurnummer", "bedrag", "prijs", "zamówienie", "zamówienia", "faktura", "kwota", "cena", "firma", "entreprise", "société", "empresa", "azienda", "bedrijf", "produkt", "produit", "producto", "prodotto", "ville", "stadt", "ciudad", "città", "miasto",
		"label", "placeholder", "caption", "heading", "length", "required", "firmware", "kernel", "driver", "font", "instance", "engine", "plan", "job", "role", "group", "team", "tenant", "app", "application", "server", "queue", "topic", "tag", "step", "school", "course", "street name", "item", "article", "libellé", "fichier", "datei", "archivo", "bestand", "plik", "файл", "файла", "товара", "компании", "文件", "商品", "会社"}
}

// lexicon finds the phrases of all detectors by hash. The filters answer for nearly all words of a text: one says what a
// word may be by its hash, the other one has a bit for a pair of words, by the hash of the last and the first letters of the
// one before.
type lexicon struct {
	filter  [1 << 14]part
	pairs   [1024]uint64
	phrases table
	terms   table // those that are findings themselves; the bit other says that one may go on
	given   table // names of people
}

// part is what a word may be of what the lexicon has, a bit each.
type part uint8

const (
	ofPhrase part = 1 << iota // a phrase, or its last word
	ofPair                    // the last word of several
	beginsTerm
	aName
)

const prime = 0x9E3779B97F4A7C15

// join is the hash of a phrase from those of its words.
func join(a, b uint64) uint64 { return (bits.RotateLeft64(a, 23) ^ b) * prime }

func (l *lexicon) learn(into *table, phrase string, s set) {
	var all, last uint64
	words := fields(phrase)
	for i, w := range words {
		last = detectors.Hash(w)
		if all == 0 {
			all = last
		} else {
			all = join(all, last)
		}
		if into == &l.terms && i+1 < len(words) {
			into.add(all, other())
		}
	}
	into.add(all, s)
	of := ofPhrase
	if into == &l.terms {
		of = beginsTerm
		l.know(detectors.Hash(words[0]), of)
	} else {
		l.know(last, of)
	}
	if n := len(words) - 2; n >= 0 {
		l.know(last, ofPair)
		for _, before := range []string{words[n], folded(words[n])} {
			var four [4]byte
			copy(four[:], before)
			k := pairOf(last, four[:], len(before))
			l.pairs[k>>6] |= 1 << (k & 63)
		}
	}
	if len(words) > 1 && len(phrase) > 6 { // "socialsecurity" is found too
		joined := detectors.Hash(strings.Join(words, ""))
		into.add(joined, s)
		l.know(joined, of)
	}
}

// know adds a word to the filter.
func (l *lexicon) know(h uint64, of part) { l.filter[h>>50] |= of }

// knows tells what a word may be.
func (l *lexicon) knows(h uint64) part { return l.filter[h>>50] }

// paired reports whether a word of n bytes before another may belong to a phrase with it.
func (l *lexicon) paired(h uint64, before []byte, n int) bool {
	k := pairOf(h, before, n)
	return l.pairs[k>>6]>>(k&63)&1 == 1
}

func pairOf(h uint64, before []byte, n int) uint32 {
	four := binary.LittleEndian.Uint32(before) | 0x20202020
	if n < 4 {
		four &= 1<<(8*n) - 1
	}
	return (four ^ uint32(h>>32)) * 0x9E3779B1 >> 16
}

func fields(phrase string) []string {
	return strings.FieldsFunc(phrase, func(r rune) bool { return r < 0x80 && !wordByte(byte(r)) })
}

func wordByte(c byte) bool { return c-'0' < 10 || c|0x20-'a' < 26 || c >= 0x80 }

// meaning gives the detectors that a header or key names. dateOfBirth and date_of_birth are three words; the beginning of
// a long word counts (telefonnummer), and so does its end (kundentelefon). Words that speak against lose to any that names.
func (e *engine) meaning(name string, hinted set) set {
	base := last(name)
	s := e.words([]byte(base))
	if !hinted.less(s).empty() && len(base) < len(name) { // patient.name
		s = s.or(e.words([]byte(name)).and(hinted.or(s)))
	}
	if s.empty() && len(base) < len(name) { // the table's name helps a column that says nothing: "phones.value"
		s = e.words([]byte(name[:len(name)-len(base)])).detectors()
	}
	if s = e.unless(s, []byte(name)); s.detectors().less(e.vague).empty() && s.against() { // "product_name", "file_address"
		return other()
	}
	return s
}

// unless takes away what the name says it is not: a password's salt is no password.
func (e *engine) unless(s set, name []byte) set {
	for _, k := range e.barred {
		if s.has(k) && slices.ContainsFunc(e.all[k].Unless, func(part string) bool { return bytes.Contains(bytes.ToLower(name), []byte(part)) }) {
			s = s.less(one(k))
		}
	}
	return s
}

// hints gives the detectors that the last word of a header may name.
func (e *engine) hints(name string) (s set) {
	base := last(name)
	low := strings.TrimRight(strings.ToLower(base), "0123456789 _-[]*")
	if low == "" || len(low) > len(base) { // the latter where it is damaged
		return s
	}
	for _, h := range e.hinting[low[len(low)-1]] {
		rest, ok := strings.CutSuffix(low, h.tail)
		if ok && (len(h.tail) > 3 || rest == "" || !wordByte(rest[len(rest)-1]) || base[len(rest)]-'A' < 26) {
			s.add(h.detector)
		}
	}
	return s
}

// last is the last part of a path.
func last(name string) string {
	return name[strings.LastIndexAny(strings.TrimRight(name, ".:/[]*"), ".:/")+1:]
}

// pathOf gives a name with the key above it, where the place tells: customer.name of "a.json:[].customer.name".
func pathOf(on, name string) string {
	above, ok := strings.CutSuffix(strings.TrimRight(on, "[]{}*"), "."+name)
	if !ok {
		return name
	}
	above = last(strings.TrimRight(above, "[]*"))
	if above == "" {
		return name
	}
	return above + "." + name
}

func (e *engine) words(name []byte) (s set) {
	var before, last uint64 // hashes of the two words before
	from := 0
	end := func(at int) {
		if word := name[from:at]; len(word) > 0 {
			h := detectors.Hash(word)
			s = s.or(e.heads(word)).or(e.tails(word)).or(e.lex.phrase(&e.lex.phrases, before, last, h))
			if stem := bytes.TrimRight(word, "0123456789"); len(stem) < len(word) && len(stem) > 0 { // phone2, address_line1
				s = s.or(e.lex.phrase(&e.lex.phrases, before, last, detectors.Hash(stem)))
			}
			before, last = last, h
		}
		from = at
	}
	for i := 0; i < len(name); {
		c := name[i]
		if !wordByte(c) {
			end(i)
			i, from = i+1, i+1
			continue
		}
		if i > 0 && c-'A' < 26 && name[i-1]-'a' < 26 {
			end(i)
		}
		i++
	}
	end(len(name))
	return s
}

// phrase looks up a word alone and with the one and two before it.
func (l *lexicon) phrase(in *table, before, last, h uint64) set {
	s := in.at(h)
	if last != 0 {
		s = s.or(in.at(join(last, h)))
		if before != 0 {
			s = s.or(in.at(join(join(before, last), h)))
		}
	}
	return s
}

// heads looks up how a long word begins, and what it is many of: phones.
func (e *engine) heads(word []byte) (s set) {
	if n := len(word) - 1; n > 3 && word[n]|0x20 == 's' {
		s = e.lex.phrases.at(detectors.Hash(word[:n]))
	}
	const most = 40
	for i, letters := 0, 0; i < min(len(word), most); {
		_, n := detectors.Fold(word, i)
		if i, letters = i+n, letters+1; letters > 5 && string(word[i:]) != "r" { // a handler is no handle
			s = s.or(e.lex.phrases.at(detectors.Hash(word[:i])).detectors())
		}
	}
	return s
}

// tails looks up the ends of a long word.
func (e *engine) tails(word []byte) (s set) {
	for i := 3; i+5 <= len(word) && i < 40; i++ {
		if word[i]&0xC0 != 0x80 {
			s = s.or(e.lex.phrases.at(detectors.Hash(word[i:])).detectors())
		}
	}
	return s
}

func newLexicon(all []detectors.Detector) *lexicon {
	l := &lexicon{phrases: newTable(1 << 13), terms: newTable(1 << 12), given: newTable(1 << 12)}
	for _, w := range against() {
		l.learn(&l.phrases, w, other())
	}
	for i := range all {
		for _, w := range all[i].Words {
			l.learn(&l.phrases, w, one(i))
		}
		for _, w := range all[i].Terms {
			l.learn(&l.terms, w, one(i))
		}
		if all[i].At&detectors.Given != 0 {
			for _, name := range detectors.NamesBegin() {
				h := detectors.Hash(strings.TrimRight(name, "."))
				l.given.add(h, one(i))
				l.know(h, aName)
			}
		}
	}
	return l
}
