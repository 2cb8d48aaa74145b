package dashboard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// trend is what does not hold, scan by scan, as columns. Places are percents of the width and pixels of the height.
type trend struct {
	ID, Title, Words string
	Columns          []column
	Top              string // what the line at the top stands for
	First, Last      string // days
	FirstX           string
	Severities       []reports.Segment // for the legend: those that there are
	AnyPartial       bool
}

// Newest are the columns, the newest first.
func (t trend) Newest() []column {
	out := slices.Clone(t.Columns)
	slices.Reverse(out)
	return out
}

// Of is how many fail with a severity.
func (c column) Of(severity string) int64 { return c.By[probity.Severity(severity)] }

type column struct {
	At       time.Time
	Scan     string
	State    history.State
	X, W     string
	Parts    []columnPart
	N        int
	By       map[probity.Severity]int64
	Partial  bool // the scan was incomplete
	Unknowns int64
}

type columnPart struct {
	Class string
	Y, H  string
}

// The plot in the picture, in pixels, and how many columns it has at least and at most.
const (
	plotTop, plotHigh = 18.0, 104.0
	fewColumns        = 14
	mostColumns       = 60
)

// trendOf is what failed at each scan, by it and the newest scans of other series until then.
func (a *ask) trendOf(id string, scans []history.PostureMoment) trend {
	t := trend{ID: id, Title: a.in.Say("What does not hold, scan by scan")}
	for _, s := range scans {
		c := column{At: s.Started, Scan: s.Scan, State: s.State, By: s.Together.Failing, Partial: s.State == history.Incomplete, Unknowns: s.Together.Verdicts[probity.Unknown]}
		for _, failing := range c.By {
			c.N += int(failing)
		}
		t.Columns = append(t.Columns, c)
	}
	if n := len(t.Columns); n > mostColumns {
		t.Columns = t.Columns[n-mostColumns:]
	}
	t.draw(a)
	return t
}

func (t *trend) draw(a *ask) {
	if len(t.Columns) == 0 {
		return
	}
	top := 1
	for _, c := range t.Columns {
		top = max(top, c.N)
	}
	slots := max(len(t.Columns), fewColumns)
	width := 100 / float64(slots)
	seen := map[probity.Severity]bool{}
	for i := range t.Columns {
		c := &t.Columns[i]
		t.AnyPartial = t.AnyPartial || c.Partial
		c.X = fmt.Sprintf("%.3f%%", width*(float64(slots-len(t.Columns)+i)+.22))
		c.W = fmt.Sprintf("%.3f%%", width*.56)
		y := plotTop + plotHigh
		for _, s := range probity.Severity("").Values() { // the worst at the bottom, where columns are compared best
			severity := probity.Severity(s)
			n := c.By[severity]
			if n == 0 {
				continue
			}
			seen[severity] = true
			h := max(plotHigh*float64(n)/float64(top), 1)
			y -= h
			c.Parts = append(c.Parts, columnPart{Class: string(severity), Y: fmt.Sprintf("%.1f", y), H: fmt.Sprintf("%.1f", h)})
		}
	}
	for _, s := range probity.Severity("").Values() {
		if seen[probity.Severity(s)] {
			t.Severities = append(t.Severities, reports.Segment{Class: s, Name: a.in.Say(s)})
		}
	}
	first, last := t.Columns[0], t.Columns[len(t.Columns)-1]
	t.Top, t.First, t.FirstX = a.in.Number(top), a.in.Day(first.At), first.X
	if len(t.Columns) > 1 {
		t.Last = a.in.Day(last.At)
	}
	if slots > fewColumns/2 && len(t.Columns) < fewColumns/3 { // the two days would stand on one another
		t.First = ""
	}
	t.Words = a.in.Say("{n} scan|{n} scans", len(t.Columns)) + ": " + a.in.Say("from {n} on {first} to {now} on {last}; at most {top}", first.N, a.in.Day(first.At), last.N, a.in.Day(last.At), top)
}

// picture is the data map drawn: a disc for the stores of each category in each country.
type picture struct {
	Words   string
	W, H    int
	Columns []label
	Rows    []pictureRow

	CopiesX, ReadersX int // where columns of numbers end

	Nowhere bool // of some stores the country is not known
}

// label is a text in a picture.
type label struct {
	X, Y int
	Text string
}

type pictureRow struct {
	label
	Top             int // of the line above it
	Base            int // of its text
	Discs           []disc
	Copies, Readers string
}

// disc stands for stores.
type disc struct {
	X, Y    int
	TX, TY  int // of the number
	R, N    string
	On      bool // the number stands in the disc
	Nowhere bool // nobody knows the country
}

