package estate

import (
	"strconv"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const ebsSchedule = "aws_dlm_lifecycle_policy"

// scheduledCopies are the snapshots that a schedule copies to other regions, one asset a rule. A copy that nobody asks to
// encrypt is encrypted as its snapshot is.
func (e *estate) scheduledCopies() []probity.Asset {
	var out []probity.Asset
	for _, r := range e.byType[ebsSchedule] {
		schedules, gap := r.Get("policy_details", "schedule").Blocks()
		for i, s := range schedules {
			rules, rest := s.Get("cross_region_copy_rule").Blocks()
			gap = first(gap, rest)
			for j, rule := range rules {
				out = append(out, e.scheduledCopy(r, rule, ".schedule["+strconv.Itoa(i)+"].cross_region_copy_rule["+strconv.Itoa(j)+"]"))
			}
		}
		if gap != nil {
			e.losses = append(e.losses, resource.Loss{Gap: probity.Gap{Reason: gap.Reason, Needs: gap.Needs, Because: r.Addr + " may copy more snapshots"},
				Origin: r.At, Type: r.Type})
		}
	}
	return out
}

func (e *estate) scheduledCopy(r *resource.Resource, rule *resource.Block, name string) probity.Asset {
	c := &resource.Resource{Block: *rule, Addr: r.Addr + name, Type: r.Type, Name: r.Name, Provider: r.Provider, Maybe: r.Maybe}
	a := e.asset(c, kinds.EBSSnapshot, "")
	a.Location.Region = firstSet(c, "target", "target_region").Text(probity.Fact[string]{})
	a.Scope.Region, _ = a.Location.Region.Get()
	a.Encryption.AtRest = c.Get("encrypted").Bool(probity.Fact[bool]{})
	if a.Encryption.AtRest.Is(func(on bool) bool { return !on }) {
		a.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "a copy is encrypted as its snapshot is"}, c.Get("encrypted").At)
	}
	e.storageKey(&a, c.Get("cmk_arn"), nil, probity.ProviderManaged)
	a.Settings = probity.SettingsOf(kinds.Shared{})
	return a
}
