package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	probity "github.com/probity-scan/probity"
)

// eventDataStore also reports whether it may record what is done in other regions than its own.
func eventDataStore(r *reader, api *cloudtrail.Client, s types.EventDataStore, at *probity.Origin) (t Thing, sees bool) {
	arn := value(s.EventDataStoreArn)
	said := ask(r, api.GetEventDataStore, &cloudtrail.GetEventDataStoreInput{EventDataStore: &arn})
	of := func(get func(*cloudtrail.GetEventDataStoreOutput) any) any { return said.get(get) }
	t = Thing{Type: "aws_cloudtrail_event_data_store", ARN: arn, At: at, Attrs: attrs{
		"name":                           s.Name,
		"kms_key_id":                     of(func(o *cloudtrail.GetEventDataStoreOutput) any { return keyOf(o.KmsKeyId) }),
		"retention_period":               of(func(o *cloudtrail.GetEventDataStoreOutput) any { return o.RetentionPeriod }),
		"termination_protection_enabled": of(func(o *cloudtrail.GetEventDataStoreOutput) any { return o.TerminationProtectionEnabled }),
		"multi_region_enabled":           of(func(o *cloudtrail.GetEventDataStoreOutput) any { return o.MultiRegionEnabled }),
		"organization_enabled":           of(func(o *cloudtrail.GetEventDataStoreOutput) any { return o.OrganizationEnabled }),
		"advanced_event_selector": of(func(o *cloudtrail.GetEventDataStoreOutput) any {
			return each(o.AdvancedEventSelectors, advancedSelector)
		}),
		"event_selector": nil,
		"suspend":        of(func(o *cloudtrail.GetEventDataStoreOutput) any { return o.Status != types.EventDataStoreStatusEnabled }),
		"tags":           trailTags(r, api, arn),
	}}
	if said.out != nil {
		t.Created = said.out.CreatedTimestamp
	}
	return t, said.out == nil || value(said.out.MultiRegionEnabled)
}

// eventStoresBeyond asks the regions that a scan leaves out, in which no unit lists anything: a store of events at home there may
// record what is done in those that are scanned. A region lists its own alone (CloudTrail API Reference, ListEventDataStores).
func eventStoresBeyond() service {
	return service{name: "cloudtrail", id: "CloudTrail", lists: []string{"aws_cloudtrail_event_data_store"},
		calls: append(calls("ListEventDataStores"), apiece(calls("GetEventDataStore", "ListTags")...)...),
		read: func(r *reader) {
			if !r.wants("audit") {
				return
			}
			many(r, over(r.target.beyond), func(region string, _ *probity.Origin) {
				api := cloudtrail.NewFromConfig(r.cfg, func(o *cloudtrail.Options) { o.Region = region })
				at := r.at("cloudtrail:ListEventDataStores")
				for page, err := range pages(r.ctx, api.ListEventDataStores, &cloudtrail.ListEventDataStoresInput{}) {
					if err != nil {
						r.lose(r.accepted(r.permits.gap(err), region), at, "aws_cloudtrail_event_data_store")
						return
					}
					for _, s := range page.EventDataStores {
						if t, sees := eventDataStore(r, api, s, at); sees {
							t.Attrs["region"] = region
							r.add(t)
						}
					}
				}
			})
		}}
}
