package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	guardDuty        = "aws_guardduty_detector"
	guardDutyFeature = "aws_guardduty_detector_feature"
	macie            = "aws_macie2_account"
	analyzer         = "aws_accessanalyzer_analyzer"
	recorder         = "aws_config_configuration_recorder"
	recorderStatus   = "aws_config_configuration_recorder_status"
)

func watching() service {
	return service{kinds: map[probity.Kind][]string{kinds.GuardDuty: {guardDuty}, kinds.Macie: {macie}, kinds.AccessAnalyzer: {analyzer}, kinds.ConfigRecorder: {recorder}},
		types: []string{guardDuty, guardDutyFeature, macie, analyzer, recorder, recorderStatus}, read: (*estate).watches}
}

func (e *estate) watches() []probity.Asset {
	features, _ := e.beside(guardDuty, "detector_id", nil, guardDutyFeature)
	out := e.each(guardDuty, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.GuardDuty, "")
		a.Settings = probity.SettingsOf(kinds.Watch{On: r.Get("enable").Bool(kinds.WatchOn()), Features: e.detectorFeatures(r, features[r.Addr])})
		return a
	})
	out = append(out, e.each(macie, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.Macie, "")
		a.Settings = probity.SettingsOf(kinds.Watch{On: is(r.Get("status"), "ENABLED", kinds.WatchOn()), Features: discovery(r.Get("automated_discovery"))})
		return a
	})...)
	out = append(out, e.each(analyzer, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.AccessAnalyzer, r.Get("analyzer_name").String())
		a.Settings = probity.SettingsOf(kinds.Watch{On: is(r.Get("status"), "ACTIVE", probity.Known(true, r.At)), Type: r.Get("type").Text(kinds.AnalyzerType()),
			Findings: texts(r.Get("findings"), probity.List[string]{})})
		return a
	})...)
	started, _ := e.beside(recorder, "name", []string{"name"}, recorderStatus)
	return append(out, e.each(recorder, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.ConfigRecorder, r.Get("name").String())
		on := kinds.WatchOff()
		switch status, gap := started[r.Addr].part(recorderStatus); {
		case gap != nil:
			on = probity.Missing[bool](*gap, r.At)
		case status != nil:
			on = status.Get("is_enabled").Bool(probity.Fact[bool]{})
		}
		a.Settings = probity.SettingsOf(kinds.Watch{On: on, Missed: missed(r.Get("recording_group"))})
		return a
	})...)
}

// missed are the types of stores and keys that a recorder leaves out: all types are recorded, all but some, or some.
func missed(v resource.Value) probity.List[string] {
	all := within(v, "all_supported")
	if on, known := all.Bool(kinds.WatchOn()).Get(); !v.Set() || on && known {
		return listedNone(v, kinds.RecorderMissed())
	} else if !known {
		return probity.Open[string](all.Why(), v.At)
	}
	but := within(v, "exclusion_by_resource_types")
	named, out := within(v, "resource_types"), true
	if b, _ := but.Blocks(); len(b) > 0 && void(named) {
		named, out = b[0].Get("resource_types"), false
	}
	types := texts(named, probity.Whole[string](v.At))
	_, gap := types.Value()
	var left []string
	for _, t := range kinds.RecordedTypes() {
		if contains(types.Items, t) != out && (gap == nil || !out) {
			left = append(left, t)
		}
	}
	if gap != nil {
		return probity.Open(*gap, v.At, left...)
	}
	return probity.Whole(v.At, left...)
}

// discovery is what Macie does by itself, which accounts alone tell.
func discovery(v resource.Value) probity.List[string] {
	switch on, known := is(v, "ENABLED", probity.Fact[bool]{}).Get(); {
	case !v.Set():
		return probity.List[string]{}
	case !known:
		return probity.Open[string](v.Why(), v.At)
	case on:
		return probity.Whole(v.At, "AUTOMATED_DISCOVERY")
	}
	return probity.Whole[string](v.At)
}

// is whether a value is this word.
func is(v resource.Value, word string, def probity.Fact[bool]) probity.Fact[bool] {
	if !v.Set() {
		return def
	}
	return resource.Map(v.Text(probity.Fact[string]{}), func(s string) bool { return s == word })
}

// detectorFeatures are those that are on: all that a detector has at first, but for what is switched off by either of the two
// ways to say so.
func (e *estate) detectorFeatures(r *resource.Resource, s *split) probity.List[string] {
	def, _ := kinds.DetectorFeatures().Value()
	out, gap := slices.Clone(def.([]string)), s.doubt[guardDutyFeature]
	if e.place.listed() {
		out = nil // a provider tells of each that is on
	} else if len(s.parts[guardDutyFeature]) == 0 && gap == nil && !r.Get("datasources").Set() {
		return kinds.DetectorFeatures()
	}
	set := func(name string, on bool) {
		out = slices.DeleteFunc(out, func(n string) bool { return n == name })
		if on {
			out = append(out, name)
		}
	}
	if logs := r.Get("datasources", "s3_logs", "enable"); logs.Set() {
		on, known := logs.Bool(probity.Fact[bool]{}).Get()
		if set("S3_DATA_EVENTS", on); !known {
			gap = first(logs.Gap(), gap)
		}
	}
	for _, f := range s.parts[guardDutyFeature] {
		on, known := is(f.Get("status"), "ENABLED", probity.Known(false, f.At)).Get()
		name := f.Get("name").String()
		switch {
		case name == "":
			return probity.Open[string](probity.Gap{Reason: probity.Unresolved, Because: f.Addr + " switches a feature"}, r.At)
		case !known:
			set(name, false)
			gap = &probity.Gap{Reason: probity.Unresolved, Because: f.Addr + " may switch it on"}
		default:
			set(name, on)
		}
	}
	if gap != nil {
		return probity.Open(*gap, r.At, out...)
	}
	return probity.Whole(r.At, out...)
}
