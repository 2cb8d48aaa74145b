package aws

import (
	"cmp"

	"github.com/aws/aws-sdk-go-v2/service/timestreaminfluxdb"
	"github.com/aws/aws-sdk-go-v2/service/timestreaminfluxdb/types"

	probity "github.com/probity-scan/probity"
)

func influxDB() service {
	return service{name: "timestream-influxdb", id: "Timestream InfluxDB", lists: []string{"aws_timestreaminfluxdb_db_instance", "aws_timestreaminfluxdb_db_cluster"},
		calls: append(calls("ListDbInstances", "ListDbClusters"), apiece(calls("GetDbInstance", "GetDbCluster", "ListTagsForResource")...)...),
		read: func(r *reader) {
			i := influxReader{r, timestreaminfluxdb.NewFromConfig(r.cfg)}
			i.instances()
			i.clusters()
		}}
}

type influxReader struct {
	*reader
	api *timestreaminfluxdb.Client
}

// instances leaves out the nodes of clusters, which say all of them.
func (i influxReader) instances() {
	const typ = "aws_timestreaminfluxdb_db_instance"
	many(i.reader, list(i.reader, i.api.ListDbInstances, &timestreaminfluxdb.ListDbInstancesInput{},
		func(p *timestreaminfluxdb.ListDbInstancesOutput) []types.DbInstanceSummary { return p.Items }, typ),
		func(s types.DbInstanceSummary, at *probity.Origin) {
			d := ask(i.reader, i.api.GetDbInstance, &timestreaminfluxdb.GetDbInstanceInput{Identifier: s.Id}, "ResourceNotFoundException")
			if d.gap == nil && (d.out == nil || value(d.out.DbClusterId) != "") {
				return
			}
			i.add(i.store(typ, s.Arn, s.Id, s.Name, s.Endpoint, s.Port, word(s.DeploymentType), at,
				d.get(func(o *timestreaminfluxdb.GetDbInstanceOutput) any { return o.PubliclyAccessible }),
				d.get(func(o *timestreaminfluxdb.GetDbInstanceOutput) any { return i.guards(o.VpcSecurityGroupIds) })))
		})
}

func (i influxReader) clusters() {
	const typ = "aws_timestreaminfluxdb_db_cluster"
	many(i.reader, list(i.reader, i.api.ListDbClusters, &timestreaminfluxdb.ListDbClustersInput{},
		func(p *timestreaminfluxdb.ListDbClustersOutput) []types.DbClusterSummary { return p.Items }, typ),
		func(s types.DbClusterSummary, at *probity.Origin) {
			d := ask(i.reader, i.api.GetDbCluster, &timestreaminfluxdb.GetDbClusterInput{DbClusterId: s.Id}, "ResourceNotFoundException")
			if d.gap == nil && d.out == nil {
				return
			}
			i.add(i.store(typ, s.Arn, s.Id, s.Name, s.Endpoint, s.Port, word(s.DeploymentType), at,
				d.get(func(o *timestreaminfluxdb.GetDbClusterOutput) any { return o.PubliclyAccessible }),
				d.get(func(o *timestreaminfluxdb.GetDbClusterOutput) any { return i.guards(o.VpcSecurityGroupIds) })))
		})
}

func (i influxReader) guards(ids []string) any {
	return each(ids, func(id string) any { return to("aws_security_group", &id) })
}

func (i influxReader) store(typ string, arn, id, name, endpoint *string, number *int32, deployed any, at *probity.Origin, public, guards any) Thing {
	const usual = 8086
	told := ask(i.reader, i.api.ListTagsForResource, &timestreaminfluxdb.ListTagsForResourceInput{ResourceArn: arn})
	t := Thing{Type: typ, ARN: value(arn), ID: value(id), Names: served(value(endpoint), cmp.Or(value(number), usual)), At: at, Attrs: attrs{
		"name":                   name,
		"publicly_accessible":    public,
		"vpc_security_group_ids": guards,
		"deployment_type":        deployed,
		"port":                   port(value(number)),
		"tags": told.get(func(o *timestreaminfluxdb.ListTagsForResourceOutput) any {
			return o.Tags
		}),
	}}
	onlyInCode(t.Attrs)
	return t
}
