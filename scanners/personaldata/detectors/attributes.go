package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

// What a column says of people that no form tells: its name must, and its cells must bear it out.
func attributes() []Detector {
	attribute := func(id, title string, category probity.Category, words []string, find func(string) bool, examples, counterexamples []string) Detector {
		return Detector{ID: id, Title: title, Category: category, Words: words, At: Cell, Named: .8,
			Find: func(b []byte, at int) Found {
				const longest = 40
				if at > 0 || len(b) == 0 || len(b) > longest || !find(strings.ToLower(string(b))) {
					return Found{}
				}
				return Found{0, len(b), Plausible}
			},
			Examples: func() []string { return examples }, Counterexamples: counterexamples}
	}
	return []Detector{
		attribute("age", "Age", probity.Identifier, list("age", "age years", "alter", "edad", "âge", "età", "wiek", "leeftijd", "idade"), func(s string) bool { n, ok := whole(s); return ok && n <= 120 },
			list("42"), list("142", "n/a", "4.2")),
		attribute("gender", "Sex or gender", probity.Identifier, list("gender", "sex", "geschlecht", "sexe", "género", "sesso", "płeć", "geslacht", "genere", "sexo"), oneOf("m f x d w h male female man woman other diverse divers homme femme masculin féminin männlich weiblich mann frau hombre mujer masculino femenino maschio femmina uomo donna mężczyzna kobieta vrouw nonbinary non-binary"),
			list("female", "M"), list("portrait", "17", "yes")),
		attribute("nationality", "Nationality", probity.Identifier, list("nationality", "citizenship", "nationalité", "staatsangehörigkeit", "nacionalidad", "nazionalità", "cittadinanza", "obywatelstwo", "nationaliteit"), word2,
			list("Polish", "DE"), list("123", "a@b.org", "v1.2")),
		attribute("username-handle", "User name", probity.Online, list("username", "user name", "login", "handle", "twitter", "nickname", "benutzername", "utilisateur", "nom d'utilisateur", "usuario", "screen name"), handle,
			list("jane_doe77", "@anna.k"), list("a b c", "https://example.org", "x")),
		attribute("salary-income", "Salary or income", probity.Financial, list("salary", "wage", "income", "gehalt", "salaire", "sueldo", "salario", "stipendio", "pensja", "wynagrodzenie", "loon", "salaris", "net pay", "gross pay"), money,
			list("54000", "3,250.00", "€ 2.400"), list("high", "2024-01-01", "v1.2.3")),
		attribute("credit-score", "Credit score", probity.Financial, list("credit score", "bonität", "fico", "fico score", "kreditscore"), func(s string) bool { n, ok := whole(s); return ok && n >= 300 && n <= 850 },
			list("712"), list("99", "1200", "good")),
		attribute("card-security-code", "Card verification code", probity.Financial, list("cvv", "cvc", "cvv2", "cvc2", "card verification", "cryptogramme", "prüfziffer", "codigo seguridad", "card security code", "security code"), func(s string) bool { _, ok := whole(s); return ok && (len(s) == 3 || len(s) == 4) },
			list("123", "9876"), list("12", "12345", "abc")),
		attribute("card-expiry", "Card expiry date", probity.Financial, list("card expiry", "exp date", "valid thru", "card exp", "gültig bis", "caducidad tarjeta", "expiry month"), expiry,
			list("09/27", "12/2028"), list("13/27", "2027", "soon")),
		attribute("photo-or-face", "Picture of a face or signature", probity.Special, list("photo", "selfie", "portrait", "passport photo", "lichtbild", "signature image", "face image"), picture,
			list("anna_k.jpg"), list("yes", "42", "photo")),
		attribute("biometric-template", "Biometric template", probity.Special, list("fingerprint template", "face embedding", "iris", "voiceprint", "minutiae", "biometric", "faceid", "huella", "empreinte digitale"), func(s string) bool {
			return strings.HasPrefix(s, "fmr") || strings.HasPrefix(s, "fir") || strings.HasPrefix(s, "[-0.") || strings.HasPrefix(s, "[0.")
		},
			list("[0.1,0.2,0.3]"), list("true", "sha256", "12")),
	}
}

func oneOf(values string) func(string) bool {
	all := " " + values + " "
	return func(s string) bool { return !strings.Contains(s, " ") && strings.Contains(all, " "+s+" ") }
}

func whole(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if !isDigit(c) {
			return 0, false
		}
	}
	return number([]byte(s[:min(len(s), 9)])), len(s) < 10
}

// word2: a country's code, its name, or a word for its people.
func word2(s string) bool {
	for _, c := range []byte(s) {
		if !isAlpha(c) && c < 0x80 && c != ' ' && c != '-' {
			return false
		}
	}
	return len(s) >= 2
}

