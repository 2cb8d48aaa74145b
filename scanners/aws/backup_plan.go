package aws

import (
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	probity "github.com/probity-scan/probity"
)

// plans are read with what their selections take.
func (r *reader) plans(api *backup.Client) {
	opted := sync.OnceValue(func() any { return r.optedIn(api) })
	many(r, list(r, api.ListBackupPlans, &backup.ListBackupPlansInput{},
		func(p *backup.ListBackupPlansOutput) []types.BackupPlansListMember { return p.BackupPlansList }, "aws_backup_plan", "aws_backup_selection"),
		func(p types.BackupPlansListMember, at *probity.Origin) { r.plan(api, p, opted, at) })
}

func (r *reader) plan(api *backup.Client, p types.BackupPlansListMember, opted func() any, at *probity.Origin) {
	a := ask(r, api.GetBackupPlan, &backup.GetBackupPlanInput{BackupPlanId: p.BackupPlanId})
	r.add(Thing{Type: "aws_backup_plan", ARN: value(p.BackupPlanArn), ID: value(p.BackupPlanId), Created: p.CreationDate, At: at, Attrs: attrs{
		"name": p.BackupPlanName, "tags": r.backupTags(api, p.BackupPlanArn),
		"rule": a.get(func(o *backup.GetBackupPlanOutput) any {
			if o.BackupPlan == nil {
				return []any{}
			}
			return each(o.BackupPlan.Rules, planRule)
		})}})
	for s := range list(r, api.ListBackupSelections, &backup.ListBackupSelectionsInput{BackupPlanId: p.BackupPlanId},
		func(o *backup.ListBackupSelectionsOutput) []types.BackupSelectionsListMember {
			return o.BackupSelectionsList
		}, "aws_backup_selection") {
		r.selection(api, s, opted)
	}
}

func planRule(b types.BackupRule) any {
	var days any
	if b.Lifecycle != nil {
		days = b.Lifecycle.DeleteAfterDays
	}
	return attrs{"rule_name": b.RuleName, "target_vault_name": b.TargetBackupVaultName, "enable_continuous_backup": b.EnableContinuousBackup,
		"lifecycle":   attrs{"delete_after": days},
		"copy_action": each(b.CopyActions, func(c types.CopyAction) any { return attrs{"destination_vault_arn": c.DestinationBackupVaultArn} })}
}

// optedIn are the types of stores of which the region makes backups where a pattern alone names them.
func (r *reader) optedIn(api *backup.Client) any {
	return ask(r, api.DescribeRegionSettings, &backup.DescribeRegionSettingsInput{}).get(func(o *backup.DescribeRegionSettingsOutput) any {
		out := []string{}
		for typ, on := range o.ResourceTypeOptInPreference {
			if on {
				out = append(out, typ)
			}
		}
		return out
	})
}

func (r *reader) selection(api *backup.Client, s types.BackupSelectionsListMember, opted func() any) {
	a := ask(r, api.GetBackupSelection, &backup.GetBackupSelectionInput{BackupPlanId: s.BackupPlanId, SelectionId: s.SelectionId})
	if listed(r, a, "aws_backup_selection") == nil || a.out.BackupSelection == nil {
		return
	}
	b := a.out.BackupSelection
	t := Thing{Type: "aws_backup_selection", At: a.at, Attrs: attrs{
		"plan_id": to("aws_backup_plan", s.BackupPlanId), "resources": b.Resources, "not_resources": b.NotResources,
		"selection_tag": each(b.ListOfTags, func(c types.Condition) any {
			return attrs{"type": string(c.ConditionType), "key": c.ConditionKey, "value": c.ConditionValue}
		}),
		"condition": nil, "opted_in": opted()}}
	if c := b.Conditions; c != nil {
		asked := attrs{}
		for name, pairs := range map[string][]types.ConditionParameter{"string_equals": c.StringEquals, "string_like": c.StringLike,
			"string_not_equals": c.StringNotEquals, "string_not_like": c.StringNotLike} {
			asked[name] = each(pairs, func(p types.ConditionParameter) any {
				return attrs{"key": strings.TrimPrefix(value(p.ConditionKey), "aws:ResourceTag/"), "value": p.ConditionValue}
			})
		}
		if len(c.StringEquals)+len(c.StringLike)+len(c.StringNotEquals)+len(c.StringNotLike) > 0 {
			t.Attrs["condition"] = asked
		}
	}
	r.add(t)
}
