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
	on := func(want probity.Kind) func(*probity.Asset) probity.Fact[bool] {
		return func(a *probity.Asset) probity.Fact[bool] {
			if a.Kind != want {
				return probity.Known(false, nil)
			}
			return switched(a, "on")
		}
	}
	settings := kinds.Account{
		Analyzed:   s.guard(s.data, "no analyzer of access from outside", looksOutside, analyzer),
		Detected:   s.guard(s.data, "no detector that is on", on(kinds.GuardDuty), guardDuty),
		Recorded:   s.guard(s.data, "no recorder that is on", on(kinds.ConfigRecorder), recorder),
		Discovered: s.discovery(),
		Planned:    s.guard(s.data, "no plan of backups", func(a *probity.Asset) probity.Fact[bool] { return probity.Known(a.Kind == kinds.BackupPlan, nil) }, backupPlan),
		Trailed:    s.guard(s.data, "no trail of calls that runs", records, trail, eventStore),
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
func looksOutside(a *probity.Asset) probity.Fact[bool] {
	typ, _ := a.Settings["type"].Get()
	if a.Kind != kinds.AccessAnalyzer || typ != "ACCOUNT" && typ != "ORGANIZATION" {
		return probity.Known(false, nil)
	}
	return switched(a, "on")
}

// records: a store of events may keep what services send, or the reads of one store, and no calls that change the account.
func records(a *probity.Asset) probity.Fact[bool] {
	if a.Kind != kinds.CloudTrail && a.Kind != kinds.EventStore {
		return probity.Known(false, nil)
	}
	return both(switched(a, "logging"), switched(a, "management_events"))
}

// switched is a setting of an asset that is on or off.
func switched(a *probity.Asset, setting string) probity.Fact[bool] {
	f := a.Settings[setting]
	v, gap := f.Value()
	if gap != nil {
		return probity.Missing[bool](*gap, f.From())
	}
	return probity.Known(v == true, f.From())
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

// guard is whether what should guard is there and does so, of a region that has something to guard.
func (l *listing) guard(needed probity.Fact[bool], none string, guards func(*probity.Asset) probity.Fact[bool], types ...string) probity.Fact[bool] {
	found := probity.Known(false, nil)
	for _, a := range l.all {
		f := guards(a)
		if f.Is(func(yes bool) bool { return yes }) {
			return probity.Known(true, &probity.Origin{Derived: []probity.Evidence{{Asset: a.Ref, Fact: "kind", Value: string(a.Kind), Origin: a.Origin}}})
		}
		found = either(found, f)
	}
	if !slices.ContainsFunc(types, func(t string) bool { return contains(l.place.Types, t) }) {
		return probity.Fact[bool]{}
	}
	if gap, at := l.untold(types); gap != nil {
		return probity.Missing[bool](*gap, at)
	}
	if _, known := found.Get(); !known {
		return found
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
	return l.guard(l.buckets, "no discovery by Macie", func(*probity.Asset) probity.Fact[bool] { return probity.Known(false, nil) }, macie)
}
