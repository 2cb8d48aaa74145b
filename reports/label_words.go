package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// counted is how much was found in what was read.
func counted(l probity.Label) string {
	if l.Sample.Method == declaredBy {
		return "declared, not looked for"
	}
	s := thousands(l.Found) + " of " + thousands(l.Sample.Read) + " " + unit(l)
	if total, ok := l.Sample.Total.Get(); ok && total != l.Sample.Read {
		s += ", " + thousands(total) + " in all"
	}
	return s
}

const declaredBy = "declared"

// unit is what was counted, in words: a cell is what a file holds in one place.
func unit(l probity.Label) string {
	if l.Sample.Unit == "cells" {
		return "values"
	}
	return visible(l.Sample.Unit)
}

// drawn is what the sample tells of what was not read, in a sentence; nothing where all was read.
func drawn(l probity.Label) string {
	f := l.Sample.Frame
	switch {
	case f != nil:
		return bound(*f)
	case l.Sample.Method == "first":
		return "The first " + unit(l) + " were read: that tells nothing of the others."
	case l.Sample.Method == "spread":
		return "The " + unit(l) + " read are spread evenly, not drawn by chance: how many of the others hold it is not known."
	}
	return ""
}

// bound is what units drawn by chance tell of all.
func bound(f probity.Frame) string {
	from := ""
	if n, ok := f.Total.Get(); ok {
		from = " of " + thousands(n)
	}
	s := fmt.Sprintf("%s%s %s drawn at random from %s: ", thousands(f.Read), from, visible(f.Unit), visible(f.Name))
	up, ok := f.Upper.Get()
	switch _, g := f.Upper.Value(); {
	case !ok:
		return s + "no bound on the others, since " + visible(g.Because) + "."
	case up >= 1:
		return s + "any of the others may hold it."
	default:
		return s + fmt.Sprintf("with 95 %% confidence no more than %.2g %% of them all hold it.", 100*up)
	}
}

// different is about how many values there are in what was read, where that is fewer than the places that hold one.
func different(l probity.Label) string {
	if l.Distinct <= 0 || l.Distinct >= l.Found {
		return ""
	}
	return "About " + thousands(l.Distinct) + " different values in what was read."
}

// People is whom a breach of the asset would concern at most: no more than there are rows that hold somebody's data.
func (l labelled) People() string {
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
	return "concerns at most " + thousands(most) + " people, as many as there are rows"
}

// asOf is when the content was read, where that was not in this scan.
func asOf(l probity.Label, scanned time.Time) string {
	if l.AsOf.IsZero() || !l.AsOf.Before(scanned.Add(-24*time.Hour)) {
		return ""
	}
	return "Read on " + l.AsOf.UTC().Format(time.DateOnly) + "."
}

// reviewed is what a person said of a label.
func reviewed(l probity.Label) string {
	r := l.Review
	if r == nil || r.Verdict == "" {
		return ""
	}
	s := strings.ToUpper(string(r.Verdict[:1])) + visible(string(r.Verdict[1:]))
	if r.By != "" {
		s += " by " + visible(r.By)
	}
	if !r.At.IsZero() {
		s += " on " + r.At.Format(time.DateOnly)
	}
	if !r.Until.IsZero() {
		s += ", until " + r.Until.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	if r.Reason != "" {
		s += ": " + visible(r.Reason)
	}
	return s + "."
}

// About is all that the report says of a label beside its counts.
func (v *view) About(l probity.Label) string {
	var s []string
	for _, part := range []string{drawn(l), different(l), asOf(l, v.Started), reviewed(l)} {
		if part != "" {
			s = append(s, part)
		}
	}
	return strings.Join(s, " ")
}

// protection is the form in which values stand, in words.
func protection(l probity.Label) string {
	switch l.Protection {
	case probity.ProtectionUnknown:
		return "not known"
	case probity.KeyedHash:
		return "keyed hash"
	case probity.FieldEncrypted:
		return "encrypted field"
	case probity.Clear:
		return "in clear"
	}
	return visible(string(l.Protection))
}
