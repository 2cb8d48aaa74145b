package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// connector moves data between a cluster and another store, by a configuration in which passwords may stand.
func (e *estate) connector(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.MSKConnector, r.Get("name").String())
	a.Encryption.InTransit = is(r.Get("kafka_cluster_encryption_in_transit", "encryption_type"), "TLS", kinds.ConnectorTLS())
	logs := r.Get("log_delivery", "worker_log_delivery")
	a.Audit.Exports = kinds.ConnectorLogs()
	if logs.Set() {
		a.Audit.Exports = logTargets(logs)
	}
	for _, to := range [][2]string{{"cloudwatch_logs", "log_group"}, {"firehose", "delivery_stream"}, {"s3", "bucket"}} {
		if on, _ := within(logs, to[0], "enabled").Bool(probity.Fact[bool]{}).Get(); on {
			e.link(&a, probity.LogsTo, within(logs, to[0], to[1]))
		}
	}
	a.Settings = probity.SettingsOf(kinds.Connector{Secrets: variables(r.Get("connector_configuration"))})
	return a
}
