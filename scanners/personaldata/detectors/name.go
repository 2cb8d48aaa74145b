package detectors

import (
	"bytes"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

func personName() Detector {
	v := newVocabulary()
	return Detector{
		ID: "person-name", Title: "Name of a person", Category: probity.Identifier,
		Words: append(nameWords(), "full name", "first name", "last name", "given name", "middle name", "maiden name", "family name", "surname", "forename", "spoke with", "spoken to", "talked to", "signed by", "on behalf of", "my name is", "gesprochen mit", "parlé avec", "hablé con", "parlato con", "customer name", "patient name", "employee name", "contact name", "account holder", "cardholder", "card holder", "fullname", "firstname", "lastname",
			"prénom", "prénoms", "nom complet", "nom de famille", "nom famille", "nom naissance", "titulaire", "nachname", "vorname", "familienname", "vollständiger name", "kundenname", "inhaber", "kontoinhaber", "nombre completo", "nombre y apellidos", "apellido", "apellidos", "titular",
			"cognome", "nome completo", "nome cognome", "nominativo", "intestatario", "volledige naam", "voornaam", "achternaam", "imię", "nazwisko", "imię nazwisko", "imię i nazwisko"),
		Hints: []string{"name", "names", "nm", "nom", "noms", "nombre", "nombres", "nome", "nomi", "naam", "namen", "nazwa", "namn", "navn", "nimi", "jméno", "név", "person", "author", "owner", "contact", "assignee", "customer", "client", "user", "employee", "manager", "holder", "patient", "member", "guest", "student", "teacher", "doctor",
			"physician", "recipient", "sender", "reporter", "beneficiary", "signatory", "speaker", "kunde", "mitarbeiter", "ansprechpartner", "cliente", "paziente", "empleado", "klient", "pacjent", "klant", "medewerker", "auteur", "autor", "autore", "by"},
		Find: v.findName, Within: v.findNameWithin, At: Cell | Given | Naming,
		Alone: .1, Printed: .2, Named: .8, Prose: .6, Proof: ByEvidence,
		Examples: func() []string {
			return []string{"Anna Kowalska", "Jean-Luc Moreau", "María del Carmen Ruiz", "Dr. Jörg Müller", "KOWALSKA, Anna", "Анна Ковальская", "山田花子"}
		},
		Counterexamples: []string{"backup.tar.gz", "us-east-1", "customer_name", "Order 66", "HTTP/2", "a@b.org", "Globex GmbH"},
	}
}

// nameWords are those of databases that abbreviate, of FHIR's HumanName, of Portuguese and Nordic forms, and of other scripts.
func nameWords() []string {
	return []string{"fname", "lname", "first nm", "last nm", "middle nm", "full nm", "cust nm", "cust name", "customer nm", "emp nm", "emp name", "pat nm", "pat name", "person name", "author name", "member name", "guest name", "student name", "recipient name", "holder name", "passenger name", "driver name", "owner name", "applicant name", "beneficiary name",
		"name given", "name family", "names given", "names family", "given", "family", "sobrenome", "apelido", "nome próprio", "förnamn", "efternamn", "fornavn", "etternavn", "efternavn", "etunimi", "sukunimi", "příjmení", "vezetéknév", "soyadı", "soyad",
		"氏名", "姓名", "名前", "名字", "氏", "姓", "성명", "이름", "фио", "фамилия", "имя", "отчество", "прізвище", "الاسم", "اسم", "اللقب", "όνομα", "επώνυμο", "ονοματεπώνυμο", "שם"}
}

// notNames are words of firms, places and functions: a cell with one is no name, however it begins.
const notNames = " gmbh ag kg ohg ug ev ltd limited plc llp inc llc corp corporation co company sa sas sarl eurl srl spa snc bv nv vof oy ab aps sp zoo group holding holdings international industries partners associates consulting solutions systems services logistics technologies software bank insurance versicherung stiftung verein " +
	"university universitat universite school schule college hospital klinik clinic hotel restaurant museum city county state street road avenue airport station park lake river mount north south east west united republic new " +
	"admin administrator daemon mailer postmaster subsystem support team department abteilung sales service office account system test user guest server the and und of for with from "

// titles stand before a name and make it one.
const titles = " mr mrs ms miss mx dr prof sir dame herr frau mme mlle monsieur madame sr sra srta don dona sig signor signora signorina dott dottssa ing pan pani dhr mevr mevrouw "

// findName takes a whole cell of one to seven capitalised words without digits. With a title or a common given name it is
// [Distinctive].
func (v *vocabulary) findName(b []byte, at int) Found {
	const longest = 60
	if at > 0 || len(b) < 2 || len(b) > 3*longest || utf8.RuneCount(b) > longest {
		return Found{}
	}
	caps, low, titled, known := 0, 0, false, false
	comma := bytes.IndexByte(b, ',')
	for w := range bytes.FieldsSeq(b) {
		for i, c := range w {
			if !isAlpha(c) && c < 0x80 && (i == 0 || c != '.' && c != '-' && c != '\'' && c != ',') {
				return Found{}
			}
		}
		first := caps == 0 && low == 0
		if isUpper(w[0]) || w[0] >= 0x80 {
			caps++
		} else if low++; first && len(w) > 3 { // "van der Berg" may begin so, a sentence too
			return Found{}
		}
		w = bytes.TrimRight(w, ".,")
		is := v.of(w)
		switch {
		case is&noName != 0:
			return Found{}
		case first && is&title != 0:
			titled = true
			caps--
		case first || comma > 0 && !known: // KOWALSKA, Anna
			base, _, hyphen := bytes.Cut(w, []byte("-"))
			known = is&givenName != 0 || hyphen && v.of(base)&givenName != 0
		}
	}
	switch {
	case caps < 1 || caps+low > 7 || low > caps:
		return Found{}
	case titled || known:
		return Found{0, len(b), Distinctive}
	case caps == 1:
		return Found{0, len(b), Doubtful}
	}
	return Found{0, len(b), Plausible}
}

// findNameWithin reads a name in running text from its given name, its title, or what stands behind a word that names it:
// two to five capitalised words, particles between them.
func (v *vocabulary) findNameWithin(b []byte, at int) Found {
	const most, longest = 5, 96
	start, end, caps, strength := at, at, 0, Doubtful
	for i := at; i < len(b) && i-at < longest && caps < most; {
		from := i
		for i < len(b) && (isAlpha(b[i]) || b[i] >= 0x80 && !punctuates(b[i:]) || (b[i] == '\'' || b[i] == '-') && i > from && i+1 < len(b) && (isUpper(b[i+1]) || b[i+1] >= 0x80)) {
			i++
		}
		w := b[from:i]
		if len(w) == 0 || i < len(b) && (isDigit(b[i]) || b[i] == '_' || b[i] == '@' || b[i] == '(') {
			break
		}
		is := v.of(w)
		titled := is&title != 0 && caps == 0 && (len(w) != 2 || !isUpper(w[1])) // MS Windows
		switch {
		case ideographs(w) && (i-at > 36 || bytes.ContainsFunc(w, func(r rune) bool { return r < 0x80 })): // a sentence
			return Found{}
		case titled:
			strength = Distinctive
		case is&particle != 0 && caps > 0 && w[0]-'a' < 26:
		case isLower(w), w[0] < 'A', is&noName != 0, v.isWay(w), caps > 1 && capitals(w) && !capitals(b[at:end]):
			if caps > 0 && isUpper(w[0]) && !capitals(w) {
				return Found{} // a firm, a street
			}
			i = len(b)
			continue
		default:
			base, _, _ := bytes.Cut(w, []byte("-"))
			if caps == 0 && v.of(base)&givenName != 0 {
				strength = Distinctive
			}
			caps++
			end = i
			if len(w) == 1 && i < len(b) && b[i] == '.' { // an initial
				i++
			}
		}
		switch {
		case titled && i+1 < len(b) && b[i] == '.' && b[i+1]-'a' < 26: // Sig.ra
			for i++; i < len(b) && b[i]-'a' < 26; i++ {
			}
			fallthrough
		case titled:
			for i < len(b) && (b[i] == '.' || b[i] == ' ') && i-from < 12 {
				i++
			}
		case i < len(b) && space(b, i) > 0:
			i += space(b, i)
		default:
			i = len(b)
		}
	}
	if caps < 2 && !(caps == 1 && strength == Distinctive && start < end && v.of(firstWord(b[start:end]))&title != 0) {
		return Found{}
	}
	if start > 0 && (b[start-1] == '_' || b[start-1] == '-' || b[start-1] == '@' || b[start-1] == '/' || b[start-1] == '.') {
		return Found{}
	}
	return Found{start, end, strength}
}

// punctuates: a comma, point, dash or quotation mark beyond ASCII.
func punctuates(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	return b[0] == 0xE2 && b[1] == 0x80 && (b[2] != 0x99 || len(b) == 3 || !isAlpha(b[3])) || b[0] == 0xE3 && b[1] == 0x80 && b[2] < 0x84 || b[0] == 0xEF && b[1] == 0xBC
}

// capitals: nothing but, and more than initials.
func capitals(w []byte) bool {
	for _, c := range w {
		if c-'a' < 26 {
			return false
		}
	}
	return len(w) > 2
}

// ideographs: a word that begins with one, or with a syllable of Hangul or Kana.
func ideographs(w []byte) bool { return w[0] >= 0xE3 && w[0] < 0xEE }

// particles join the words of a name.
const particles = " de del della di da do dos du des la le el van von der den ten ter zu zur af bin ibn al y e "

func firstWord(b []byte) []byte {
	for i, c := range b {
		if !isAlpha(c) && c < 0x80 {
			return b[:i]
		}
	}
	return b
}
