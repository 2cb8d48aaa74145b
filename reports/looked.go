package reports

import (
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Looked counts assets by what is known of personal data in them. Silence is "none found" only where all was read.
type Looked struct {
	Holders int // with labels
	Clean   int // read whole, and none found
	Partly  int // read in part, and none found there
	Unread  int // nobody looked, or nobody could
	Guards  int // keys, networks and the like: they hold no data
}

func (n *Looked) look(a probity.Asset) {
	_, g := a.Labels.Value()
	switch {
	case len(a.Labels.Items) > 0:
		n.Holders++
	case g == nil:
		n.Clean++
	case guards(a.Class) && !g.Reason.Loss():
		n.Guards++
	case g.Reason == probity.Sampled:
		n.Partly++
	default:
		n.Unread++
	}
}

// guards reports whether things of the class guard stores and are none.
func guards(c probity.Class) bool {
	switch c {
	case probity.Key, probity.Network, probity.Identity, probity.Account, probity.Compute:
		return true
	}
	return false
}

// Rest is what is known of those that hold no personal data as far as is known.
func (n Looked) Rest(in *language.Language) string {
	var s []string
	for _, part := range []struct {
		n    int
		said string
	}{
		{n.Clean, in.Say("{n} read whole, none found", n.Clean)}, {n.Partly, in.Say("{n} read in part", n.Partly)}, {n.Unread, in.Say("{n} not looked into", n.Unread)},
		{n.Guards, in.Say("{n} no store of data", n.Guards)},
	} {
		if part.n > 0 {
			s = append(s, part.said)
		}
	}
	return in.Join(s)
}

// Others is how many assets have no labels.
func (n Looked) Others() int { return n.Clean + n.Partly + n.Unread + n.Guards }

// dataWords says how far the asset was looked into, and what came of it.
func dataWords(in *language.Language, a probity.Asset) string {
	_, g := a.Labels.Value()
	switch {
	case g == nil && len(a.Labels.Items) > 0:
		return in.Say("found")
	case g == nil:
		return in.Say("none found")
	case len(a.Labels.Items) == 0 && guards(a.Class) && !g.Reason.Loss():
		return in.Say("no store of data")
	case len(a.Labels.Items) > 0 && g.Reason == probity.NotCollected && declared(a.Labels.Items):
		return in.Say("declared, and not looked at")
	case len(a.Labels.Items) > 0:
		return in.Say("found, and not all read")
	case g.Reason.Loss():
		return in.Say("could not be read")
	case g.Reason == probity.NotCollected:
		return in.Say("not looked at")
	}
	return reasonWords(in, g.Reason)
}

// holds counts a store's own labels. Those of a copy are told of the store they came from.
func (c *counter) holds(labels []probity.Label) {
	own := map[string]bool{}
	for _, l := range labels {
		if l.Inherited == nil {
			own[l.Detector] = true
		}
	}
	for d := range own {
		c.Detectors[d]++
	}
	if len(own) > 0 {
		c.Holding++
	}
}

// heldLine is the personal data that was found or declared, in one line: "personal data in 2 stores: email 2, iban 1". Empty: none.
func heldLine(c *Counts) string {
	if c.Holding == 0 {
		return ""
	}
	const most = 12
	var kinds []string
	for _, d := range byCount(c.Detectors) {
		kinds = append(kinds, visible(d)+" "+thousands(c.Detectors[d]))
	}
	if n := len(kinds) - most; n > 0 {
		kinds = append(kinds[:most], Plural(n, "more kind"))
	}
	return "personal data in " + Plural(c.Holding, "store") + ": " + strings.Join(kinds, ", ")
}

func declared(labels []probity.Label) bool {
	for _, l := range labels {
		if l.Sample.Method != declaredBy {
			return false
		}
	}
	return true
}
