package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func dynamoDB() service {
	return service{name: "dynamodb", id: "DynamoDB",
		lists: []string{"aws_dynamodb_table", "aws_dynamodb_backup"},
		calls: append(calls("ListTables", "ListBackups", "ListExports", "ListImports"), apiece(calls("DescribeTable", "DescribeContinuousBackups", "DescribeTimeToLive",
			"ListTagsOfResource", "GetResourcePolicy", "DescribeKinesisStreamingDestination", "DescribeBackup", "DescribeExport")...)...),
		read: func(r *reader) {
			api := dynamodb.NewFromConfig(r.cfg)
			flows := dynamoFlows(r)
			many(r, list(r, api.ListTables, &dynamodb.ListTablesInput{},
				func(p *dynamodb.ListTablesOutput) []string { return p.TableNames }, "aws_dynamodb_table"),
				func(name string, at *probity.Origin) {
					if arn := dynamoTable(r, api, name, at); arn != "" && flows {
						dynamoStreams(r, api, name, arn)
					}
				})
			dynamoBackups(r, api)
			dynamoExports(r, api)
			dynamoImports(r, api)
		}}
}

// dynamoTable gives the table's ARN. One that is listed and cannot be described is there nonetheless.
func dynamoTable(r *reader, api *dynamodb.Client, name string, at *probity.Origin) string {
	const gone = "ResourceNotFoundException"
	d := ask(r, api.DescribeTable, &dynamodb.DescribeTableInput{TableName: &name}, gone)
	if d.gap == nil && (d.out == nil || d.out.Table == nil) {
		return "" // dropped since it was listed
	}
	get := func(piece func(*types.TableDescription) any) any {
		return d.get(func(o *dynamodb.DescribeTableOutput) any { return piece(o.Table) })
	}
	t := Thing{Type: "aws_dynamodb_table", ARN: r.arn("dynamodb", "table/"+name), ID: name, At: at}
	if d.out != nil {
		t.ARN, t.Created, t.At = value(d.out.Table.TableArn), d.out.Table.CreationDateTime, d.at
	}
	t.Attrs = attrs{
		"name":                        name,
		"deletion_protection_enabled": get(func(t *types.TableDescription) any { return t.DeletionProtectionEnabled }),
		"stream_enabled": get(func(t *types.TableDescription) any {
			return t.StreamSpecification != nil && value(t.StreamSpecification.StreamEnabled)
		}),
		"server_side_encryption": get(dynamoKey),
		"restore_source_name":    nil,
		"restore_source_table_arn": get(func(t *types.TableDescription) any {
			if t.RestoreSummary == nil {
				return nil
			}
			return t.RestoreSummary.SourceTableArn
		}),
		"replica": nil, // a region of its own lists each
		"tags":    dynamoTags(r, api, t.ARN),
	}
	if r.wants("resilience.point_in_time", "resilience.backup_days") {
		b := ask(r, api.DescribeContinuousBackups, &dynamodb.DescribeContinuousBackupsInput{TableName: &name}, "TableNotFoundException")
		t.Attrs["point_in_time_recovery"] = b.get(dynamoRecovery)
	}
	if r.wants("retention.rules", "settings.ttl") {
		l := ask(r, api.DescribeTimeToLive, &dynamodb.DescribeTimeToLiveInput{TableName: &name}, gone)
		t.Attrs["ttl"] = l.get(dynamoTTL)
	}
	r.add(t)
	if r.wants("exposure", "access") {
		p := ask(r, api.GetResourcePolicy, &dynamodb.GetResourcePolicyInput{ResourceArn: &t.ARN}, "PolicyNotFoundException", gone)
		r.add(Thing{Type: "aws_dynamodb_resource_policy", ID: t.ARN + "/policy", At: p.at, Attrs: attrs{"resource_arn": t.ARN,
			"policy": p.get(func(o *dynamodb.GetResourcePolicyOutput) any { return o.Policy })}})
	}
	if r.untold(d.gap, d.at); d.out != nil {
		for _, c := range d.out.Table.Replicas {
			region := value(c.RegionName)
			r.replica(kinds.DynamoDBTable, arnIn("dynamodb", region, r.account, "table/"+name), name, region, t.ARN, d.at)
		}
	}
	return t.ARN
}

// dynamoKey: a table that says nothing of its encryption has a key that AWS owns.
func dynamoKey(t *types.TableDescription) any {
	sse := t.SSEDescription
	if sse == nil || sse.SSEType != types.SSETypeKms || sse.Status == types.SSEStatusDisabled {
		return attrs{"enabled": false, "kms_key_arn": nil}
	}
	return attrs{"enabled": true, "kms_key_arn": keyOf(sse.KMSMasterKeyArn)}
}

func dynamoRecovery(o *dynamodb.DescribeContinuousBackupsOutput) any {
	if o.ContinuousBackupsDescription == nil || o.ContinuousBackupsDescription.PointInTimeRecoveryDescription == nil {
		return attrs{"enabled": false, "recovery_period_in_days": nil}
	}
	p := o.ContinuousBackupsDescription.PointInTimeRecoveryDescription
	return attrs{"enabled": p.PointInTimeRecoveryStatus == types.PointInTimeRecoveryStatusEnabled, "recovery_period_in_days": p.RecoveryPeriodInDays}
}

