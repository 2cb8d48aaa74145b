package privacy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Estate is what a scan knows of the stores that matter here: those with personal data or an activity, those that nobody could
// look into, and copies of all these.
type Estate struct {
	Scan       probity.Header
	Now        time.Time
	Activities []probity.Activity // declared, in their order; those that no store serves too
	Stores     []probity.Asset    // sorted by Ref
	Lost       int                // things that could not be read
	Unlisted   []probity.Coverage // what may hold stores that nobody knows: listings that were lost
	More       int                // such listings beside those
	Undeclared bool               // no activity was declared anywhere
	in         *language.Language // of texts; nil: English, as JSON is
	declared   Declared
	unseen     []Unseen
	unseenAt   map[missing]int
	estimates  map[probity.Ref]int // rows, as the server of a table thinks
	undecided  map[probity.Ref]int // rules that could not decide
	findings   map[probity.Ref]map[probity.Severity]int
	copies     map[probity.Ref][]edge // of a store, by what it is a copy of
	inside     map[probity.Ref][]probity.Ref
	at         map[probity.Ref]int
}

// edge is a copy and the kind of its link.
type edge struct {
	to  probity.Ref
	how probity.LinkKind
	gap *probity.Gap
}

// Of reads a scan. Declared is what probity.yaml says, where it was given: the scan itself knows those activities alone that a
// store serves, and of these what rules read.
func Of(scan probity.Scan, declared Declared, now time.Time) (*Estate, error) {
	e := &Estate{Scan: scan.Header, Now: now, Activities: slices.Clone(declared.Activities), declared: declared, findings: map[probity.Ref]map[probity.Severity]int{},
		copies: map[probity.Ref][]edge{}, inside: map[probity.Ref][]probity.Ref{}, at: map[probity.Ref]int{},
		unseenAt: map[missing]int{}, estimates: map[probity.Ref]int{}, undecided: map[probity.Ref]int{}}
	e.Lost = len(scan.Trouble)
	for v, err := range scan.Coverage {
		if err != nil {
			return nil, err
		}
		e.covered(v)
		if v.Gap != nil && v.Gap.Reason.Loss() {
			e.Lost++
			if v.Path == "" && len(e.Unlisted) >= 3 {
				e.More++
			} else if v.Path == "" {
				e.Unlisted = append(e.Unlisted, v)
			}
		}
	}
	for a, err := range scan.Assets {
		if err != nil {
			return nil, err
		}
		e.asset(a)
	}
	slices.SortFunc(e.Stores, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	for i, a := range e.Stores {
		e.at[a.Ref] = i
	}
	for i := range e.Stores {
		e.lean(&e.Stores[i])
	}
	for o, err := range scan.Outcomes {
		if err != nil {
			return nil, err
		}
		e.outcome(o)
	}
	e.Undeclared = len(e.Activities) == 0
	return e, nil
}

// asset keeps what is needed of a store; guards hold no data.
func (e *Estate) asset(a probity.Asset) {
	for range probity.Losses(&a) {
		e.Lost++
		break
	}
	for _, x := range a.Activities.Items {
		if !slices.ContainsFunc(e.Activities, func(y probity.Activity) bool { return y.ID == x.ID }) {
			e.Activities = append(e.Activities, x)
		}
	}
	for _, l := range a.Links.Items {
		switch l.Kind {
		case probity.CopyOf, probity.ReplicaOf, probity.SnapshotOf:
			e.copies[l.To] = append(e.copies[l.To], edge{a.Ref, l.Kind, l.Gap})
		case probity.ContainedIn:
			e.inside[l.To] = append(e.inside[l.To], a.Ref)
		}
	}
	switch a.Class {
	case probity.Key, probity.Network, probity.Identity, probity.Account, probity.Compute:
		if len(a.Labels.Items)+len(a.Activities.Items) == 0 {
			return
		}
	}
	e.unread(a)
	if f, ok := a.Settings["estimate"]; ok {
		if v, known := f.Get(); known {
			if n, err := strconv.ParseFloat(fmt.Sprint(v), 64); err == nil && n > 0 { // a number of JSON, or of a scan that just ended
				e.estimates[a.Ref] = int(n)
			}
		}
	}
	a.Settings, a.Exposure.Declared, a.Former, a.Ignores = nil, probity.Declared{}, nil, nil
	e.Stores = append(e.Stores, a)
}

func (e *Estate) outcome(o probity.Outcome) {
	if o.Verdict == probity.Unknown {
		e.undecided[o.Asset]++
	}
	if o.Verdict != probity.Fail {
		return
	}
	for _, f := range o.Findings {
		if e.findings[f.Asset] == nil {
			e.findings[f.Asset] = map[probity.Severity]int{}
		}
		e.findings[f.Asset][f.Risk.Severity]++
	}
}

// spoken is the estate in a language.
func (e *Estate) spoken(in *language.Language) *Estate {
	x := *e
	x.in = in
	return &x
}

// store gives a store by its Ref.
func (e *Estate) store(r probity.Ref) (probity.Asset, bool) {
	i, ok := e.at[r]
	if !ok {
		return probity.Asset{}, false
	}
	return e.Stores[i], true
}

// serving are the stores of an activity.
func (e *Estate) serving(id string) []probity.Asset {
	var out []probity.Asset
	for i := range e.Stores {
		if slices.ContainsFunc(e.Stores[i].Activities.Items, func(x probity.Activity) bool { return x.ID == id }) {
			out = append(out, e.Stores[i])
		}
	}
	return out
}

// own are the labels that were found in the store itself, not in what it holds or was copied from.
func own(a probity.Asset) []probity.Label {
	return slices.DeleteFunc(slices.Clone(a.Labels.Items), func(l probity.Label) bool { return l.Inherited != nil })
}

// read says why what is inside a store is not known: empty where all of it was read.
func (e *Estate) read(a probity.Asset) string {
	_, g := a.Labels.Value()
	if g == nil {
		return ""
	}
	return notKnown(e.in, g)
}

// isDeclared reports whether a person said that the data is there and nobody looked for it.
func isDeclared(l probity.Label) bool { return l.Sample.Method == "declared" }

// name is the store for people: its ID, before it the root.
func name(r probity.Ref) string {
	if r.Root == "" {
		return r.ID
	}
	return r.Root + ": " + r.ID
}

// sorted are different texts in order.
func sorted(s []string) []string {
	slices.Sort(s)
	return slices.Compact(slices.DeleteFunc(s, func(t string) bool { return t == "" }))
}

func list(s []string, none string) string { return cmp.Or(strings.Join(s, ", "), none) }

// bare is how many activities are known from the scan alone.
func (e *Estate) bare() int {
	n := 0
	for _, a := range e.Activities {
		if _, ok := e.declared.Details[a.ID]; !ok {
			n++
		}
	}
	return n
}

// warnings say what is not known of the whole.
func (e *Estate) warnings(in *language.Language) []string {
	var out []string
	if e.Lost > 0 {
		out = append(out, in.Say("The scan is incomplete: {n} thing could not be read. What is not listed here is not known to be absent.|The scan is incomplete: {n} things could not be read. What is not listed here is not known to be absent.", e.Lost))
	}
	for _, u := range e.Unlisted {
		what := cmp.Or(u.On.ID, u.Scope.Account, in.Say("the target"))
		if u.Kind != "" {
			what = in.Say("{kind} of {place}", string(u.Kind), what)
		}
		out = append(out, in.Say("Stores may exist that are not listed: {what}: {why}", what, reports.Because(in, *u.Gap)))
	}
	if e.More > 0 {
		out = append(out, in.Say("Stores may exist that are not listed: {n} more listing was lost.|Stores may exist that are not listed: {n} more listings were lost.", e.More))
	}
	if n := e.bare(); n > 0 {
		out = append(out, in.Say("Of {n} activity only what the scan holds is known: its probity.yaml was not read (--config). Contacts, safeguards and measures are in that file.|Of {n} activities only what the scan holds is known: their probity.yaml was not read (--config). Contacts, safeguards and measures are in that file.", n))
	}
	if e.Undeclared {
		out = append(out, in.Say("No activity is declared in probity.yaml: purposes, subjects, recipients, countries and periods are not known."))
	}
	return out
}
