package kinds

import (
	"slices"

	"github.com/probity-scan/probity"
)

// served is [Inapplicable] for databases that a server was asked for. Where a service runs the server, it tells what guards it,
// and is judged for that once.
func served(a *probity.Asset) bool {
	switch a.Kind {
	case PostgresTable, MySQLTable, RedshiftTable, SearchIndex:
		heldBy(a, "its database tells")
	case PostgresDatabase, MySQLDatabase, RedshiftDatabase:
		heldBy(a, "its server tells")
	case PostgresServer, MySQLServer, RedshiftServer, RedisDatabase, SearchCluster:
		if slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn && l.Gap == nil }) {
			heldBy(a, "the service that runs it tells")
			break
		}
		const why = "a server has no policy of a cloud"
		d := &a.Exposure.Declared
		d.Policy = d.Policy.Or(never[probity.Optional[string]](why))
		d.ACL = d.ACL.Or(neverAny[probity.Grant](why))
		d.Blocks = d.Blocks.Or(never[probity.Blocks](why))
		a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant](why))
	default:
		return false
	}
	a.Resilience.Versioning = a.Resilience.Versioning.Or(never[bool]("tables keep no versions of rows"))
	a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("tables have no lock"))
	return true
}

// heldBy is what guards a store from around it.
func heldBy(a *probity.Asset, why string) {
	partOf(a, why)
	a.Tags = a.Tags.Or(never[map[string]string](why))
	a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
	a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening](why))
	a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant](why))
	d := &a.Exposure.Declared
	d.Policy = d.Policy.Or(never[probity.Optional[string]](why))
	d.ACL = d.ACL.Or(neverAny[probity.Grant](why))
	d.Blocks = d.Blocks.Or(never[probity.Blocks](why))
	d.Addressed = d.Addressed.Or(never[bool](why))
	d.Guards = d.Guards.Or(neverAny[probity.Ref](why))
	r := &a.Resilience
	r.DeletionProtection = r.DeletionProtection.Or(never[bool](why))
	r.PointInTime = r.PointInTime.Or(never[bool](why))
	r.MultiZone = r.MultiZone.Or(never[bool](why))
	a.Audit.Access = a.Audit.Access.Or(never[bool](why))
	a.Audit.DataEvents = a.Audit.DataEvents.Or(never[bool](why))
	a.Audit.Exports = a.Audit.Exports.Or(neverAny[string](why))
}
