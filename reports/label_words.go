package reports

import (
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// counted is how much was found in what was read.
func counted(in *language.Language, l probity.Label) string {
	if l.Sample.Method == declaredBy {
		return in.Say("declared, not looked for")
	}
	s := in.Say("{found} of {read} {unit}", l.Found, l.Sample.Read, unit(in, l))
	if total, ok := l.Sample.Total.Get(); ok && total != l.Sample.Read {
		s = in.Say("{found}, {total} in all", s, total)
	}
	return s
}

const declaredBy = "declared"

// unit is what was counted, in words: a cell is what a file holds in one place.
func unit(in *language.Language, l probity.Label) string { return unitWord(in, l.Sample.Unit) }

func unitWord(in *language.Language, unit string) string {
	switch unit {
	case "cells":
		return in.Say("values")
	case "rows":
		return in.Say("rows")
	case "objects":
		return in.Say("objects")
	case "blocks":
		return in.Say("blocks")
	case "comments":
		return in.Say("comments")
	}
	return visible(unit)
}

// drawn is what the sample tells of what was not read, in a sentence; nothing where all was read.
func drawn(in *language.Language, l probity.Label) string {
	f := l.Sample.Frame
	switch {
	case f != nil:
		return bound(in, *f)
	case l.Sample.Method == "first":
		return in.Say("The first {units} were read: that tells nothing of the others.", unit(in, l))
	case l.Sample.Method == "spread":
		return in.Say("The {units} read are spread evenly, not drawn by chance: how many of the others hold it is not known.", unit(in, l))
	}
	return ""
}

// bound is what units drawn by chance tell of all.
func bound(in *language.Language, f probity.Frame) string {
	s := in.Say("{n} {units} drawn at random from {frame}", f.Read, unitWord(in, f.Unit), visible(f.Name))
	if n, ok := f.Total.Get(); ok {
		s = in.Say("{n} of {total} {units} drawn at random from {frame}", f.Read, n, unitWord(in, f.Unit), visible(f.Name))
	}
	up, ok := f.Upper.Get()
	switch _, g := f.Upper.Value(); {
	case !ok:
		return in.Say("{drawn}: no bound on the others, since {reason}.", s, visible(g.Because))
	case up >= 1:
		return in.Say("{drawn}: any of the others may hold it.", s)
	default:
		return in.Say("{drawn}: with 95 % confidence no more than {share} % of them all hold it.", s, in.Decimal(100*up))
	}
}

// different is about how many values there are in what was read, where that is fewer than the places that hold one.
func different(in *language.Language, l probity.Label) string {
	if l.Distinct <= 0 || l.Distinct >= l.Found {
		return ""
	}
	return in.Say("About {n} different values in what was read.", l.Distinct)
}

// people is whom a breach of the asset would concern at most: no more than there are rows that hold somebody's data.
func people(in *language.Language, l labelled) string {
	most := 0
	for _, x := range l.Labels.Items {
		n, ok := x.Sample.Total.Get()
		switch {
		case x.Inherited != nil || x.Category == probity.Credential || x.Sample.Unit == "comments": // which are no rows
		case !ok || x.Sample.Unit != "rows":
			return "" // nobody counted
		default:
			most = max(most, n)
		}
	}
	if most == 0 {
		return ""
	}
	return in.Say("concerns at most {n} people, as many as there are rows", most)
}

// asOf is when the content was read, where that was not in this scan.
func asOf(in *language.Language, l probity.Label, scanned time.Time) string {
	if l.AsOf.IsZero() || !l.AsOf.Before(scanned.Add(-24*time.Hour)) {
		return ""
	}
	return in.Say("Read on {day}.", in.Day(l.AsOf))
}

// reviewed is what a person said of a label.
func reviewed(in *language.Language, l probity.Label) string {
	r := l.Review
	if r == nil || r.Verdict == "" {
		return ""
	}
	s := upper(in.Say(visible(string(r.Verdict))))
	if r.By != "" {
		s = in.Say("{what} by {person}", s, visible(r.By))
	}
	if !r.At.IsZero() {
		s = in.Say("{what} on {day}", s, in.Day(r.At))
	}
	if !r.Until.IsZero() {
		s = in.Say("{what}, until {day}", s, in.Day(r.Until.AddDate(0, 0, -1)))
	}
	if r.Reason != "" {
		s = in.Say("{what}: {text}", s, visible(r.Reason))
	}
	return s + "."
}

// about is all that the report says of a label beside its counts.
func about(in *language.Language, l probity.Label, scanned time.Time) string {
	var s []string
	for _, part := range []string{drawn(in, l), different(in, l), asOf(in, l, scanned), reviewed(in, l)} {
		if part != "" {
			s = append(s, part)
		}
	}
	return strings.Join(s, " ")
}

// protection is the form in which values stand, in words.
func protection(in *language.Language, l probity.Label) string {
	switch l.Protection {
	case probity.ProtectionUnknown:
		return in.Say("not known")
	case probity.KeyedHash:
		return in.Say("keyed hash")
	case probity.FieldEncrypted:
		return in.Say("encrypted field")
	case probity.Clear:
		return in.Say("in clear")
	}
	return in.Say(visible(string(l.Protection))) // truncated, token
}
