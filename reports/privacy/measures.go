package privacy

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Measure is a measure of security over some stores: in how many it is known to hold, and in how many not.
type Measure struct {
	Measure string `json:"measure"`
	Holds   int    `json:"holds"`
	Lacks   int    `json:"lacks"`
	Unknown int    `json:"unknown"`
}

// measures are what the facts of stores tell of Art. 32; organisational measures leave no trace in a store.
func measures(stores []probity.Asset) []Measure {
	out := make([]Measure, 0, 7)
	for _, m := range []struct {
		name string
		fact func(probity.Asset) (holds, known bool)
	}{
		{language.Key("encrypted at rest"), func(a probity.Asset) (bool, bool) { return a.Encryption.AtRest.Get() }},
		{language.Key("clear connections refused"), func(a probity.Asset) (bool, bool) { return a.Encryption.InTransit.Get() }},
		{language.Key("not public"), func(a probity.Asset) (bool, bool) { v, ok := a.Exposure.Public.Get(); return !v, ok }},
		{language.Key("backed up"), func(a probity.Asset) (bool, bool) { v, ok := a.Resilience.BackupDays.Get(); return v > 0, ok }},
		{language.Key("access leaves a trace"), func(a probity.Asset) (bool, bool) { return a.Audit.Access.Get() }},
		{language.Key("protected from deletion"), func(a probity.Asset) (bool, bool) { return a.Resilience.DeletionProtection.Get() }},
		{language.Key("personal data pseudonymised or encrypted in the field"), protected},
	} {
		x := Measure{Measure: m.name}
		for _, a := range stores {
			switch holds, known := m.fact(a); {
			case !known:
				x.Unknown++
			case holds:
				x.Holds++
			default:
				x.Lacks++
			}
		}
		out = append(out, x)
	}
	return out
}

// protected reports whether no own label of the store is in clear.
func protected(a probity.Asset) (holds, known bool) {
	labels := own(a)
	_, g := a.Labels.Value()
	holds, known = true, g == nil && len(labels) > 0
	for _, l := range labels {
		switch l.Protection {
		case probity.Clear:
			return false, true
		case probity.ProtectionUnknown, "": // empty: the scan does not say
			known = false
		}
	}
	return holds, known
}

// measureColumns are the heads of their table.
func measureColumns(in *language.Language) []string {
	return []string{in.Say("Measure"), in.Say("Holds"), in.Say("Lacks"), in.Say("Not known")}
}

func measureRows(in *language.Language, ms []Measure) [][]string {
	rows := make([][]string, len(ms))
	for i, m := range ms {
		rows[i] = []string{in.Say(m.Measure), in.Number(m.Holds), in.Number(m.Lacks), in.Number(m.Unknown)}
	}
	return rows
}
