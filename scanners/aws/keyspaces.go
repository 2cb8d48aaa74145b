package aws

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/keyspaces"
	"github.com/aws/aws-sdk-go-v2/service/keyspaces/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// keyspacesService reads tables of the customer: the service's own hold none of its data. One right allows all of it, and the
// rows too, which are never asked for: it stands in a published policy of its own.
func keyspacesService() service {
	const right = "cassandra:Select"
	return service{name: "cassandra", id: "Keyspaces", lists: []string{"aws_keyspaces_table"},
		calls: append(apiece(call{operation: "GetTable", action: right}, call{operation: "ListTagsForResource", action: right}),
			call{operation: "ListKeyspaces", action: right}, call{operation: "ListTables", action: right}),
		read: func(r *reader) {
			api := keyspaces.NewFromConfig(r.cfg)
			own := []string{"system", "system_schema", "system_schema_mcs", "system_multiregion_info"}
			for k := range list(r, api.ListKeyspaces, &keyspaces.ListKeyspacesInput{},
				func(p *keyspaces.ListKeyspacesOutput) []types.KeyspaceSummary { return p.Keyspaces }, "aws_keyspaces_table") {
				if slices.Contains(own, value(k.KeyspaceName)) {
					continue
				}
				many(r, list(r, api.ListTables, &keyspaces.ListTablesInput{KeyspaceName: k.KeyspaceName},
					func(p *keyspaces.ListTablesOutput) []types.TableSummary { return p.Tables }, "aws_keyspaces_table"),
					func(t types.TableSummary, at *probity.Origin) { keyspaceTable(r, api, t, at) })
			}
		}}
}

func keyspaceTable(r *reader, api *keyspaces.Client, s types.TableSummary, at *probity.Origin) {
	d := ask(r, api.GetTable, &keyspaces.GetTableInput{KeyspaceName: s.KeyspaceName, TableName: s.TableName}, "ResourceNotFoundException")
	if d.gap == nil && d.out == nil {
		return // dropped since it was listed
	}
	told := ask(r, api.ListTagsForResource, &keyspaces.ListTagsForResourceInput{ResourceArn: s.ResourceArn})
	t := Thing{Type: "aws_keyspaces_table", ARN: value(s.ResourceArn), ID: value(s.KeyspaceName) + "/" + value(s.TableName), At: at, Attrs: attrs{
		"table_name": s.TableName,
		"encryption_specification": d.get(func(o *keyspaces.GetTableOutput) any {
			if e := o.EncryptionSpecification; e != nil && e.Type == types.EncryptionTypeCustomerManagedKmsKey {
				return attrs{"type": string(e.Type), "kms_key_identifier": keyOf(e.KmsKeyIdentifier)}
			}
			return nil
		}),
		"point_in_time_recovery": d.get(func(o *keyspaces.GetTableOutput) any {
			if o.PointInTimeRecovery == nil {
				return nil
			}
			return attrs{"status": word(o.PointInTimeRecovery.Status)}
		}),
		"default_time_to_live": d.get(func(o *keyspaces.GetTableOutput) any { return o.DefaultTimeToLive }),
		"tags": told.get(func(o *keyspaces.ListTagsForResourceOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		}),
	}}
	if d.out != nil {
		t.Created = d.out.CreationTimestamp
		for _, c := range d.out.ReplicaSpecifications {
			region := value(c.Region)
			r.replica(kinds.KeyspacesTable, arnIn("cassandra", region, r.account, "/keyspace/"+value(s.KeyspaceName)+"/table/"+value(s.TableName)), value(s.TableName), region, t.ARN, d.at)
		}
	}
	r.add(t)
}
