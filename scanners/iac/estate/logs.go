package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	logGroup        = "aws_cloudwatch_log_group"
	logMask         = "aws_cloudwatch_log_data_protection_policy"
	logSubscription = "aws_cloudwatch_log_subscription_filter"
	logAccount      = "aws_cloudwatch_log_account_policy"
	logPolicy       = "aws_cloudwatch_log_resource_policy"
)

func logs() service {
	return service{kinds: map[probity.Kind][]string{kinds.LogGroup: {logGroup}, kinds.LogPolicy: {logPolicy}},
		types: []string{logGroup, logMask, logSubscription, logAccount, logPolicy}, read: (*estate).logGroups}
}

func (e *estate) logGroups() []probity.Asset {
	splits, _ := e.beside(logGroup, "log_group_name", []string{"name"}, logMask, logSubscription)
	out := e.each(logGroup, func(r *resource.Resource) probity.Asset { return e.logGroup(r, splits[r.Addr]) })
	return append(out, e.each(logPolicy, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.LogPolicy, r.Get("policy_name").String())
		a.Exposure.Declared.Policy = optional(r.Get("policy_document"), kinds.NoPolicy("region"))
		return a
	})...)
}

func (e *estate) logGroup(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.LogGroup, r.Get("name").String())
	a.Aliases = append(a.Aliases, r.Addr+".name")
	e.encrypted(&a, r.Get("kms_key_id"), kinds.LogsAtRest(), probity.ProviderOwned)
	a.Retention.Rules = kept(r.Get("retention_in_days").Int(kinds.LogsDays()))
	var to []string
	gap := s.doubt[logSubscription]
	for _, f := range s.parts[logSubscription] {
		v := f.Get("destination_arn")
		e.receives(v, probity.CopyOf, a.Ref)
		if t, ok := v.Text(probity.Fact[string]{}).Get(); ok {
			to = append(to, t)
		} else if ref, ok := v.Data.(resource.Ref); ok {
			to = append(to, ref.Text())
		} else if v.Set() {
			g := v.Why()
			gap = &g
		}
	}
	forwarded := probity.Whole(r.At, to...)
	if gap != nil {
		forwarded = probity.Open(*gap, r.At, to...)
	}
	a.Settings = probity.SettingsOf(kinds.Logs{
		Masks:     e.masks(r, s),
		Forwarded: forwarded,
		Guarded:   r.Get("skip_destroy").Bool(kinds.LogsOff("guard against deletion")),
	})
	return a
}

// masks is whether a policy of the group or of its account masks personal data in what is shown of it.
func (e *estate) masks(r *resource.Resource, s *split) probity.Fact[bool] {
	own, gap := s.part(logMask)
	switch {
	case gap != nil:
		return probity.Missing[bool](*gap, r.At)
	case own != nil:
		return given(own.Get("policy_document"))
	}
	if v := r.Get("data_protected"); e.place.listed() { // of both together
		return v.Bool(probity.Fact[bool]{})
	}
	for _, p := range e.byType[logAccount] {
		if p.Get("policy_type").String() != "DATA_PROTECTION_POLICY" || p.Provider.Name != r.Provider.Name {
			continue
		}
		if v := p.Get("selection_criteria"); !void(v) {
			return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: p.Addr + " covers a part of the account's groups"}, v.At)
		}
		return certain(p, given(p.Get("policy_document")))
	}
	return kinds.LogsOff("masking of personal data")
}
