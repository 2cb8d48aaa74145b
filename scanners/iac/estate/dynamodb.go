package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	dynamoTable   = "aws_dynamodb_table"
	dynamoReplica = "aws_dynamodb_table_replica"
	dynamoPolicy  = "aws_dynamodb_resource_policy"
	dynamoKinesis = "aws_dynamodb_kinesis_streaming_destination"
	dynamoExport  = "aws_dynamodb_table_export"
	dynamoBackup  = "aws_dynamodb_backup" // Terraform has no such type: accounts list them
)

func dynamodb() service {
	return service{kinds: map[probity.Kind][]string{kinds.DynamoDBTable: {dynamoTable, dynamoReplica}, kinds.DynamoDBBackup: {dynamoBackup}},
		types: []string{dynamoTable, dynamoReplica, dynamoPolicy, dynamoKinesis, dynamoExport, dynamoBackup}, read: (*estate).tables}
}

func (e *estate) tables() []probity.Asset {
	e.tableFlows()
	owners := e.byType[dynamoTable]
	copies := e.tableCopies(owners)
	splits, rest := e.join(joint{owners: slices.Concat(owners, copies.all), attr: "resource_arn", types: []string{dynamoPolicy}, names: e.tableNames(copies)})
	out := make([]probity.Asset, 0, len(owners)+len(copies.all))
	at := map[string]*probity.Asset{}
	for _, r := range owners {
		a := e.table(r, splits[r.Addr])
		at[r.Addr] = &a
		out = append(out, a)
	}
	for _, c := range copies.all {
		if of := copies.of[c.Addr]; of != nil {
			out = append(out, e.tableCopy(c, of, at[of.Addr], splits[c.Addr]))
		} else {
			out = append(out, e.tableCopy(c, &resource.Resource{}, nil, splits[c.Addr]))
		}
	}
	for _, s := range rest.sorted() {
		_, name, _ := strings.Cut(s.name, ":table/")
		a := e.stray(s, kinds.DynamoDBTable, name, name)
		a.Exposure.Declared.Policy = s.said(dynamoPolicy, "policy")
		a.Settings = probity.SettingsOf(kinds.DynamoDB{})
		out = append(out, a)
	}
	return append(out, e.each(dynamoBackup, e.tableBackup)...)
}

// tableBackup has the key that the table had when it was made, and lies beside it.
func (e *estate) tableBackup(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.DynamoDBBackup, r.Get("name").String())
	a.Encryption.AtRest = kinds.DynamoDBAtRest()
	e.tableKey(r, r.Get("server_side_encryption", "kms_key_arn"), &a)
	a.Resilience.MultiZone = manyZones()
	a.Retention.Rules = kept(r.Get("days").Int(probity.Fact[int]{}))
	e.link(&a, probity.SnapshotOf, r.Get("table_arn"))
	return a
}

// tableFlows: what a table sends elsewhere is there as well.
func (e *estate) tableFlows() {
	for _, by := range []struct{ typ, from, to string }{{dynamoKinesis, "table_name", "stream_arn"}, {dynamoExport, "table_arn", "s3_bucket"}} {
		for _, r := range e.byType[by.typ] {
			if from, ok := e.target(r.Get(by.from)); ok && r.Maybe == nil {
				e.receives(r.Get(by.to), probity.CopyOf, from)
			}
		}
	}
}

