package reports

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
)

// worstStore is a store to look at first.
type worstStore struct {
	probity.Ref
	ID       string // of its place in the register
	Counts   map[probity.Severity]int
	Findings int
}

// Parts are its findings by severity, the worst first.
func (w worstStore) Parts() []Segment {
	var out []Segment
	for _, s := range probity.Severity("").Values() {
		if n := w.Counts[probity.Severity(s)]; n > 0 {
			out = append(out, Segment{Class: s, Name: s, N: n})
		}
	}
	return out
}

// ranking keeps the worst stores while outcomes go by, asset by asset.
type ranking struct {
	at  worstStore
	top []worstStore
}

func (r *ranking) outcome(o probity.Outcome) {
	if o.Asset != r.at.Ref {
		r.settle()
		r.at = worstStore{Ref: o.Asset, Counts: map[probity.Severity]int{}}
	}
	if o.Verdict != probity.Fail {
		return
	}
	for _, f := range o.Findings {
		if f.Stands() {
			r.at.Counts[cmp.Or(known(f.Risk.Severity), probity.Low)]++
			r.at.Findings++
		}
	}
}

// settle puts the store that went by in its place, if it has one.
func (r *ranking) settle() {
	if r.at.Findings == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(r.top, r.at, func(a, b worstStore) int { return cmp.Or(byWorst(a, b), -1) }) // after its equals
	if i < worstStores {
		r.top = slices.Insert(r.top, i, r.at)
		r.top = r.top[:min(len(r.top), worstStores)]
	}
	r.at = worstStore{}
}

// byWorst orders stores by their findings, severity by severity.
func byWorst(a, b worstStore) int {
	for _, s := range probity.Severity("").Values() {
		if n := b.Counts[probity.Severity(s)] - a.Counts[probity.Severity(s)]; n != 0 {
			return n
		}
	}
	return b.Findings - a.Findings
}

// close ends the walk and gives each of the worst its place in the page.
func (r *ranking) close() (top []worstStore, linked map[probity.Ref]string) {
	r.settle()
	linked = map[probity.Ref]string{}
	for i := range r.top {
		r.top[i].ID = fmt.Sprintf("store-%d", i+1)
		linked[r.top[i].Ref] = r.top[i].ID
	}
	return r.top, linked
}
