package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// A computed text is not cty's unknown, which would swallow every template and document that it stands in, but a
// placeholder: private characters around a number, marked with that number. What passes the text on keeps the
// placeholder in it; a value that bears the mark and not the placeholder was worked out from an unknown text, and is unknown.
const (
	placeOpen  = "\ue000"
	placeClose = "\ue001"
)

// holds marks a value that a placeholder went into.
type holds int

// why marks an unknown value with the reason.
type why probity.Gap

func unresolved(needs string) cty.Value {
	return cty.DynamicVal.Mark(why{Reason: probity.Unresolved, Needs: needs})
}

func unevaluated(because string) cty.Value {
	return cty.DynamicVal.Mark(why{Reason: probity.Unresolved, Because: because})
}

func computed(what string) cty.Value {
	return cty.DynamicVal.Mark(why{Reason: probity.Computed, Because: what})
}

// placeholder is the value of a computed attribute that is a text.
func (r *Root) placeholder(ref resource.Ref) cty.Value {
	n, ok := r.refIndex[ref]
	if !ok {
		n = len(r.refs)
		r.refs = append(r.refs, ref)
		r.refIndex[ref] = n
	}
	return cty.StringVal(placeOpen + strconv.Itoa(n) + placeClose).Mark(holds(n))
}

// opaque reports whether a placeholder went into the value.
func (r *Root) opaque(v cty.Value) bool {
	if !v.ContainsMarked() {
		return false
	}
	for m := range deepMarks(v) {
		if _, ok := m.(holds); ok {
			return true
		}
	}
	return false
}

func deepMarks(v cty.Value) cty.ValueMarks {
	_, marks := v.UnmarkDeep()
	return marks
}

// gap says why a value with these marks is not known.
func (r *Root) gap(marks cty.ValueMarks) (probity.Gap, []resource.Ref) {
	var gaps []probity.Gap
	var refs []resource.Ref
	for m := range marks {
		switch m := m.(type) {
		case why:
			gaps = append(gaps, probity.Gap(m))
		case holds:
			refs = append(refs, r.refs[m])
		}
	}
	slices.SortFunc(refs, func(a, b resource.Ref) int { return strings.Compare(a.Addr+"."+a.Attr, b.Addr+"."+b.Attr) })
	for _, f := range refs {
		gaps = append(gaps, f.Gap)
	}
	if len(gaps) == 0 && isConcealed(marks) {
		return filtered(), refs
	}
	if len(gaps) == 0 {
		return probity.Gap{Reason: probity.Computed}, refs
	}
	// what somebody can supply is told before what only an apply can
	slices.SortFunc(gaps, func(a, b probity.Gap) int {
		if c := -strings.Compare(string(a.Reason), string(b.Reason)); c != 0 {
			return c
		}
		return strings.Compare(a.Needs+a.Because, b.Needs+b.Because)
	})
	return gaps[0], refs
}

// parts splits a text at its placeholders.
func (r *Root) parts(s string) (shown string, refs []resource.Ref, exact bool) {
	if !strings.Contains(s, placeOpen) {
		return s, nil, false
	}
	var b strings.Builder
	rest := s
	for {
		before, after, ok := strings.Cut(rest, placeOpen)
		b.WriteString(before)
		if !ok {
			break
		}
		num, tail, ok := strings.Cut(after, placeClose)
		n, err := strconv.Atoi(num)
		if !ok || err != nil || n < 0 || n >= len(r.refs) {
			rest = after
			continue
		}
		refs = append(refs, r.refs[n])
		b.WriteString(r.refs[n].Text())
		exact = before == "" && tail == "" && len(refs) == 1
		rest = tail
	}
	return b.String(), refs, exact
}
