package docs

import (
	"fmt"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// frameworksIndex lists the frameworks, with how many of their controls a scan can tell something of.
func frameworksIndex(c *policies.Corpus) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Frameworks\n\n%sLaws and standards, and what a scan can tell of each of their controls. *Automatic*: the rules named decide. *Partly*: they give evidence, and a person "+
		"must look at the rest. *Manual*: no scan can tell, and why. Nothing here says that a control is met: reports speak of evidence for and against. Titles are in our words; the "+
		"text of the law or standard counts. Whether a framework applies is worked out from [what is declared](../configuration.md#organisation) and found.\n\n"+
		"| framework | title | version | controls | automatic | partly | manual | to check |\n|---|---|---|---|---|---|---|---|\n", stamp)
	for _, f := range c.Frameworks {
		n, doubts := modes(f)
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %d | %d | %d | %d | %d |\n", f.ID, f.ID, cell(f.Title), cell(f.Version), len(f.Controls), n[probity.Automatic], n[probity.Partly], n[probity.Manual], doubts)
	}
	return b.String()
}

func frameworkPage(f probity.Framework, rules []probity.Rule) string {
	var b strings.Builder
	n, _ := modes(f)
	fmt.Fprintf(&b, "# %s\n\n%s`%s`, %s. %s, as of %s.\n\nApplies: %s\n\nIn a scan that holds where %s.\n\n%d controls: %d automatic, %d partly, %d manual.\n\n"+
		"| control | title | mode | rules | what is left |\n|---|---|---|---|---|\n", text(f.Title), stamp, f.ID, text(f.Version), text(f.Publisher), f.AsOf, text(f.Applies), text(f.When.String()),
		len(f.Controls), n[probity.Automatic], n[probity.Partly], n[probity.Manual])
	for _, k := range f.Controls {
		var ids []string
		for _, r := range rules {
			if r.Serves(k) {
				ids = append(ids, fmt.Sprintf("[%s](../rules.md#%s)", r.ID, r.ID))
			}
		}
		left := cell(k.Why)
		if k.Doubt != "" {
			left = strings.TrimSpace(left + " *To check: " + cell(k.Doubt) + "*")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", cell(k.ID), cell(k.Title), k.Mode, strings.Join(ids, ", "), left)
	}
	return b.String()
}

func modes(f probity.Framework) (n map[probity.Mode]int, doubts int) {
	n = map[probity.Mode]int{}
	for _, k := range f.Controls {
		n[k.Mode]++
		if k.Doubt != "" {
			doubts++
		}
	}
	return n, doubts
}
