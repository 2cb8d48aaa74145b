package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	eventBus        = "aws_cloudwatch_event_bus"
	eventBusPolicy  = "aws_cloudwatch_event_bus_policy"
	eventPermission = "aws_cloudwatch_event_permission"
	eventArchive    = "aws_cloudwatch_event_archive"
	eventTarget     = "aws_cloudwatch_event_target"
)

func events() service {
	return service{kinds: map[probity.Kind][]string{kinds.EventBus: {eventBus}, kinds.EventArchive: {eventArchive}},
		types: []string{eventBus, eventBusPolicy, eventPermission, eventArchive, eventTarget}, read: (*estate).buses}
}

func (e *estate) buses() []probity.Asset {
	const by = "event_bus_name"
	for _, t := range []string{eventBusPolicy, eventPermission, eventTarget} {
		for _, r := range e.byType[t] {
			if !r.Get(by).Set() && r.Rest == nil {
				r.Attrs[by] = resource.Value{Data: "default", At: r.At} // every account has one of this name
			}
		}
	}
	splits, rest := e.beside(eventBus, by, []string{"name"}, eventBusPolicy, eventPermission)
	sent, _ := e.beside(eventBus, by, []string{"name"}, eventTarget)
	out := e.each(eventBus, func(r *resource.Resource) probity.Asset { return e.bus(r, splits[r.Addr], sent[r.Addr]) })
	for _, s := range rest.sorted() {
		a := e.stray(s, kinds.EventBus, s.name)
		a.Exposure.Declared.Policy = s.said(eventBusPolicy, "policy")
		a.Exposure.Declared.ACL = listed(permitted(s))
		a.Settings = probity.SettingsOf(kinds.Bus{})
		out = append(out, a)
	}
	return append(out, e.each(eventArchive, e.archive)...)
}

func (e *estate) bus(r *resource.Resource, s, sent *split) probity.Asset {
	a := e.asset(r, kinds.EventBus, r.Get("name").String())
	a.Aliases = append(a.Aliases, r.Addr+".name")
	e.encrypted(&a, r.Get("kms_key_identifier"), kinds.EventsAtRest(), probity.ProviderOwned)
	a.Exposure.Declared.Policy = ruled(s, eventBusPolicy, "policy", optional(r.Get("policy"), kinds.NoPolicy("event bus")))
	targets := e.sends(&a, sent)
	a.Exposure.Declared.ACL = e.receiving(permitted(s), targets)
	a.Settings = probity.SettingsOf(kinds.Bus{Targets: targets})
	return a
}

// receiving adds the accounts that the rules of a bus send events to: whoever gets them reads them.
func (e *estate) receiving(acl probity.List[probity.Grant], targets probity.List[string]) probity.List[probity.Grant] {
	told := []string{e.place.Scope.Account}
	for _, arn := range targets.Items {
		if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 && len(parts[4]) == 12 && !contains(told, parts[4]) {
			told = append(told, parts[4])
			acl = acl.With(grant(parts[4], []string{"events:PutTargets"}))
		}
	}
	if _, gap := targets.Value(); gap != nil {
		return probity.Open(*gap, targets.From(), acl.Items...)
	}
	return acl
}

// sends are where the rules of a bus send events. What keeps them there holds what the bus held.
func (e *estate) sends(a *probity.Asset, s *split) probity.List[string] {
	var out []string
	gap := s.doubt[eventTarget]
	for _, t := range s.parts[eventTarget] {
		v := t.Get("arn")
		switch d := v.Data.(type) {
		case string:
			out = append(out, d)
			if Keeps(d) {
				e.receives(v, probity.CopyOf, a.Ref)
			}
		case resource.Ref:
			out = append(out, d.Text())
			if contains(eventStores(), d.Type) {
				e.receives(v, probity.CopyOf, a.Ref)
			}
		default:
			g := v.Why()
			gap = &g
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if gap != nil {
		return probity.Open(*gap, s.owner.At, out...)
	}
	return probity.Whole(s.owner.At, out...)
}

// eventStores are the types of what keeps or hands on the events that a rule sends to it.
func eventStores() []string {
	return []string{"aws_sqs_queue", "aws_sns_topic", "aws_kinesis_stream", "aws_kinesis_firehose_delivery_stream", "aws_cloudwatch_log_group", eventBus}
}

// Keeps reports whether an ARN is of such.
func Keeps(arn string) bool {
	parts := strings.SplitN(arn, ":", 4)
	return len(parts) == 4 && contains([]string{"sqs", "sns", "kinesis", "firehose", "logs", "events"}, parts[2]) && !strings.Contains(arn, ":api-destination/")
}

// permitted are the accounts that single permissions let in.
func permitted(s *split) probity.List[probity.Grant] {
	gap := s.doubt[eventPermission]
	out := []probity.Grant{}
	at := s.owner.At
	for _, r := range s.parts[eventPermission] {
		at = r.At
		if r.Maybe != nil && r.Maybe != s.owner.Maybe {
			gap = r.Maybe
			continue
		}
		who := r.Get("principal")
		if key, value := r.Get("condition", "key"), r.Get("condition", "value"); key.Set() {
			if key.String() == "" || value.String() == "" {
				g := value.Why()
				gap = &g
				continue
			}
			out = append(out, grant(key.String()+"="+value.String(), []string{"events:PutEvents"}))
		} else if who.String() != "" {
			out = append(out, grant(who.String(), []string{"events:PutEvents"}))
		} else {
			g := who.Why()
			gap = &g
		}
	}
	if len(out) == 0 && gap == nil {
		return kinds.EventGrants()
	}
	if gap != nil {
		return probity.Open(*gap, at, out...)
	}
	return probity.Whole(at, out...)
}

func (e *estate) archive(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EventArchive, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_key_identifier"), kinds.EventsAtRest(), probity.ProviderOwned)
	e.link(&a, probity.CopyOf, r.Get("event_source_arn"))
	a.Retention.Rules = kept(r.Get("retention_days").Int(kinds.ArchiveDays()))
	return a
}
