package probity

import "strings"

// Ground is a sentence of [Standing.Because], with {what} for what was declared, found or asked for: reports know it again by it, and
// say it in other languages.
type Ground string

// Why a framework applies or does not, and what to declare where nobody said so.
const (
	GroundAlways Ground = "it always does"

	GroundEstablished      Ground = "established in {what}"
	GroundEstablishedNever Ground = "established in none of its countries"
	GroundEstablishedWhere Ground = "in which countries is the organisation established? organisation.established in probity.yaml"

	GroundPeople      Ground = "people in {what}"
	GroundPeopleNever Ground = "people in none of its countries"
	GroundPeopleWhere Ground = "whose people is the data about, by country? organisation.people in probity.yaml"

	GroundRegime      Ground = "declared: {what}"
	GroundRegimeNever Ground = "not declared: {what}"
	GroundRegimeWhich Ground = "is the organisation {what}? organisation.regimes in probity.yaml"

	GroundStandard      Ground = "chosen: {what}"
	GroundStandardNever Ground = "not chosen"
	GroundStandardWhich Ground = "was {what} chosen? organisation.standards in probity.yaml"

	GroundRole      Ground = "as {what}"
	GroundRoleNever Ground = "in none of the roles {what}"
	GroundRoleWhich Ground = "in which role is personal data processed? activities in probity.yaml"

	GroundProvider      Ground = "stores of {what}"
	GroundProviderNever Ground = "no store of {what}"

	GroundDataFound    Ground = "{what} data was found"
	GroundDataDeclared Ground = "{what} data was declared"
	GroundDataNowhere  Ground = "no {what} data in what was read whole"
	GroundDataNever    Ground = "no {what} data was found or declared"
	GroundDataWhich    Ground = "is there {what} data? organisation.data in probity.yaml, or a scan of content"
)

// Values lists the sentences.
func (Ground) Values() []string {
	var out []string
	for _, g := range grounds() {
		out = append(out, string(g))
	}
	return out
}

// grounds are in the order in which a sentence is known again: one that begins or ends as another does comes first.
func grounds() []Ground {
	return []Ground{GroundAlways, GroundEstablishedNever, GroundEstablishedWhere, GroundEstablished, GroundPeopleNever, GroundPeopleWhere, GroundPeople, GroundRegimeNever, GroundRegimeWhich, GroundRegime,
		GroundStandardNever, GroundStandardWhich, GroundStandard, GroundRoleNever, GroundRoleWhich, GroundRole, GroundDataNowhere, GroundDataNever, GroundDataWhich, GroundDataFound, GroundDataDeclared,
		GroundProviderNever, GroundProvider}
}

// Of is the sentence with what it is of.
func (g Ground) Of(what string) string { return strings.Replace(string(g), "{what}", what, 1) }

// GroundOf finds the ground of a sentence, and what it is of; ok is false for a sentence of none.
func GroundOf(sentence string) (g Ground, what string, ok bool) {
	return madeOf(grounds(), sentence)
}

// madeOf finds the template that a sentence was made of, the first that it fits, and what stands for {what} in it.
func madeOf[S ~string](templates []S, sentence string) (template S, what string, ok bool) {
	for _, t := range templates {
		if what, ok := filled(string(t), sentence); ok {
			return t, what, true
		}
	}
	return "", "", false
}

// filled is what stands for {what} in a sentence, if it is that one.
func filled(template, sentence string) (what string, ok bool) {
	before, after, hole := strings.Cut(template, "{what}")
	rest, begins := strings.CutPrefix(sentence, before)
	what, ends := strings.CutSuffix(rest, after)
	return what, begins && ends && hole == (what != "")
}
