package main

import (
	"fmt"
	"io"

	"github.com/probity-scan/probity"
)

const toldLosses = 20 // line by line; reports hold all

// tellLosses writes a line for each thing that was lost: what, why, and what to do.
func tellLosses(w io.Writer, scan probity.Scan) error {
	seen, more := map[string]bool{}, 0
	tell := func(what string, g probity.Gap) {
		line := what + ": " + because(g) + "; needs " + needs(g)
		switch {
		case seen[line]:
		case len(seen) < toldLosses:
			seen[line] = true
			fmt.Fprintln(w, "probity: "+printable(line))
		default:
			more++
		}
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
		if what == "" {
			what = c.On.Root
		}
		tell(what, *c.Gap)
	}
	if more > 0 {
		fmt.Fprintf(w, "probity: %d more losses: -o html=FILE shows all\n", more)
	}
	return nil
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
