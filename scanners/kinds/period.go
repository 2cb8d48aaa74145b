package kinds

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	probity "github.com/probity-scan/probity"
)

// Stated is the time in days that tags say data may stay, unset where none speaks of it. A tag that does and cannot be read as a
// period is a gap with the form of its value: what it says may be anything. Of several the first by name that can be read counts.
func Stated(tags map[string]string, from *probity.Origin) probity.Fact[probity.Optional[int]] {
	var gap *probity.Gap
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		unit, ok := namesRetention(key)
		if !ok {
			continue
		}
		if days, ok := Period(tags[key], unit); ok {
			return probity.Known(probity.Some(days), from)
		}
		if gap == nil {
			gap = &probity.Gap{Reason: probity.Unresolved, Because: key + " has the form " + strconv.Quote(form(tags[key])) + ", which is no period",
				Needs: "days or a period as its value: 365, P2Y, 7 years"}
		}
	}
	if gap != nil {
		return probity.Missing[probity.Optional[int]](*gap, from)
	}
	return probity.Known(probity.Optional[int]{}, from)
}

// StatedIn is [Stated] of a text that somebody wrote about a store: lines or clauses of a name and a value.
func StatedIn(text string, from *probity.Origin) probity.Fact[probity.Optional[int]] {
	said := map[string]string{}
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r;,|{}", r) }) {
		name, value, ok := strings.Cut(clause, "=")
		if other, v, colon := strings.Cut(clause, ":"); colon && (!ok || len(other) < len(name)) {
			name, value, ok = other, v, true
		}
		name = strings.Trim(name, " \t\"'")
		if ok && patternsOfPeriods().plain.MatchString(name) {
			if _, speaks := namesRetention(name); speaks { // one of the names that are known, and no content
				said[name] = strings.Trim(value, " \t\"'.")
			}
		}
	}
	return Stated(said, from)
}

// Days of a unit, as people count them: a month has 30 and a year 365.
const (
	week  = 7
	month = 30
	year  = 365
)

// periodUnits are units in English, German, French, Spanish and Dutch, without accents. In the time that data may stay m is a month.
var periodUnits = sync.OnceValue(func() map[string]float64 { //nolint:gochecknoglobals // a constant in all but type
	out := map[string]float64{}
	for days, words := range map[float64]string{
		1.0 / 24: "h hr hrs hour hours std stunde stunden heure heures hora horas uur uren",
		1:        "d day days t tag tage tagen j jour jours dia dias dag dagen",
		week:     "w wk wks week weeks wo woche wochen sem semaine semaines semana semanas weken",
		month:    "m mo mon mth mths month months monat monate monaten mois mes meses mnd maand maanden",
		year:     "y yr yrs year years a jahr jahre jahren an ans annee annees ano anos jr jaar jaren",
	} {
		for word := range strings.FieldsSeq(words) {
			out[word] = days
		}
	}
	return out
})

// periodPatterns are how periods and their names are written, in lower case without accents.
type periodPatterns struct{ iso, part, name, plain *regexp.Regexp }

var patternsOfPeriods = sync.OnceValue(func() periodPatterns { //nolint:gochecknoglobals // a constant in all but type
	either := func(words string) string { return "(?:" + strings.Join(strings.Fields(words), "|") + ")" }
	const n = `(\d+(?:[.,]\d+)?)`
	return periodPatterns{
		iso:  regexp.MustCompile(`^p(?:` + n + `y)?(?:` + n + `m)?(?:` + n + `w)?(?:` + n + `d)?(?:t(?:` + n + `h)?(?:[\d.,]+m)?(?:[\d.,]+s)?)?$`),
		part: regexp.MustCompile(`^` + n + `[ _-]*([a-z]+)?\.?[ ,_+&-]*(?:(?:and|und|et|y|en)[ _]+)?`),
		// Whose time, the time itself, what goes on about it, and the unit; of two words of which one begins the other the longer comes first.
		name: regexp.MustCompile("^" + either("personal user customer records record data gdpr dsgvo rgpd avg daten donnees datos gegevens") + "*" +
			either("retention retained retain keep kept aufbewahrungs aufbewahrung speicherdauer speicherfrist loschfrist loeschfrist "+
				"conservation dureedeconservation dureeconservation conservacion retencion plazodeconservacion periododeconservacion bewaar retentie") +
			either("data daten donnees datos periode period time policy duration limit frist dauer termijn tijd duur for in en des de") + "*([a-z]*)$"),
		plain: regexp.MustCompile(`^[\p{L} _-]+$`),
	}
})

// namesRetention reports whether a name is that of how long data may stay, and the days of the unit that it carries: 1 without one.
// What stands before the last ":" or "/" is whose name it is.
func namesRetention(name string) (float64, bool) {
	if at := strings.LastIndexAny(name, ":/"); at >= 0 {
		name = name[at+1:]
	}
	squashed := strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, plainLetters(name))
	m := patternsOfPeriods().name.FindStringSubmatch(squashed)
	switch {
	case m == nil:
		return 0, false
	case m[1] == "":
		return 1, true
	}
	days, ok := periodUnits()[m[1]]
	return days, ok && len(m[1]) > 1
}

// Period reads a length of time in days: 365, 90d, 7 years, 2 Jahre und 6 Monate, P6M. A number alone counts units of so many
// days. Nothing, and no time at all, is no period.
func Period(text string, unit float64) (int, bool) {
	text = strings.TrimSpace(plainLetters(text))
	if m := patternsOfPeriods().iso.FindStringSubmatch(text); m != nil {
		days := 0.0
		for i, unit := range []float64{year, month, week, 1, 1.0 / 24} {
			days += number(m[i+1]) * unit
		}
		return whole(days)
	}
	days := 0.0
	for rest := text; rest != ""; {
		m := patternsOfPeriods().part.FindStringSubmatch(rest)
		switch {
		case m == nil:
			return 0, false
		case m[2] == "" && rest == text && m[0] == text:
			return whole(number(m[1]) * unit)
		}
		of, ok := periodUnits()[m[2]]
		if !ok {
			return 0, false
		}
		days, rest = days+number(m[1])*of, rest[len(m[0]):]
	}
	return whole(days)
}

// longest is more than anybody keeps anything for.
const longest = 1000 * year

// whole rounds up: what stays for some hours stays for a day.
func whole(days float64) (int, bool) {
	return int(math.Ceil(days)), days > 0 && days <= longest
}

func number(digits string) float64 {
	n, _ := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
	return n
}

// plainLetters is a text in lower case without accents.
func plainLetters(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

// shown is how much of a form is told.
const shown = 24

// form is how a text looks, with each letter as a and each digit as 9.
func form(text string) string {
	out := []rune{}
	for _, r := range text {
		switch {
		case len(out) == shown:
			return string(out) + "…"
		case unicode.IsLetter(r):
			r = 'a'
		case unicode.IsDigit(r):
			r = '9'
		case unicode.IsSpace(r):
			r = ' '
		case !strings.ContainsRune("-_.,:;+/()", r):
			r = '?'
		}
		out = append(out, r)
	}
	return string(out)
}
