package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	timestreamDatabase = "aws_timestreamwrite_database"
	timestreamTable    = "aws_timestreamwrite_table"
	influxInstance     = "aws_timestreaminfluxdb_db_instance"
	influxCluster      = "aws_timestreaminfluxdb_db_cluster"
)

func timestream() service {
	return service{kinds: map[probity.Kind][]string{kinds.TimestreamTable: {timestreamTable}, kinds.InfluxDBInstance: {influxInstance, influxCluster}},
		types: []string{timestreamDatabase, timestreamTable, influxInstance, influxCluster}, read: (*estate).timeSeries}
}

func (e *estate) timeSeries() []probity.Asset {
	fresh := kinds.NewTimestream()
	byName := map[string]*resource.Resource{}
	for _, db := range e.byType[timestreamDatabase] {
		if name := db.Get("database_name").String(); name != "" {
			byName[name] = db
		}
	}
	out := e.each(timestreamTable, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.TimestreamTable, r.Get("table_name").String(), &fresh.Asset)
		of := r.Get("database_name")
		db := byName[of.String()]
		if ref, ok := of.Data.(resource.Ref); ok {
			db = e.byAddr[ref.Addr]
		}
		if db != nil && db.Type == timestreamDatabase { // the key is the database's
			e.ownKey(&a, db.Get("kms_key_id"))
		} else {
			gap := *first(of.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "its database, which names the key, is not in this root"})
			a.Encryption.Key, a.Encryption.Manager = probity.Missing[probity.Optional[string]](gap, of.At), probity.Missing[probity.KeyManager](gap, of.At)
		}
		if days := r.Get("retention_properties", "magnetic_store_retention_period_in_days"); days.Set() {
			a.Retention.Rules = kept(days.Int(probity.Fact[int]{}))
		}
		return a
	})
	influx := kinds.NewInflux()
	store := func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.InfluxDBInstance, r.Get("name").String(), &influx.Asset)
		a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(a.Exposure.Declared.Addressed)
		a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
		if kind := r.Get("deployment_type"); kind.Set() {
			a.Resilience.MultiZone = resource.Map(kind.Text(probity.Fact[string]{}), func(s string) bool { return s != "SINGLE_AZ" })
		}
		own := influx.Own
		own.PasswordInCode = passwordInCode(r)
		own.Port = r.Get("port").Int(own.Port)
		a.Settings = probity.SettingsOf(own)
		return a
	}
	return append(append(out, e.each(influxInstance, store)...), e.each(influxCluster, store)...)
}
