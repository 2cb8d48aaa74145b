package aws

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	probity "github.com/probity-scan/probity"
)

func logsService() service {
	return service{name: "logs", id: "CloudWatch Logs",
		lists: []string{"aws_cloudwatch_log_group", "aws_cloudwatch_log_resource_policy", "aws_cloudwatch_log_destination"},
		calls: append(calls("DescribeLogGroups", "DescribeAccountPolicies", "DescribeResourcePolicies", "DescribeDestinations"),
			apiece(calls("DescribeSubscriptionFilters", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := cloudwatchlogs.NewFromConfig(r.cfg)
			everywhere := subscribedByAccount(r, api)
			many(r, list(r, api.DescribeLogGroups, &cloudwatchlogs.DescribeLogGroupsInput{},
				func(p *cloudwatchlogs.DescribeLogGroupsOutput) []types.LogGroup { return p.LogGroups }, "aws_cloudwatch_log_group"),
				func(g types.LogGroup, at *probity.Origin) { readLogGroup(r, api, g, everywhere, at) })
			logPolicies(r, api)
			r.logDestinations(api)
		}}
}

func readLogGroup(r *reader, api *cloudwatchlogs.Client, g types.LogGroup, everywhere []attrs, at *probity.Origin) {
	name := value(g.LogGroupName)
	arn := r.arn("logs", "log-group:"+name)
	masked := g.DataProtectionStatus == types.DataProtectionStatusActivated || slices.Contains(g.InheritedProperties, types.InheritedPropertyAccountDataProtection)
	t := Thing{Type: "aws_cloudwatch_log_group", ARN: arn, ID: name, Names: []string{arn + ":*"}, Created: milliseconds(g.CreationTime), At: at, Attrs: attrs{
		"name":              name,
		"kms_key_id":        keyOf(g.KmsKeyId),
		"retention_in_days": value(g.RetentionInDays),
		"data_protected":    masked,
		"skip_destroy":      onlyCode{},
	}}
	if g.DeletionProtectionEnabled != nil {
		t.Also = func(a *probity.Asset) {
			a.Resilience.DeletionProtection = probity.Known(*g.DeletionProtectionEnabled, at)
		}
	}
	t.Attrs["tags"] = logTags(r, api, &arn)
	r.add(t)
	const part = "aws_cloudwatch_log_subscription_filter"
	for i, a := range everywhere {
		r.add(Thing{Type: part, ID: arn + "/account-policies/" + strconv.Itoa(i), At: r.at("logs:DescribeAccountPolicies"), Attrs: attrs{"log_group_name": name, "destination_arn": a["destination_arn"]}})
	}
	if !r.wants("settings.subscriptions", "labels") {
		r.add(Thing{Type: part, ID: arn + "/subscriptions", At: at, Attrs: attrs{"log_group_name": name,
			"destination_arn": unread{probity.Gap{Reason: probity.NotCollected, Because: "no chosen rule reads it"}}}})
		return
	}
	for page, err := range pages(r.ctx, api.DescribeSubscriptionFilters, &cloudwatchlogs.DescribeSubscriptionFiltersInput{LogGroupName: &name}) {
		at := r.at("logs:DescribeSubscriptionFilters")
		if err != nil {
			r.add(Thing{Type: part, ID: arn + "/subscriptions", At: at, Attrs: attrs{"log_group_name": name, "destination_arn": unread{r.permits.gap(err)}}})
			return
		}
		for _, f := range page.SubscriptionFilters {
			r.add(Thing{Type: part, ID: arn + "/subscriptions/" + value(f.FilterName), At: at, Attrs: attrs{"log_group_name": name, "destination_arn": f.DestinationArn}})
		}
	}
}

// subscribedByAccount are the subscriptions that hold for all log groups of the region, unless they select some.
func subscribedByAccount(r *reader, api *cloudwatchlogs.Client) []attrs {
	said := askFor(r, paths("settings.subscriptions", "labels"), api.DescribeAccountPolicies,
		&cloudwatchlogs.DescribeAccountPoliciesInput{PolicyType: types.PolicyTypeSubscriptionFilterPolicy})
	if said.gap != nil {
		return []attrs{{"destination_arn": unread{*said.gap}}}
	}
	var out []attrs
	for _, p := range said.out.AccountPolicies {
		var document struct {
			DestinationArn string `json:"DestinationArn"`
		}
		err := json.Unmarshal([]byte(value(p.PolicyDocument)), &document)
		switch {
		case err != nil || document.DestinationArn == "":
			out = append(out, attrs{"destination_arn": unread{probity.Gap{Reason: probity.Unreadable, Because: "the account's subscription names no destination"}}})
		case value(p.SelectionCriteria) != "":
			out = append(out, attrs{"destination_arn": unread{probity.Gap{Reason: probity.Unresolved, Because: "the account's subscription selects some log groups"}}})
		default:
			out = append(out, attrs{"destination_arn": document.DestinationArn})
		}
	}
	return out
}

// logDestinations are ways by which log groups feed streams, with the policies that let other accounts in.
func (r *reader) logDestinations(api *cloudwatchlogs.Client) {
	many(r, list(r, api.DescribeDestinations, &cloudwatchlogs.DescribeDestinationsInput{},
		func(p *cloudwatchlogs.DescribeDestinationsOutput) []types.Destination { return p.Destinations }, "aws_cloudwatch_log_destination"),
		func(d types.Destination, at *probity.Origin) {
			r.add(Thing{Type: "aws_cloudwatch_log_destination", ARN: value(d.Arn), ID: value(d.DestinationName), Created: milliseconds(d.CreationTime), At: at, Attrs: attrs{
				"name": d.DestinationName, "target_arn": d.TargetArn, "tags": logTags(r, api, d.Arn)}})
			r.add(Thing{Type: "aws_cloudwatch_log_destination_policy", ID: value(d.Arn) + "/policy", At: at, Attrs: attrs{
				"destination_name": d.DestinationName, "access_policy": policyText(d.AccessPolicy)}})
		})
}

func logTags(r *reader, api *cloudwatchlogs.Client, arn *string) any {
	return askFor(r, r.tagPaths(), api.ListTagsForResource, &cloudwatchlogs.ListTagsForResourceInput{ResourceArn: arn}).get(
		func(o *cloudwatchlogs.ListTagsForResourceOutput) any { return o.Tags })
}

// logPolicies are the policies of the region. They have no ARN.
func logPolicies(r *reader, api *cloudwatchlogs.Client) {
	for p, at := range list(r, api.DescribeResourcePolicies, &cloudwatchlogs.DescribeResourcePoliciesInput{}, func(p *cloudwatchlogs.DescribeResourcePoliciesOutput) []types.ResourcePolicy {
		return p.ResourcePolicies
	}, "aws_cloudwatch_log_resource_policy") {
		r.add(Thing{Type: "aws_cloudwatch_log_resource_policy", ID: strings.Join([]string{Account(r.account, r.region).ID, "log-policies", value(p.PolicyName)}, "/"), At: at,
			Attrs: attrs{"policy_name": p.PolicyName, "policy_document": text(value(p.PolicyDocument)), "tags": nil}})
	}
}
