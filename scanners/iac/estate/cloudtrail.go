package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	trail      = "aws_cloudtrail"
	eventStore = "aws_cloudtrail_event_data_store"
)

func cloudTrail() service {
	return service{kinds: map[probity.Kind][]string{kinds.CloudTrail: {trail}, kinds.EventStore: {eventStore}}, types: []string{trail, eventStore}, read: func(e *estate) []probity.Asset {
		return append(e.trails(), e.each(eventStore, e.eventStore)...)
	}}
}

// eventStore keeps events itself, for years unless told.
func (e *estate) eventStore(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EventStore, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_key_id"), kinds.EventStoreAtRest(), probity.ProviderOwned)
	a.Retention.Rules = kept(r.Get("retention_period").Int(kinds.EventStoreDays()))
	a.Resilience.DeletionProtection = r.Get("termination_protection_enabled").Bool(kinds.TrailOn("protection of event data stores from deletion"))
	own := kinds.Trail{
		MultiRegion:     r.Get("multi_region_enabled").Bool(kinds.TrailOn("all regions in an event data store")),
		Validation:      probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it writes no files"}, r.At),
		Logging:         certain(r, kinds.TrailOn("event data stores that ingest")),
		Organisation:    r.Get("organization_enabled").Bool(kinds.TrailOff("other accounts")),
		DataEvents:      dataEvents(r),
		ManagementAudit: managementEvents(r),
		ToLogGroup:      probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it keeps the events itself"}, r.At),
	}
	if v := r.Get("suspend"); v.Set() {
		own.Logging = certain(r, resource.Map(v.Bool(probity.Fact[bool]{}), func(off bool) bool { return !off }))
	}
	a.Settings = probity.SettingsOf(own)
	return a
}

func (e *estate) trails() []probity.Asset {
	var out []probity.Asset
	for _, r := range e.byType[trail] {
		a := e.asset(r, kinds.CloudTrail, r.Get("name").String())
		key := r.Get("kms_key_id")
		a.Encryption.AtRest = kinds.S3AtRest() // its files lie in a bucket
		e.key(&a, key, probity.ProviderOwned, kinds.S3AtRest().From())
		e.link(&a, probity.LogsTo, r.Get("s3_bucket_name"))
		group := r.Get("cloud_watch_logs_group_arn")
		a.Settings = probity.SettingsOf(kinds.Trail{
			MultiRegion:     r.Get("is_multi_region_trail").Bool(kinds.TrailOff("other regions")),
			Validation:      r.Get("enable_log_file_validation").Bool(kinds.TrailOff("signed log files")),
			Logging:         certain(r, r.Get("enable_logging").Bool(kinds.TrailOn("logging"))), // a trail that may not be there may not log
			Organisation:    r.Get("is_organization_trail").Bool(kinds.TrailOff("other accounts")),
			DataEvents:      dataEvents(r),
			ManagementAudit: managementEvents(r),
			ToLogGroup:      present(group, probity.Known(true, group.At), answered(group, kinds.TrailOff("group of CloudWatch Logs"))),
			Delivered:       optional(r.Get("delivered"), kinds.TrailDelivered()),
		})
		out = append(out, a)
	}
	return out
}

// dataEvents are the ARN prefixes whose reads and writes are recorded.
func dataEvents(r *resource.Resource) probity.List[string] {
	basic, advanced := r.Get("event_selector"), r.Get("advanced_event_selector")
	if !basic.Set() && !advanced.Set() {
		return kinds.TrailDataEvents()
	}
	var out []string
	at := basic.At
	blocks, gap := basic.Blocks()
	for _, b := range blocks {
		if t := b.Get("read_write_type"); t.Set() && t.String() != "All" {
			gap = first(t.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "a selector records reads or writes only"}, gap)
			continue
		}
		resources, rest := b.Get("data_resource").Blocks()
		gap = first(gap, rest)
		for _, d := range resources {
			items, more := texts(placeholders(d.Get("values")), probity.Whole[string](at)).Value()
			gap = first(gap, more)
			out = append(out, items.([]string)...)
		}
	}
	if advanced.Set() {
		more, rest := advancedEvents(advanced)
		out, gap, at = append(out, more...), first(gap, rest), advanced.At
	}
	if gap != nil {
		return probity.Open(*gap, at, out...)
	}
	return probity.Whole(at, out...)
}

// placeholders are texts in which a store that has no name yet stands by its address, as it does in a longer text.
func placeholders(v resource.Value) resource.Value {
	list, ok := v.Data.(resource.List)
	if !ok {
		return v
	}
	out := resource.List{Rest: list.Rest}
	for _, item := range list.Items {
		if ref, ok := item.Data.(resource.Ref); ok {
			item.Data = ref.Text()
		}
		out.Items = append(out.Items, item)
	}
	v.Data = out
	return v
}

// advancedEvents reads selectors of whole types, and of stores by their ARNs; finer conditions leave the list open.
func advancedEvents(v resource.Value) (out []string, gap *probity.Gap) {
	selectors, gap := v.Blocks()
	for _, s := range selectors {
		fields, rest := s.Get("field_selector").Blocks()
		gap = first(gap, rest)
		data, fine, prefix, stores := false, false, []string(nil), []string(nil)
		for _, f := range fields {
			items, more := texts(placeholders(f.Get("equals")), probity.Whole[string](v.At)).Value()
			gap = first(gap, more)
			values := items.([]string)
			switch f.Get("field").String() {
			case "eventCategory":
				data = contains(values, "Data")
			case "resources.type":
				for _, t := range values {
					if arn, ok := map[string]string{"AWS::S3::Object": "arn:aws:s3", "AWS::DynamoDB::Table": "arn:aws:dynamodb"}[t]; ok {
						prefix = append(prefix, arn)
					}
				}
			case "resources.ARN":
				begins, rest := texts(f.Get("starts_with"), probity.Whole[string](v.At)).Value()
				gap = first(gap, rest)
				stores = append(stores, values...)
				for _, b := range begins.([]string) {
					stores = append(stores, b+"*")
				}
				for _, other := range []string{"ends_with", "not_equals", "not_starts_with", "not_ends_with"} {
					fine = fine || f.Get(other).Set()
				}
			default:
				fine = true
			}
		}
		if len(stores) > 0 {
			prefix = stores
		}
		if data && fine {
			gap = first(gap, &probity.Gap{Reason: probity.Unresolved, Because: "an advanced selector records a part only"})
		} else if data {
			out = append(out, prefix...)
		}
	}
	return out, gap
}

func managementEvents(r *resource.Resource) probity.Fact[bool] {
	basic, advanced := r.Get("event_selector"), r.Get("advanced_event_selector")
	switch {
	case advanced.Set():
		selectors, rest := advanced.Blocks()
		for _, s := range selectors {
			fields, _ := s.Get("field_selector").Blocks()
			for _, f := range fields {
				items, _ := texts(f.Get("equals"), probity.Whole[string](advanced.At)).Value()
				if f.Get("field").String() == "eventCategory" && strings.Contains(strings.Join(items.([]string), ","), "Management") {
					return probity.Known(true, advanced.At)
				}
			}
		}
		if rest != nil {
			return probity.Missing[bool](*rest, advanced.At)
		}
		return probity.Known(false, advanced.At)
	case basic.Set():
		return r.Get("event_selector", "include_management_events").Bool(kinds.TrailOn("management events"))
	}
	return kinds.TrailOn("management events")
}
