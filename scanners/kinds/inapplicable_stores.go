package kinds

import probity "github.com/probity-scan/probity"

// inapplicableStores is [Inapplicable] for databases, caches and file systems of AWS.
func inapplicableStores(a *probity.Asset) bool {
	r := &a.Resilience
	switch a.Kind {
	case KeyspacesTable, TimestreamTable, DSQLCluster:
		unnetworked(a)
		unruled(a, "it has no policy of its own")
		unlogged(a, "only calls to it are logged")
		if a.Kind != DSQLCluster {
			r.DeletionProtection = r.DeletionProtection.Or(never[bool]("the service does not offer it"))
		}
	case RDSProxy:
		kept(a, "a proxy keeps nothing")
		unlogged(a, "the database behind it tells")
	case RDSGlobalCluster:
		const why = "its clusters tell"
		unnetworked(a)
		unruled(a, why)
		unlogged(a, why)
		a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
		r.BackupDays = r.BackupDays.Or(never[int](why))
	case DocDBElastic, NeptuneGraph, InfluxDBInstance, LightsailDatabase:
		const why = "the service does not offer it"
		unlogged(a, why)
		r.DeletionProtection = r.DeletionProtection.Or(never[bool](why))
		if a.Kind == NeptuneGraph || a.Kind == InfluxDBInstance {
			r.BackupDays = r.BackupDays.Or(never[int](why))
		}
	default:
		return false
	}
	return true
}

func unlogged(a *probity.Asset, why string) {
	a.Audit.Exports = a.Audit.Exports.Or(neverAny[string](why))
}

// kept is what only that has which keeps data.
func kept(a *probity.Asset, why string) {
	a.Encryption.AtRest = a.Encryption.AtRest.Or(never[bool](why))
	a.Encryption.Key = a.Encryption.Key.Or(never[probity.Optional[string]](why))
	a.Encryption.Manager = a.Encryption.Manager.Or(never[probity.KeyManager](why))
	a.Resilience.BackupDays = a.Resilience.BackupDays.Or(never[int](why))
	a.Resilience.DeletionProtection = a.Resilience.DeletionProtection.Or(never[bool](why))
}