func dynamoTTL(o *dynamodb.DescribeTimeToLiveOutput) any {
	d := o.TimeToLiveDescription
	on := d != nil && (d.TimeToLiveStatus == types.TimeToLiveStatusEnabled || d.TimeToLiveStatus == types.TimeToLiveStatusEnabling)
	if !on {
		return attrs{"enabled": false, "attribute_name": nil}
	}
	return attrs{"enabled": true, "attribute_name": d.AttributeName}
}

func dynamoTags(r *reader, api *dynamodb.Client, arn string) any {
	all := map[string]string{}
	for in := (&dynamodb.ListTagsOfResourceInput{ResourceArn: &arn}); ; {
		a := ask(r, api.ListTagsOfResource, in)
		if a.out == nil {
			return a.get(nil)
		}
		for _, t := range a.out.Tags {
			all[value(t.Key)] = value(t.Value)
		}
		if value(a.out.NextToken) == "" || value(a.out.NextToken) == value(in.NextToken) {
			return from{all, a.at}
		}
		in.NextToken = a.out.NextToken
	}
}

// dynamoFlows reports whether tables may send to Kinesis: a region without a stream spares a call for each table.
func dynamoFlows(r *reader) bool {
	one := int32(1)
	a := ask(r, kinesis.NewFromConfig(r.cfg).ListStreams, &kinesis.ListStreamsInput{Limit: &one})
	return a.out == nil || len(a.out.StreamNames) > 0
}

// dynamoStreams: what a table sends to Kinesis is there as well.
func dynamoStreams(r *reader, api *dynamodb.Client, name, arn string) {
	k := ask(r, api.DescribeKinesisStreamingDestination, &dynamodb.DescribeKinesisStreamingDestinationInput{TableName: &name}, "ResourceNotFoundException")
	r.untold(k.gap, k.at)
	if k.out == nil {
		return
	}
	for _, d := range k.out.KinesisDataStreamDestinations {
		if d.DestinationStatus == types.DestinationStatusActive || d.DestinationStatus == types.DestinationStatusUpdating {
			r.add(Thing{Type: "aws_dynamodb_kinesis_streaming_destination", ID: arn + "/" + value(d.StreamArn), At: k.at,
				Attrs: attrs{"table_name": to("aws_dynamodb_table", &name), "stream_arn": d.StreamArn}})
		}
	}
}

// dynamoBackups leaves out those of AWS Backup, which its vaults list.
func dynamoBackups(r *reader, api *dynamodb.Client) {
	many(r, list(r, api.ListBackups, &dynamodb.ListBackupsInput{BackupType: types.BackupTypeFilterAll},
		func(p *dynamodb.ListBackupsOutput) []types.BackupSummary { return p.BackupSummaries }, "aws_dynamodb_backup"),
		func(b types.BackupSummary, at *probity.Origin) {
			if b.BackupType == types.BackupTypeAwsBackup || b.BackupStatus == types.BackupStatusDeleted {
				return
			}
			t := Thing{Type: "aws_dynamodb_backup", ARN: value(b.BackupArn), ID: value(b.BackupName), Created: b.BackupCreationDateTime, At: at,
				Attrs: attrs{"name": b.BackupName, "table_arn": b.TableArn, "tags": dynamoTags(r, api, value(b.BackupArn))}}
			if b.BackupExpiryDateTime == nil {
				t.Attrs["days"] = 0
			} else if b.BackupCreationDateTime != nil {
				const day = 24
				t.Attrs["days"] = int(b.BackupExpiryDateTime.Sub(*b.BackupCreationDateTime).Hours()+day-1) / day
			}
			if r.wants("encryption") {
				d := ask(r, api.DescribeBackup, &dynamodb.DescribeBackupInput{BackupArn: b.BackupArn}, "BackupNotFoundException")
				t.Attrs["server_side_encryption"] = d.get(dynamoBackupKey)
			}
			r.add(t)
		})
}

func dynamoBackupKey(o *dynamodb.DescribeBackupOutput) any {
	var sse *types.SSEDescription
	if o.BackupDescription != nil && o.BackupDescription.SourceTableFeatureDetails != nil {
		sse = o.BackupDescription.SourceTableFeatureDetails.SSEDescription
	}
	return dynamoKey(&types.TableDescription{SSEDescription: sse})
}

// dynamoExports: a bucket that a table was written to holds what the table held.
func dynamoExports(r *reader, api *dynamodb.Client) {
	for page, err := range pages(r.ctx, api.ListExports, &dynamodb.ListExportsInput{}) {
		at := r.at("dynamodb:ListExports")
		if err != nil {
			gap := r.permits.gap(err)
			r.untold(&gap, at)
			return
		}
		for _, e := range page.ExportSummaries {
			d := ask(r, api.DescribeExport, &dynamodb.DescribeExportInput{ExportArn: e.ExportArn}, "ExportNotFoundException")
			r.untold(d.gap, d.at)
			if d.out == nil || d.out.ExportDescription == nil || d.out.ExportDescription.ExportStatus == types.ExportStatusFailed {
				continue
			}
			if bucket := value(d.out.ExportDescription.S3Bucket); bucket != "" {
				r.copied(strings.Join([]string{"arn", partition(r.region), "s3", "", "", bucket}, ":"), value(d.out.ExportDescription.TableArn), d.at)
			}
		}
	}
}