// Measures of the picture, in pixels.
const (
	pictureLeft  = 150
	pictureCell  = 104
	pictureWide  = 620
	pictureHigh  = 54
	pictureHead  = 30
	mostCountry  = 12
	pictureTail  = 180
	pictureRMost = 24.0
	pictureRMin  = 4.0
)

// shorter cuts a text that stands in a picture.
func shorter(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// several lists things: "a, b, and 3 more".
func (a *ask) several(all []string) string {
	const most = 24
	if n := len(all) - most; n > 0 {
		return a.in.Say("{things} and {n} more", strings.Join(all[:most], "; "), n)
	}
	return strings.Join(all, "; ")
}

// neighbours is a store drawn between those that it comes from and those that come from it.
type neighbours struct {
	Words     string
	W, H      int
	Self      box
	Left      []box
	Right     []box
	MoreLeft  int
	MoreRight int
}

// box is a store in a picture, and the way that leads to or from it.
type box struct {
	X, Y, W, H int
	TX, TY, WY int // where its name and its word stand
	Name, Word string
	Way, Head  string // paths: the way, and the arrow at its end
}

const (
	boxWide   = 220
	boxHigh   = 46
	boxGap    = 14
	boxAcross = 110
	mostBoxes = 5
)

// neighbours draws where data of a store comes from and goes to; nil where nothing is known of that.
func (a *ask) neighbours(p history.AssetPage) *neighbours {
	n := &neighbours{}
	var left, right []linked
	for _, l := range p.Links {
		if flows(l.Kind) {
			left = append(left, linked{l, a.linkWord(l.Kind)})
		}
	}
	for _, l := range p.Linked {
		if flows(l.Kind) {
			right = append(right, linked{l, a.backWord(l.Kind)})
		}
	}
	if len(left)+len(right) == 0 {
		return nil
	}
	var words []string
	for _, l := range append(left[:len(left):len(left)], right...) {
		words = append(words, l.Word+": "+cmp.Or(l.Asset.Name, l.Asset.Asset.ID))
	}
	n.Words = a.several(words)
	n.MoreLeft, n.MoreRight = max(len(left)-mostBoxes, 0), max(len(right)-mostBoxes, 0)
	left, right = left[:min(len(left), mostBoxes)], right[:min(len(right), mostBoxes)]
	most := max(len(left), len(right), 1)
	n.H = most*(boxHigh+boxGap) + 8
	const step = boxWide + boxAcross
	self := 1
	if len(left) > 0 {
		self += step
	}
	n.Self, n.W = boxAt(self, n.H/2-boxHigh/2), self+boxWide
	if len(right) > 0 {
		n.W += step
	}
	n.Self.Name = shorter(cmp.Or(p.Row.Name, p.Row.Asset.ID), 26)
	n.Self.Word = string(p.Row.Kind)
	place := func(of []linked, x int, to bool) (out []box) {
		top := (n.H - len(of)*(boxHigh+boxGap) + boxGap) / 2
		for i, l := range of {
			b := boxAt(x, top+i*(boxHigh+boxGap))
			b.Name, b.Word = shorter(cmp.Or(l.Asset.Name, l.Asset.Asset.ID), 26), shorter(l.Word, 30)
			y, middle := b.Y+boxHigh/2, n.Self.Y+boxHigh/2
			if to {
				b.Way, b.Head = way(b.X+boxWide, y, n.Self.X, middle), head(n.Self.X, middle)
			} else {
				b.Way, b.Head = way(n.Self.X+boxWide, middle, b.X, y), head(b.X, y)
			}
			out = append(out, b)
		}
		return out
	}
	n.Left, n.Right = place(left, 1, true), place(right, self+step, false)
	return n
}

func boxAt(x, y int) box {
	return box{X: x, Y: y, W: boxWide - 2, H: boxHigh, TX: x + 12, TY: y + 19, WY: y + 36}
}

// way is a curve from one place to another, level at both ends.
func way(x1, y1, x2, y2 int) string {
	half := (x2 - x1) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+half, y1, x2-half, y2, x2-4, y2)
}

// head is an arrow that ends at a place, from the left.
func head(x, y int) string { return fmt.Sprintf("M%d %dl-9 -5v10z", x-1, y) }

// flows reports whether data follows a link.
func flows(k probity.LinkKind) bool {
	switch k {
	case probity.CopyOf, probity.ReplicaOf, probity.SnapshotOf, probity.ReadsFrom, probity.ContainedIn, probity.LogsTo:
		return true
	}
	return false
}
