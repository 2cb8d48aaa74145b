package aws

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	probity "github.com/probity-scan/probity"
)

func cloudTrailService() service {
	return service{name: "cloudtrail", id: "CloudTrail",
		lists: []string{"aws_cloudtrail", "aws_cloudtrail_event_data_store"},
		calls: append(calls("DescribeTrails", "ListEventDataStores"),
			apiece(calls("GetTrailStatus", "GetEventSelectors", "GetEventDataStore", "ListTags")...)...),
		read: func(r *reader) {
			api := cloudtrail.NewFromConfig(r.cfg)
			trails := ask(r, api.DescribeTrails, &cloudtrail.DescribeTrailsInput{}) // with those that other regions lend to this one
			if o := listed(r, trails, "aws_cloudtrail"); o != nil {
				for _, t := range o.TrailList {
					readTrail(r, api, t, trails.at)
				}
			}
			many(r, list(r, api.ListEventDataStores, &cloudtrail.ListEventDataStoresInput{},
				func(p *cloudtrail.ListEventDataStoresOutput) []types.EventDataStore { return p.EventDataStores }, "aws_cloudtrail_event_data_store"),
				func(s types.EventDataStore, at *probity.Origin) {
					t, _ := eventDataStore(r, api, s, at)
					r.add(t)
				})
		}}
}

// readTrail: each region that a trail sees lists it. Its home tells the rest; where that is not scanned, it is asked from here.
func readTrail(r *reader, api *cloudtrail.Client, t types.Trail, at *probity.Origin) {
	arn, home := value(t.TrailARN), value(t.HomeRegion)
	_, owner := ofARN(arn)
	thing := Thing{Type: "aws_cloudtrail", ARN: arn, At: at, Attrs: attrs{
		"name":                       t.Name,
		"region":                     t.HomeRegion,
		"kms_key_id":                 keyOf(t.KmsKeyId),
		"is_multi_region_trail":      t.IsMultiRegionTrail,
		"enable_log_file_validation": t.LogFileValidationEnabled,
		"is_organization_trail":      t.IsOrganizationTrail,
		"s3_bucket_name":             nil,
		"cloud_watch_logs_group_arn": t.CloudWatchLogsLogGroupArn,
		"delivered":                  nil,
	}, Also: func(a *probity.Asset) {
		if owner != "" {
			a.Scope.Account = owner
		}
		if value(t.IsOrganizationTrail) { // what its owner's account alone does not tell: that it sees this one
			a.Links = a.Links.With(probity.Link{Kind: probity.ReadsFrom, To: Account(r.account, "")})
		}
	}}
	if name := value(t.S3BucketName); name != "" {
		thing.Attrs["s3_bucket_name"] = "arn:" + partition(r.region) + ":s3:::" + name
	}
	if home != r.region && r.scans(home) {
		later := unread{probity.Gap{Reason: probity.NotCollected, Because: "its home region tells: " + home}}
		for _, name := range []string{"enable_logging", "event_selector", "advanced_event_selector", "delivered", "tags"} {
			thing.Attrs[name] = later
		}
		r.add(thing)
		return
	}
	elsewhere := func(o *cloudtrail.Options) { o.Region = home }
	status := ask(r, inRegion(api.GetTrailStatus, elsewhere), &cloudtrail.GetTrailStatusInput{Name: &arn})
	selectors := ask(r, inRegion(api.GetEventSelectors, elsewhere), &cloudtrail.GetEventSelectorsInput{TrailName: &arn})
	thing.Attrs["enable_logging"] = status.get(func(o *cloudtrail.GetTrailStatusOutput) any { return o.IsLogging })
	thing.Attrs["delivered"] = status.get(func(o *cloudtrail.GetTrailStatusOutput) any {
		if o.LatestCloudWatchLogsDeliveryTime == nil {
			return nil
		}
		return o.LatestCloudWatchLogsDeliveryTime.UTC().Format(time.RFC3339)
	})
	thing.Attrs["event_selector"] = selectors.get(func(o *cloudtrail.GetEventSelectorsOutput) any { return each(o.EventSelectors, eventSelector) })
	thing.Attrs["advanced_event_selector"] = selectors.get(func(o *cloudtrail.GetEventSelectorsOutput) any {
		return each(o.AdvancedEventSelectors, advancedSelector)
	})
	thing.Attrs["tags"] = trailTags(r, api, arn)
	r.add(thing)
}

func trailTags(r *reader, api *cloudtrail.Client, arn string) any {
	return askFor(r, r.tagPaths(), api.ListTags, &cloudtrail.ListTagsInput{ResourceIdList: []string{arn}}).get(func(o *cloudtrail.ListTagsOutput) any {
		var all []types.Tag
		for _, l := range o.ResourceTagList {
			all = append(all, l.TagsList...)
		}
		return tags(all, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
}

func eventSelector(s types.EventSelector) any {
	return attrs{
		"read_write_type":           text(string(s.ReadWriteType)),
		"include_management_events": s.IncludeManagementEvents,
		"data_resource": each(s.DataResources, func(d types.DataResource) any {
			return attrs{"type": d.Type, "values": d.Values}
		}),
	}
}

func advancedSelector(s types.AdvancedEventSelector) any {
	return attrs{"field_selector": each(s.FieldSelectors, func(f types.AdvancedFieldSelector) any {
		return attrs{"field": f.Field, "equals": f.Equals, "starts_with": f.StartsWith, "ends_with": f.EndsWith,
			"not_equals": f.NotEquals, "not_starts_with": f.NotStartsWith, "not_ends_with": f.NotEndsWith}
	})}
}
