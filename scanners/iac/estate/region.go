package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// region tells of a listed region whether what should guard the data in it is there at all: only a listing shows that
// something is missing. Code is a part of an account, and tells nothing of the kind.
func (e *estate) region(all []*probity.Asset) *probity.Asset {
	if !e.place.listed() || e.place.Scope.Region == "" {
		return nil
	}
	s := listing{estate: e, all: all}
	s.data = s.any(kinds.KeepsData)
	s.buckets = s.any(func(k probity.Kind) bool { return k == kinds.S3Bucket })
	is := func(want ...probity.Kind) func(*probity.Asset) bool {
		return func(a *probity.Asset) bool { return slices.Contains(want, a.Kind) }
	}
	settings := kinds.Account{
		Analyzed:   s.guard(s.data, "no analyzer of access from outside", looksOutside, analyzer),
		Detected:   s.guard(s.data, "no detector", is(kinds.GuardDuty), guardDuty),
		Recorded:   s.guard(s.data, "no recorder", is(kinds.ConfigRecorder), recorder),
		Discovered: s.discovery(),
		Planned:    s.guard(s.data, "no plan of backups", is(kinds.BackupPlan), backupPlan),
		Trailed:    s.guard(s.data, "no trail", is(kinds.CloudTrail, kinds.EventStore), trail, eventStore),
	}
	if !slices.ContainsFunc([]probity.Fact[bool]{settings.Analyzed, settings.Detected, settings.Recorded, settings.Discovered, settings.Planned, settings.Trailed},
		func(f probity.Fact[bool]) bool { return !f.IsZero() }) {
		return nil // nobody asked for any
	}
	a := &probity.Asset{Ref: e.place.On, Name: e.place.Scope.Account, Kind: kinds.AWSAccount, Class: probity.Account, Scope: e.place.Scope}
	elsewhere(a, &settings)
	a.Settings = probity.SettingsOf(settings)
	return a
}

// looksOutside: an analyzer of another type looks for what nobody uses, or at the inside.
func looksOutside(a *probity.Asset) bool {
	typ, _ := a.Settings["type"].Get()
	return a.Kind == kinds.AccessAnalyzer && (typ == "ACCOUNT" || typ == "ORGANIZATION")
}

// listing is what a provider listed in a region.
type listing struct {
	*estate
	all           []*probity.Asset
	data, buckets probity.Fact[bool]
}

// any is whether something of some kinds is in the region. That nothing is there takes every listing of them.
func (l *listing) any(kind func(probity.Kind) bool) probity.Fact[bool] {
	for _, a := range l.all {
		if kind(a.Kind) {
			return probity.Known(true, &probity.Origin{Derived: []probity.Evidence{{Asset: a.Ref, Fact: "kind", Value: string(a.Kind), Origin: a.Origin}}})
		}
	}
	for k, types := range typesOf(services()) {
		if !kind(k) {
			continue
		}
		if gap, at := l.untold(types); gap != nil {
			return probity.Missing[bool](*gap, at)
		}
	}
	return probity.Known(false, nil)
}

// untold is why things of some types may be in the region that were not listed.
func (l *listing) untold(types []string) (*probity.Gap, *probity.Origin) {
	if !slices.ContainsFunc(types, func(t string) bool { return contains(l.place.Types, t) }) {
		return &probity.Gap{Reason: probity.NotCollected, Because: "not every service was asked"}, nil
	}
	for _, t := range types {
		if loss := l.unlisted(t); loss != nil {
			return &loss.Gap, loss.Origin
		}
	}
	return nil, nil
}

// guard is whether what should guard is there, of a region that has something to guard.
func (l *listing) guard(needed probity.Fact[bool], none string, is func(*probity.Asset) bool, types ...string) probity.Fact[bool] {
	for _, a := range l.all {
		if is(a) {
			return probity.Known(true, &probity.Origin{Derived: []probity.Evidence{{Asset: a.Ref, Fact: "kind", Value: string(a.Kind), Origin: a.Origin}}})
		}
	}
	if !slices.ContainsFunc(types, func(t string) bool { return contains(l.place.Types, t) }) {
		return probity.Fact[bool]{}
	}
	if gap, at := l.untold(types); gap != nil {
		return probity.Missing[bool](*gap, at)
	}
	switch yes, known := needed.Get(); {
	case !known:
		_, gap := needed.Value()
		return probity.Missing[bool](*gap, needed.From())
	case !yes:
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "nothing that it would guard lies in the region"}, nil)
	}
	from := append([]probity.Evidence{{Asset: l.place.On, Fact: "kind", Value: none}}, needed.From().Derived...)
	return probity.Known(false, &probity.Origin{Derived: from})
}

// discovery is whether Macie looks through the buckets of the region by itself.
func (l *listing) discovery() probity.Fact[bool] {
	for _, a := range l.all {
		if a.Kind != kinds.Macie {
			continue
		}
		for _, name := range []string{"on", "features"} {
			v, gap := a.Settings[name].Value()
			if gap != nil {
				return probity.Missing[bool](*gap, a.Settings[name].From())
			}
			if names, _ := v.([]string); contains(names, "AUTOMATED_DISCOVERY") {
				return probity.Known(true, a.Settings[name].From())
			} else if v == false {
				break
			}
		}
	}
	return l.guard(l.buckets, "no discovery by Macie", func(*probity.Asset) bool { return false }, macie)
}
