package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

// eventTargets are where the rules of a bus send events: stores of this account and of others.
func eventTargets(r *reader, api *eventbridge.Client, bus, arn string) {
	target := func(id string, to any, at *probity.Origin) {
		r.add(Thing{Type: "aws_cloudwatch_event_target", ID: arn + "/targets/" + id, At: at, Attrs: attrs{"event_bus_name": bus, "arn": to}})
	}
	if !r.wants("settings.targets", "labels") {
		target("none", unwanted(), r.at("eventbridge:ListRules"))
		return
	}
	for page, err := range pages(r.ctx, api.ListRules, &eventbridge.ListRulesInput{EventBusName: &bus}) {
		if err != nil {
			target("rules", unread{r.permits.gap(err)}, r.at("eventbridge:ListRules"))
			return
		}
		for _, rule := range page.Rules {
			if rule.State != types.RuleStateDisabled {
				ruleTargets(r, api, bus, value(rule.Name), target)
			}
		}
	}
}

// ruleTargets: what is elsewhere and keeps events holds what the bus held, as the estate says of what is here.
func ruleTargets(r *reader, api *eventbridge.Client, bus, rule string, target func(id string, to any, at *probity.Origin)) {
	at := r.at("eventbridge:ListTargetsByRule")
	for page, err := range pages(r.ctx, api.ListTargetsByRule, &eventbridge.ListTargetsByRuleInput{EventBusName: &bus, Rule: &rule}) {
		if err != nil {
			target(rule, unread{r.permits.gap(err)}, at)
			return
		}
		for _, t := range page.Targets {
			arn := value(t.Arn)
			target(rule+"/"+value(t.Id), arn, at)
			if region, account := ofARN(arn); region != "" && (region != r.region || account != r.account) && estate.Keeps(arn) {
				r.copied(arn, r.arn("events", "event-bus/"+bus), at)
			}
		}
	}
}
