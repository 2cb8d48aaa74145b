package estate

import (
	"path"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const backupSelection = "aws_backup_selection"

// backing is what a plan does for the stores that one of its selections takes.
type backing struct {
	by         *resource.Resource
	days       probity.Fact[int]
	continuous bool
}

func (e *estate) backings() []backing {
	out := []backing{}
	for _, s := range e.byType[backupSelection] {
		b := backing{by: s}
		plan, isRef := s.Get("plan_id").Data.(resource.Ref)
		if p := e.byAddr[plan.Addr]; isRef && p != nil && p.Type == backupPlan {
			b.days, b.continuous = longest(p)
		} else {
			b.days = probity.Missing[int](probity.Gap{Reason: probity.Unresolved, Because: "the plan of " + s.Addr + " is not in this root"}, s.At)
		}
		out = append(out, b)
	}
	return out
}

// longest is how long the rule of a plan keeps that keeps longest, and whether one of them is continuous.
func longest(plan *resource.Resource) (probity.Fact[int], bool) {
	rules, gap := plan.Get("rule").Blocks()
	most, continuous := 0, false
	for _, rule := range rules {
		days := rule.Get("lifecycle", "delete_after").Int(kinds.PlanKeeps())
		n, known := days.Get()
		switch {
		case !known:
			_, g := days.Value()
			gap = first(gap, g)
		case n <= 0:
			most = kinds.ForEver()
		default:
			most = max(most, n)
		}
		on, _ := rule.Get("enable_continuous_backup").Bool(probity.Fact[bool]{}).Get()
		continuous = continuous || on
	}
	if gap = first(gap, plan.Maybe); gap != nil {
		return probity.Missing[int](*gap, plan.At), continuous
	}
	return probity.Known(most, plan.At), continuous
}

// week is what every rule on backups is content with: to know that a store has more does not matter to it.
const week = 7

// backUp gives a store the backups that plans make of it. A selection that may take it leaves open whether too few are all.
func (e *estate) backUp(a *probity.Asset) {
	arn := kinds.BackedUp(a.Kind)
	if arn == "" {
		return
	}
	if e.backing == nil {
		e.backing = e.backings()
	}
	own := a.Resilience.BackupDays
	few := own.Is(func(n int) bool { return n < week })
	doubt := func(g probity.Gap, at *probity.Origin) {
		if few {
			a.Resilience.BackupDays = probity.Missing[int](g, at)
		}
	}
	if l := e.loss(a.ID); l != nil {
		doubt(l.Doubt(), l.Origin)
	}
	if l := e.unlisted(backupSelection); l != nil {
		doubt(l.Gap, l.Origin)
	}
	best, at := 0, (*probity.Origin)(nil)
	for _, b := range e.backing {
		taken, why := b.takes(a, arn)
		if taken == yes && b.by.Maybe != nil && e.byAddr[a.ID] != nil && e.byAddr[a.ID].Maybe != b.by.Maybe {
			taken, why = maybe, b.by.Addr+" may not exist"
		}
		days, known := b.days.Get()
		switch {
		case taken == no:
		case taken == maybe:
			doubt(probity.Gap{Reason: probity.Unresolved, Because: why}, b.by.At)
		case !known:
			_, g := b.days.Value()
			doubt(*g, b.by.At)
		case days > best:
			best, at = days, b.by.At
		}
		if taken == yes && b.continuous && kinds.Continuous(a.Kind) && a.Resilience.PointInTime.Is(func(on bool) bool { return !on }) {
			a.Resilience.PointInTime = probity.Known(true, b.by.At)
		}
	}
	if n, known := own.Get(); best > 0 && (!known || best > n) {
		a.Resilience.BackupDays = probity.Known(best, at)
	}
}

// match is whether a selection takes a store.
type match int

const (
	no match = iota
	maybe
	yes
)

// takes weighs a selection: resources by ARN, and tags of which one must be there (selection_tag) or all (condition). What
// is named by a pattern alone is taken only where the account has opted in for the service, which no code tells.
func (b backing) takes(a *probity.Asset, arn string) (match, string) {
	wide := b.by.Addr + " names stores by a pattern, and holds where the account has opted in"
	if left, _ := named(b.by.Get("not_resources"), a, arn); left == yes {
		return no, ""
	} else if left == maybe {
		return maybe, b.by.Addr + " may leave it out"
	}
	resources := b.by.Get("resources")
	found, pattern := named(resources, a, arn)
	if found == maybe {
		return maybe, b.by.Addr + " may name it"
	}
	tags, conditions := b.by.Get("selection_tag"), b.by.Get("condition")
	if conditions.Set() {
		if resources.Set() && found == no {
			return no, ""
		}
		return meets(conditions, a), b.by.Addr + " asks for tags that are not known"
	}
	if tags.Set() {
		switch has := bears(tags, a); {
		case has == yes && (!resources.Set() || found == yes):
			return yes, ""
		case has == no && (!resources.Set() || found == no):
			return no, ""
		}
		return maybe, b.by.Addr + " asks for tags as well"
	}
	if pattern {
		return b.opted(a), wide
	}
	return found, b.by.Addr + " may name it"
}

// opted reports whether the region makes backups of a store that a pattern alone names. A provider tells, code does not.
func (b backing) opted(a *probity.Asset) match {
	in := texts(b.by.Get("opted_in"), probity.List[string]{})
	if _, gap := in.Value(); gap != nil {
		return maybe
	}
	types := kinds.BackupTypes(a.Kind)
	isIn := func(typ string) bool { return contains(in.Items, typ) }
	switch {
	case !slices.ContainsFunc(types, isIn):
		return no
	case slices.ContainsFunc(types, func(typ string) bool { return !isIn(typ) }):
		return maybe
	}
	return yes
}

// named looks for a store among ARNs; pattern tells that nothing but a pattern names it.
func named(list resource.Value, a *probity.Asset, arn string) (found match, pattern bool) {
	items, rest := list.Each()
	if rest != nil {
		found = maybe
	}
	for _, i := range items {
		switch d := i.Data.(type) {
		case resource.Ref:
			if d.Addr == a.ID {
				return yes, false
			}
		case string:
			switch m := spells(d, a, arn); {
			case m == yes && !strings.Contains(d, "*"):
				return yes, false
			case m > found:
				found = m
			}
		case resource.Template:
			if strings.Contains(d.Text, "${"+a.ID+".") {
				return yes, false
			}
		default:
			if i.Set() {
				found = max(found, maybe)
			}
		}
	}
	return found, found == yes
}

// spells compares an ARN or a pattern with what is known of a store's.
func spells(text string, a *probity.Asset, arn string) match {
	if text == "*" || contains(a.Aliases, text) {
		return yes
	}
	if strings.HasPrefix(a.ID, "arn:") {
		if globs(text, a.ID) {
			return yes
		}
		return no
	}
	part := strings.SplitN(text, ":", 6)
	if len(part) < 6 {
		return no
	}
	service, prefix, _ := strings.Cut(arn, ":")
	if !globs(part[2], service) {
		return no
	}
	name, pattern := a.Name, strings.Contains(part[5], "*")
	switch {
	case a.Kind == kinds.EBSVolume || a.Kind == kinds.EFSFileSystem || a.Kind == kinds.FSxFileSystem:
		name = "" // its ID is made by the provider
	}
	switch {
	case name != "" && globs(part[5], prefix+name):
		return yes
	case name == "" && pattern && globs(part[5], prefix+"x"):
		return yes
	case name == "" && strings.HasPrefix(part[5], prefix):
		return maybe
	}
	return no
}

// globs: an asterisk stands for anything, slashes too.
func globs(pattern, text string) bool {
	flat := func(s string) string {
		return strings.NewReplacer("/", "\x00", "[", "\x01", "?", "\x02", `\`, "\x03").Replace(s)
	}
	ok, err := path.Match(flat(pattern), flat(text))
	return ok && err == nil
}

// bears reports whether a store bears one of the tags.
func bears(tags resource.Value, a *probity.Asset) match {
	blocks, rest := tags.Blocks()
	out := no
	if rest != nil {
		out = maybe
	}
	for _, b := range blocks {
		out = max(out, tagged(b, a, func(value, want string) bool { return value == want }, false))
	}
	return out
}

// meets reports whether a store's tags meet all conditions.
func meets(conditions resource.Value, a *probity.Asset) match {
	out := yes
	blocks, rest := conditions.Blocks()
	if rest != nil {
		out = maybe
	}
	equal := func(value, want string) bool { return value == want }
	like := func(value, want string) bool { return globs(want, value) }
	for _, b := range blocks {
		for _, c := range []struct {
			name   string
			is     func(value, want string) bool
			negate bool
		}{{"string_equals", equal, false}, {"string_like", like, false}, {"string_not_equals", equal, true}, {"string_not_like", like, true}} {
			wanted, more := b.Get(c.name).Blocks()
			if more != nil {
				out = min(out, maybe)
			}
			for _, w := range wanted {
				out = min(out, tagged(w, a, c.is, c.negate))
			}
		}
	}
	return out
}

// tagged compares one tag; negate turns what is known around.
func tagged(b *resource.Block, a *probity.Asset, is func(value, want string) bool, negate bool) match {
	tags, known := a.Tags.Get()
	key := strings.TrimPrefix(b.Get("key").String(), "aws:ResourceTag/")
	want, told := b.Get("value").Text(probity.Fact[string]{}).Get()
	if !known || key == "" || !told {
		return maybe
	}
	value, has := tags[key]
	if (has && is(value, want)) != negate {
		return yes
	}
	return no
}
