package main

import (
	"cmp"
	"fmt"
	"hash/maphash"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

const toldLosses = 20 // line by line; reports hold all

// tellLosses says a line for each thing that was lost: what, why, and what to do.
func tellLosses(say func(line string), scan probity.Scan) error {
	seen, told, stopped := map[uint64]bool{}, newLostPlaces(50*toldLosses), 0
	digest := maphash.MakeSeed()
	tell := func(what string, g probity.Gap) {
		if g == pipeline.Stopped() {
			stopped++
			return
		}
		told.add(what)
		line := what + ": " + because(g) + "; needs " + needs(g)
		sum := maphash.String(digest, line) // hundreds of thousands of lines are counted
		if !seen[sum] && len(seen) < toldLosses {
			say(printable(line))
		}
		seen[sum] = true
	}
	for _, t := range scan.Trouble {
		tell(t.What, t.Gap)
	}
	for c, err := range scan.Coverage {
		if err != nil {
			return err
		}
		if c.Gap == nil || !c.Gap.Reason.Loss() {
			continue
		}
		what := c.Origin.String()
		if what == "" {
			what = c.On.ID
		}
		if what == "" || what == "." {
			what = cmp.Or(c.On.Root, what)
		}
		tell(what, *c.Gap)
	}
	for a, err := range scan.Assets {
		if err != nil {
			return err
		}
		for _, l := range probity.Losses(&a) {
			_, g := l.Value()
			at := where(l.From(), a)
			// A folder's labels are open for the files in it, and a bucket's facts for the file that may hold them: told already.
			if !told.holds(at) && !told.begins(g.Because) {
				tell(at, *g)
			}
		}
	}
	if stopped > 0 {
		say(fmt.Sprintf("%d listings: %s; needs %s", stopped, pipeline.Stopped().Because, pipeline.Stopped().Needs))
	}
	if more := len(seen) - toldLosses; more > 0 {
		say(fmt.Sprintf("%d more losses: -o html=FILE shows all", more))
	}
	return nil
}

// where is the file that a fact was to be read in, or the asset itself.
func where(from *probity.Origin, a probity.Asset) string {
	for _, o := range []*probity.Origin{from, a.Origin} {
		if place, ok := o.Source(); ok {
			return place.String()
		}
	}
	return a.ID
}

func because(g probity.Gap) string {
	if g.Because != "" {
		return g.Because
	}
	return g.String()
}

// needs is what to do, where whoever met the loss could not say better.
func needs(g probity.Gap) string {
	switch {
	case g.Needs != "":
		return g.Needs
	case g.Reason == probity.Unreadable:
		return "a mended file, or --exclude to leave it out"
	}
	return "another try"
}
