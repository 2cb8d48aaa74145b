package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const backupPlan = "aws_backup_plan"

func backupPlans() service {
	s := alone(kinds.BackupPlan, backupPlan, (*estate).plan)
	s.types = append(s.types, backupSelection)
	return s
}

// plan: each of its rules keeps for a time of its own; one that names none keeps for ever.
func (e *estate) plan(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.BackupPlan, r.Get("name").String())
	rules, gap := r.Get("rule").Blocks()
	out, copies := []probity.Expiry{}, []string{}
	expires, continuous := probity.Known(true, r.At), probity.Known(false, r.At)
	for _, rule := range rules {
		days := rule.Get("lifecycle", "delete_after").Int(kinds.PlanKeeps())
		n, known := days.Get()
		switch {
		case !known:
			_, gap = days.Value()
			if expires.Is(func(on bool) bool { return on }) {
				expires = probity.Missing[bool](*gap, days.From())
			}
		case n <= 0:
			expires = probity.Known(false, days.From())
		default:
			out = append(out, probity.Expiry{On: []string{rule.Get("rule_name").String()}, Days: n})
		}
		if on := rule.Get("enable_continuous_backup").Bool(continuous); !continuous.Is(func(is bool) bool { return is }) {
			continuous = on
		}
		actions, more := rule.Get("copy_action").Blocks()
		gap = first(gap, more)
		for _, c := range actions {
			to := c.Get("destination_vault_arn")
			if text, ok := to.Text(probity.Fact[string]{}).Get(); ok {
				copies = append(copies, text)
			} else if ref, ok := to.Data.(resource.Ref); ok {
				copies = append(copies, ref.Text())
			}
		}
	}
	a.Retention.Rules = probity.Whole(r.At, out...)
	list := probity.Whole(r.At, copies...)
	if gap != nil {
		a.Retention.Rules, list = probity.Open(*gap, r.At, out...), probity.Open(*gap, r.At, copies...)
	}
	a.Settings = probity.SettingsOf(kinds.Plan{Expires: expires, CopiesTo: list, Continuous: continuous})
	return a
}
