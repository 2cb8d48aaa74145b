package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Timestream.
const (
	TimestreamTable  probity.Kind = "aws.timestream.table"
	InfluxDBInstance probity.Kind = "aws.timestream.influxdb_instance"
)

// Influx is what only an instance of InfluxDB has.
type Influx struct {
	PasswordInCode probity.Fact[bool] `json:"password_in_code,omitzero"`
	Port           probity.Fact[int]  `json:"port,omitzero"`
}

// NewTimestream is a table of Timestream for LiveAnalytics, reached through the account's identities alone.
func NewTimestream() Fresh[struct{}] {
	f := Fresh[struct{}]{}
	f.Encryption = held(true, probity.ProviderManaged, "Timestream encrypts every database, with aws/timestream unless told")
	f.Encryption.InTransit = on("Timestream refuses plain HTTP")
	f.Exposure.Public = off("Timestream lets in identities of its account only")
	f.Resilience.MultiZone = on("Timestream keeps data in several zones")
	f.Retention.Rules = noneListed[probity.Expiry]("Timestream keeps rows for 200 years unless told")
	return f
}

// NewInflux is an instance of Timestream for InfluxDB.
func NewInflux() Fresh[Influx] {
	f := Fresh[Influx]{Own: Influx{Port: byDefault(8086, "InfluxDB listens on 8086")}}
	f.Encryption = held(true, probity.ProviderOwned, "Timestream for InfluxDB encrypts every instance with a key of its own")
	f.Encryption.InTransit = on("Timestream for InfluxDB refuses plain HTTP")
	f.Exposure.Declared.Addressed = off("Timestream for InfluxDB has no public address unless told")
	f.Resilience.MultiZone = off("an instance is in one zone unless told")
	return f
}
