package dashboard

import (
	"strings"

	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

// groupWord is what facts of a group speak of.
func groupWord(in *language.Language, group string) string {
	switch group {
	case "asset":
		return in.Say("The store itself")
	case "location":
		return in.Say("Location")
	case "lifecycle":
		return in.Say("Lifecycle")
	case "encryption":
		return in.Say("Encryption")
	case "exposure":
		return in.Say("Exposure")
	case "access":
		return in.Say("Access")
	case "resilience":
		return in.Say("Resilience")
	case "retention":
		return in.Say("Retention")
	case "audit":
		return in.Say("Traces of access")
	case "lineage":
		return in.Say("Lineage")
	case "settings":
		return in.Say("Settings of its kind")
	}
	return group
}

// momentWords is what changed of a store at a time.
func momentWords(in *language.Language, m history.AssetMoment) string {
	switch {
	case m.Gone:
		return in.Say("It is gone")
	case m.Lost:
		return in.Say("The scan could not tell of it")
	case m.Appeared:
		return in.Say("It appeared")
	}
	var what []string
	if m.Facts {
		what = append(what, in.Say("facts"))
	}
	if m.Labels {
		what = append(what, in.Say("personal data"))
	}
	if m.Outcomes {
		what = append(what, in.Say("outcomes"))
	}
	if len(what) == 0 {
		return in.Say("It was seen")
	}
	return in.Say("Changed: {what}", strings.Join(what, ", "))
}
