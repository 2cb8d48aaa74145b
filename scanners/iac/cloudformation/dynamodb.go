package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const dynamoTable = "aws_dynamodb_table"

func dynamodb() []entry {
	return []entry{
		{Type: "AWS::DynamoDB::Table", As: dynamoTable, Properties: with(table(), properties{
			"DeletionProtectionEnabled":        attr("deletion_protection_enabled"),
			"PointInTimeRecoverySpecification": recovery,
			"ResourcePolicy":                   tablePolicy(),
			"Tags":                             tags,
		})},
		{Type: "AWS::DynamoDB::GlobalTable", As: dynamoTable, Properties: table(), After: replicas},
		// SAM makes an AWS::DynamoDB::Table of it, with the properties it is given.
		{Type: "AWS::Serverless::SimpleTable", As: dynamoTable, Properties: with(table(), properties{
			"PointInTimeRecoverySpecification": recovery,
			"Tags":                             tags,
		})},
	}
}

// table are the properties that tables of all kinds have.
func table() properties {
	return properties{
		"TableName":               attr("name"),
		"SSESpecification":        block("server_side_encryption", properties{"SSEEnabled": attr("enabled"), "KMSMasterKeyId": attr("kms_key_arn")}),
		"TimeToLiveSpecification": block("ttl", properties{"AttributeName": attr("attribute_name"), "Enabled": attr("enabled")}),
		"StreamSpecification":     turned("stream_enabled", func(v resource.Value) resource.Value { return resource.Value{Data: true, At: v.At} }),
	}
}

func recovery(t *translation, v resource.Value) {
	block("point_in_time_recovery", properties{"PointInTimeRecoveryEnabled": attr("enabled"), "RecoveryPeriodInDays": attr("recovery_period_in_days")})(t, v)
}

func tablePolicy() property {
	return part("aws_dynamodb_resource_policy", "resource_arn", properties{"PolicyDocument": document("policy")})
}

// replicas: the replica in the stack's own region is the table itself. While nobody knows which one that is, the first stands
// for it, so that each is judged once. Where there may be more, the table has what all have in common.
func replicas(t *translation) {
	t.under = "Replicas"
	v := t.of.Get("Replicas")
	list, rest := v.Blocks()
	home := t.main.Provider.Region.String()
	if home == "" && len(list) > 0 && rest == nil {
		home = list[0].Get("Region").String()
	}
	var own []*resource.Block
	others := resource.List{Rest: rest}
	for _, b := range list {
		region := b.Get("Region")
		if is := home != "" && region.String() == home; is || len(list) == 1 && rest == nil {
			own = []*resource.Block{b}
			if region.String() != "" {
				t.main.Provider.Region = region
			}
			continue
		}
		if home == "" {
			own = append(own, b)
		}
		others.Items = append(others.Items, resource.Value{Data: replica(t, b), At: b.At})
	}
	if len(others.Items) > 0 || rest != nil {
		t.main.Attrs["replica"] = resource.Value{Data: others, At: v.At}
	}
	if len(own) == 0 || rest != nil && home == "" {
		g := probity.Gap{Reason: probity.Unresolved, Needs: "parameter AWS::Region", Because: "which replica is the stack's own"}
		t.main.Rest = &g
		return
	}
	t.home(own)
}

// home takes what the replicas of a table say alike as the table's own.
func (t *translation) home(own []*resource.Block) {
	inner := properties{"DeletionProtectionEnabled": attr("deletion_protection_enabled"), "PointInTimeRecoverySpecification": recovery, "Tags": tags,
		"SSESpecification": func(t *translation, v resource.Value) {
			properties{"KMSMasterKeyId": func(t *translation, v resource.Value) { inside(t, "server_side_encryption", "kms_key_arn", v) }}.fill(t, asBlock(v))
		}, "ResourcePolicy": tablePolicy()}
	first := own[0]
	for _, b := range own[1:] {
		first = alike(first, b)
	}
	inner.fill(t, first)
}

func replica(t *translation, b *resource.Block) *resource.Block {
	v := properties{
		"Region":                    attr("region_name"),
		"DeletionProtectionEnabled": attr("deletion_protection_enabled"),
		"SSESpecification":          flat(properties{"KMSMasterKeyId": attr("kms_key_arn")}),
		"PointInTimeRecoverySpecification": flat(properties{
			"PointInTimeRecoveryEnabled": attr("point_in_time_recovery"),
		}),
		"Tags": tags,
	}.within(t, resource.Value{Data: b, At: b.At})
	return v.Data.(*resource.Block)
}

// asBlock is a value as a block, of which nothing is known where it is none.
func asBlock(v resource.Value) *resource.Block {
	if b, ok := v.Data.(*resource.Block); ok {
		return b
	}
	g := v.Why()
	return &resource.Block{At: v.At, Rest: &g}
}