func handle(s string) bool {
	s = strings.TrimPrefix(s, "@")
	for _, c := range []byte(s) {
		if !isWord(c) && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return len(s) >= 3 && len(s) <= 32
}

func money(s string) bool {
	s = strings.Trim(s, " €$£łbcdefghprsuz")
	digits := 0
	for _, c := range []byte(s) {
		if digits += count(isDigit(c)); !isDigit(c) && c != '.' && c != ',' && c != '\'' && c != ' ' {
			return false
		}
	}
	return digits >= 3 && strings.Count(s, ".") < 2
}

func expiry(s string) bool {
	m, y, ok := strings.Cut(s, "/")
	month, a := whole(m)
	_, b := whole(y)
	return ok && a && b && month > 0 && month < 13 && (len(y) == 2 || len(y) == 4)
}

func picture(s string) bool {
	for _, end := range []string{".jpg", ".jpeg", ".png", ".heic", ".webp"} {
		if strings.HasSuffix(s, end) && len(s) > len(end) {
			return true
		}
	}
	return strings.HasPrefix(s, "/9j/") || strings.HasPrefix(s, "data:image/")
}

// What words themselves say of people: special categories of personal data, offences, children.
func termed() []Detector {
	term := func(id, title string, category probity.Category, words []string, terms string, examples, counterexamples []string) Detector {
		return Detector{ID: id, Title: title, Category: category, Words: words, Terms: strings.Split(terms, ","),
			Alone: .2, Printed: .2, Named: .8, Proof: ByForm, Examples: func() []string { return examples }, Counterexamples: counterexamples}
	}
	return []Detector{
		term("ethnic-origin", "Ethnic or racial origin", probity.Special, list("ethnicity", "race", "ethnic origin", "ethnic group", "ethnie", "ethnische herkunft", "etnia", "origine ethnique", "origine etnica", "pochodzenie etniczne"),
			"caucasian,african american,hispanic,latino,latina,native american,pacific islander,south asian,east asian,black african,black caribbean,white british,roma,sinti,mixed race,middle eastern,arab,kurdish", list("Caucasian", "African American"), list("raceway", "latinoamerica", "blackboard")),
		term("religion", "Religion or belief", probity.Special, list("religion", "faith", "belief", "konfession", "kirchensteuer", "kirchensteuermerkmal", "culte", "religión", "religione", "wyznanie", "denomination"),
			"catholic,roman catholic,protestant,lutheran,orthodox,muslim,islam,sunni,shia,jewish,judaism,hindu,hinduism,buddhist,buddhism,sikh,atheist,agnostic,evangelisch,katholisch,römisch-katholisch,muslimisch,jüdisch,konfessionslos,catholique,musulman,juif,protestant,católico,musulmán,judío,cattolico,musulmano,katolik,prawosławny,jehovah's witness", list("Catholic", "evangelisch"), list("sikhote", "orthodoxy2", "catholicism9")),
		term("political-opinion", "Political opinion or party", probity.Special, list("political", "political party", "political opinion", "party affiliation", "partei", "parteizugehörigkeit", "parti politique", "partito politico", "partido político", "poglądy polityczne", "party membership"),
			"conservative,labour party,liberal democrat,democrat,republican,green party,communist,socialist,social democrat,far right,far left,cdu,csu,spd,fdp,die linke,bündnis 90,afd,la france insoumise,rassemblement national,les républicains,partido popular,psoe,vox,forza italia,lega nord,partito democratico,platforma obywatelska,prawo i sprawiedliwość", list("Republican", "SPD"), list("republicans9", "laboured", "democratic2")),
		term("trade-union", "Trade union membership", probity.Special, list("trade union", "union member", "union membership", "gewerkschaft", "gewerkschaftsmitglied", "syndicat", "sindicato", "sindacato", "związek zawodowy", "vakbond"),
			"verdi,unison,unite the union,gmb,afl-cio,teamsters,seiu,cgt,cfdt,force ouvrière,comisiones obreras,ugt,ccoo,cgil,cisl,solidarność,fnv", list("CGIL", "Solidarność"), list("union select", "european union", "unisons")),
		term("sexual-orientation", "Sex life or sexual orientation", probity.Special, list("sexual orientation", "orientation", "sexuality", "sexuelle orientierung", "orientación sexual", "orientamento sessuale", "orientation sexuelle", "orientacja seksualna"),
			"heterosexual,homosexual,bisexual,gay,lesbian,asexual,pansexual,queer,transgender,heterosexuell,homosexuell,bisexuell,lesbisch,schwul,hétérosexuel,homosexuel,bisexuel,eterosessuale,omosessuale,heteroseksualny,homoseksualny", list("bisexual", "lesbian"), list("portrait", "landscape", "gaylord9")),
		term("criminal-record", "Criminal convictions or offences", probity.Special, list("criminal record", "conviction", "convictions", "offence", "offense", "dbs", "führungszeugnis", "vorstrafen", "casier judiciaire", "antecedentes penales", "casellario", "karalność", "strafblad"),
			"burglary,assault,fraud conviction,theft,robbery,manslaughter,homicide,drink driving,dui,shoplifting,arson,battery,drug possession,sexual assault,convicted,probation,einbruch,diebstahl,körperverletzung,betrug,raub,vorbestraft,cambriolage,escroquerie,robo,hurto,furto,rapina,kradzież,rozbój,diefstal", list("burglary", "Körperverletzung"), list("assaulted9", "batterypack", "probationary")),
		term("child-indicator", "Child or minor", probity.Child, list("child", "minor", "pupil", "guardian", "school grade", "kind", "schüler", "enfant", "élève", "alumno", "dziecko", "uczeń", "bambino", "kindergarten", "parental consent"),
			"toddler,kindergarten,primary school,nursery school,preschool,grundschule,kita,école maternelle,école primaire,collège,educación infantil,scuola elementare,scuola materna,przedszkole,szkoła podstawowa,basisschool,under 16,under 13,parental consent,guardian", list("kindergarten", "Grundschule"), list("child process", "minority", "minors9")),
	}
}