func (e *estate) table(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.DynamoDBTable, r.Get("name").String())
	a.Encryption.AtRest = kinds.DynamoDBAtRest()
	from := restored(r, "restore_source_name", "restore_source_table_arn")
	e.tableKey(r, r.Get("server_side_encryption", "kms_key_arn"), &a)
	if from != nil && !r.Get("server_side_encryption").Set() {
		a.Encryption.Manager, a.Encryption.Key = unless(from, a.Encryption.Manager), unless(from, a.Encryption.Key)
	}
	pitr := r.Get("point_in_time_recovery", "enabled")
	a.Resilience.PointInTime = pitr.Bool(unless(from, kinds.DynamoDBOff("point-in-time recovery")))
	days := r.Get("point_in_time_recovery", "recovery_period_in_days")
	if on, ok := a.Resilience.PointInTime.Get(); !ok {
		_, g := a.Resilience.PointInTime.Value()
		a.Resilience.BackupDays = probity.Missing[int](*g, a.Resilience.PointInTime.From())
	} else if on {
		a.Resilience.BackupDays = days.Int(probity.Known(35, pitr.At))
	} else {
		a.Resilience.BackupDays = probity.Known(0, a.Resilience.PointInTime.From())
	}
	a.Resilience.DeletionProtection = r.Get("deletion_protection_enabled").Bool(kinds.DynamoDBOff("deletion protection"))
	a.Resilience.MultiZone = manyZones()
	a.Exposure.Declared.Policy = e.tablePolicy(s)
	a.Settings = probity.SettingsOf(kinds.DynamoDB{TTL: ttl(r), Stream: r.Get("stream_enabled").Bool(kinds.DynamoDBOff("stream"))})
	a.Retention.Rules = expiry(a.Settings["ttl"])
	e.link(&a, probity.CopyOf, r.Get("restore_source_name"))
	e.link(&a, probity.CopyOf, r.Get("restore_source_table_arn"))
	return a
}

// tableKey: without the block, or with it switched off, the key is DynamoDB's own.
func (e *estate) tableKey(r *resource.Resource, key resource.Value, a *probity.Asset) {
	on := r.Get("server_side_encryption", "enabled")
	switch is, ok := on.Bool(probity.Fact[bool]{}).Get(); {
	case !on.Set() && key.Set():
		e.key(a, key, probity.ProviderManaged, key.At)
	case !on.Set():
		a.Encryption.Manager, a.Encryption.Key = kinds.DynamoDBManager(), kinds.DynamoDBKey()
	case !ok:
		a.Encryption.Manager = probity.Missing[probity.KeyManager](on.Why(), on.At)
		a.Encryption.Key = probity.Missing[probity.Optional[string]](on.Why(), on.At)
	case is:
		e.key(a, key, probity.ProviderManaged, on.At)
	default:
		a.Encryption.Manager = probity.Known(probity.ProviderOwned, on.At)
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, on.At)
	}
}

func (e *estate) tablePolicy(s *split) probity.Fact[probity.Optional[string]] {
	r, gap := s.part(dynamoPolicy)
	switch {
	case gap != nil:
		return probity.Missing[probity.Optional[string]](*gap, nil)
	case r == nil:
		return noTablePolicy()
	}
	v := r.Get("policy")
	if e.place.listed() && !v.Set() {
		return probity.Known(probity.Optional[string]{}, v.At)
	}
	return optional(v, noTablePolicy())
}

func manyZones() probity.Fact[bool] {
	return probity.Known(true, &probity.Origin{Default: "DynamoDB keeps each table in three zones"})
}

func noTablePolicy() probity.Fact[probity.Optional[string]] {
	return probity.Known(probity.Optional[string]{}, &probity.Origin{Default: "a new table has no resource policy"})
}

// expiry is time to live as a rule of retention: items go at the time that one of their attributes says.
func expiry(ttl probity.Fact[any]) probity.List[probity.Expiry] {
	v, gap := ttl.Value()
	if gap != nil {
		return probity.Open[probity.Expiry](*gap, ttl.From())
	}
	if by, ok := v.(probity.Optional[string]); ok && by.Set {
		return probity.Whole(ttl.From(), probity.Expiry{On: []string{}, By: by.Value})
	}
	return probity.Whole[probity.Expiry](ttl.From())
}

func ttl(r *resource.Resource) probity.Fact[probity.Optional[string]] {
	on := r.Get("ttl", "enabled").Bool(kinds.DynamoDBOff("time to live"))
	name := r.Get("ttl", "attribute_name")
	is, ok := on.Get()
	switch {
	case !ok:
		_, g := on.Value()
		return probity.Missing[probity.Optional[string]](*g, on.From())
	case !is:
		return probity.Known(probity.Optional[string]{}, on.From())
	}
	return optional(name, kinds.DynamoDBTTL())
}
