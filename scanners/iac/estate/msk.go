package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	mskCluster    = "aws_msk_cluster"
	mskServerless = "aws_msk_serverless_cluster"
	mskPolicy     = "aws_msk_cluster_policy"
	mskConnector  = "aws_mskconnect_connector"
)

func msk() service {
	return service{kinds: map[probity.Kind][]string{kinds.MSKCluster: {mskCluster}, kinds.MSKServerless: {mskServerless}, kinds.MSKConnector: {mskConnector}},
		types: []string{mskCluster, mskServerless, mskPolicy, mskConnector}, read: (*estate).brokers}
}

func (e *estate) brokers() []probity.Asset {
	splits, rest := e.beside(mskCluster, "cluster_arn", []string{"cluster_name"}, mskPolicy)
	out := e.each(mskCluster, func(r *resource.Resource) probity.Asset { return e.kafka(r, splits[r.Addr]) })
	out = append(out, e.ruledElsewhere(rest, kinds.MSKCluster, mskPolicy, "policy", kinds.MSK{})...)
	out = append(out, e.each(mskConnector, e.connector)...)
	return append(out, e.each(mskServerless, e.serverlessKafka)...)
}

func (e *estate) kafka(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.MSKCluster, r.Get("cluster_name").String())
	e.encrypted(&a, r.Get("encryption_info", "encryption_at_rest_kms_key_arn"), kinds.MSKAtRest(), probity.ProviderManaged)
	clients := r.Get("encryption_info", "encryption_in_transit", "client_broker").Text(kinds.MSKClients())
	a.Encryption.InTransit = resource.Map(clients, func(t string) bool { return t == "TLS" })
	public := r.Get("broker_node_group_info", "connectivity_info", "public_access", "type")
	a.Exposure.Declared.Addressed = kinds.MSKPublic()
	if public.Set() {
		a.Exposure.Declared.Addressed = resource.Map(public.Text(probity.Fact[string]{}), func(t string) bool { return t != "DISABLED" })
	}
	a.Exposure.Declared.Guards = e.guards(r.Get("broker_node_group_info", "security_groups"), r.At)
	a.Exposure.Declared.Policy = ruled(s, mskPolicy, "policy", kinds.NoPolicy("cluster"))
	a.Audit.Exports = brokerLogs(r)
	a.Settings = probity.SettingsOf(kinds.MSK{
		Unauthenticated: unauthenticated(r),
		NodeToNode:      r.Get("encryption_info", "encryption_in_transit", "in_cluster").Bool(kinds.MSKBetweenBrokers()),
		Port:            kafkaPort(r, a.Exposure.Declared.Addressed, clients),
	})
	return a
}

// unauthenticated: where a way to authenticate is named, the way without is off unless it is named too.
func unauthenticated(r *resource.Resource) probity.Fact[bool] {
	const auth = "client_authentication"
	if v := r.Get(auth, "unauthenticated"); v.Set() {
		return v.Bool(probity.Fact[bool]{})
	}
	for _, at := range [][]string{{auth, "sasl", "iam"}, {auth, "sasl", "scram"}} {
		v := r.Get(at...)
		if on, ok := v.Bool(kinds.FirehoseOff("")).Get(); !ok {
			return probity.Missing[bool](v.Why(), v.At)
		} else if on {
			return probity.Known(false, v.At)
		}
	}
	if _, gap := r.Get(auth, "tls").Blocks(); gap != nil {
		return probity.Missing[bool](*gap, r.At)
	}
	if v := r.Get(auth, "tls", "certificate_authority_arns"); v.Set() {
		return probity.Known(false, v.At)
	}
	return kinds.MSKUnauthenticated()
}

// kafkaPort is the port of the way in, where there is one only (MSK Developer Guide, Port information).
func kafkaPort(r *resource.Resource, addressed probity.Fact[bool], clients probity.Fact[string]) probity.Fact[int] {
	public, ok := addressed.Get()
	port := 0
	for at, ports := range map[string][2]int{"iam": {9098, 9198}, "scram": {9096, 9196}} {
		if v := r.Get("client_authentication", "sasl", at); v.String() == "" && v.Data == true && port == 0 {
			if port = ports[0]; public {
				port = ports[1]
			}
		} else if v.Set() && v.Data != false {
			ok = false
		}
	}
	if how, known := clients.Get(); port == 0 && known && how == "TLS" {
		if port = 9094; public {
			port = 9194
		}
	}
	if !ok || port == 0 {
		return probity.Missing[int](probity.Gap{Reason: probity.Unresolved, Because: "brokers listen on a port for each way to authenticate"}, r.At)
	}
	return probity.Known(port, &probity.Origin{Default: "MSK listens on a port of its own for each way to authenticate"})
}

// brokerLogs are where the brokers' logs go.
func brokerLogs(r *resource.Resource) probity.List[string] {
	return logTargets(r.Get("logging_info", "broker_logs"))
}

func logTargets(logs resource.Value) probity.List[string] {
	var out []string
	for _, to := range []string{"cloudwatch_logs", "firehose", "s3"} {
		on := within(logs, to, "enabled")
		if is, ok := on.Bool(probity.Known(false, logs.At)).Get(); !ok {
			return probity.Open(on.Why(), on.At, out...)
		} else if is {
			out = append(out, to)
		}
	}
	return probity.Whole(logs.At, out...)
}

func (e *estate) serverlessKafka(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.MSKServerless, r.Get("cluster_name").String())
	a.Encryption.AtRest = kinds.MSKAtRest()
	keyless(&a, a.Encryption.AtRest, probity.ProviderManaged)
	a.Encryption.InTransit = kinds.MSKServerlessTLS()
	a.Exposure.Declared.Addressed = kinds.MSKPublic()
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_config", "security_group_ids"), r.At)
	return a
}
