package kinds

import "github.com/probity-scan/probity"

// Inapplicable fills, of the facts that nobody looked for, those that an asset of its kind cannot have: what rests only on
// them does not apply, and is not unknown. It reports whether the kind has such facts.
func Inapplicable(a *probity.Asset) bool {
	switch a.Kind {
	case SQLiteDatabase:
		file(a)
		unkept(a)
	case SQLiteTable:
		file(a)
		unkept(a)
		partOf(a, "its database tells")
	case FilesFolder:
		file(a)
		unkept(a)
		a.Resilience.Versioning = a.Resilience.Versioning.Or(never[bool]("a folder keeps no versions"))
		a.Retention.Lock = a.Retention.Lock.Or(never[probity.Optional[int]]("a folder has no lock"))
	default:
		return served(a) || inCluster(a) || inapplicableAWS(a)
	}
	return true
}

func never[T any](why string) probity.Fact[T] {
	return probity.Missing[T](probity.Gap{Reason: probity.NotApplicable, Because: why}, nil)
}

func neverAny[T any](why string) probity.List[T] {
	return probity.Open[T](probity.Gap{Reason: probity.NotApplicable, Because: why}, nil)
}

// file is what no file has: a network, a policy, tags. Who can read it depends on where it lies, which stays to be told.
func file(a *probity.Asset) {
	const why = "a file is not connected to"
	a.Tags = a.Tags.Or(never[map[string]string]("files have no tags"))
	a.Encryption.InTransit = a.Encryption.InTransit.Or(never[bool](why))
	a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening](why))
	d := &a.Exposure.Declared
	d.Policy = d.Policy.Or(never[probity.Optional[string]]("a file has no policy"))
	d.ACL = d.ACL.Or(neverAny[probity.Grant]("a file has no grants of a cloud"))
	d.Blocks = d.Blocks.Or(never[probity.Blocks]("a file has no public access block"))
	d.Addressed = d.Addressed.Or(never[bool](why))
	d.Guards = d.Guards.Or(neverAny[probity.Ref](why))
	a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant]("a file belongs to no account"))
}

// unkept is what only a service does for a store.
func unkept(a *probity.Asset) {
	const why = "no service keeps it"
	a.Resilience.DeletionProtection = a.Resilience.DeletionProtection.Or(never[bool](why))
	a.Resilience.PointInTime = a.Resilience.PointInTime.Or(never[bool](why))
	a.Resilience.MultiZone = a.Resilience.MultiZone.Or(never[bool](why))
	a.Audit.Access = a.Audit.Access.Or(never[bool](why))
	a.Audit.DataEvents = a.Audit.DataEvents.Or(never[bool](why))
	a.Audit.Exports = a.Audit.Exports.Or(neverAny[string](why))
}

// partOf is what a table shares with the database that holds it, where it is judged once.
func partOf(a *probity.Asset, why string) {
	a.Encryption.AtRest = a.Encryption.AtRest.Or(never[bool](why))
	a.Encryption.Manager = a.Encryption.Manager.Or(never[probity.KeyManager](why))
	a.Encryption.Key = a.Encryption.Key.Or(never[probity.Optional[string]](why))
	a.Exposure.Public = a.Exposure.Public.Or(never[bool](why))
	a.Location.Region = a.Location.Region.Or(never[string](why))
	a.Location.Country = a.Location.Country.Or(never[string](why))
	a.Resilience.BackupDays = a.Resilience.BackupDays.Or(never[int](why))
	a.Resilience.Versioning = a.Resilience.Versioning.Or(never[bool](why))
}
