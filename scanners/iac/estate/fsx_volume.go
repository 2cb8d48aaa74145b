package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// fsxVolume is a part of a file system. What guards it is the file system's but for the lock of SnapLock, by which files of a
// volume of ONTAP can be written once.
func (e *estate) fsxVolume(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.FSxVolume, r.Get("name").String())
	e.link(&a, probity.ContainedIn, r.Get("file_system_id"))
	e.link(&a, probity.CopyOf, r.Get("origin_snapshot", "snapshot_arn"))
	if r.Type != fsxONTAPVolume {
		return a
	}
	lock := r.Get("snaplock_configuration")
	switch blocks, gap := lock.Blocks(); {
	case gap != nil:
		a.Retention.Lock = probity.Missing[probity.Optional[int]](*gap, lock.At)
	case len(blocks) == 0:
		a.Retention.Lock = kinds.FSxUnlocked()
	default:
		a.Retention.Lock = lockedFor(within(lock, "retention_period", "default_retention"), lock.At)
	}
	return a
}

// lockedFor is how long a file of SnapLock stays that says nothing of it, in days: hours and less are none.
func lockedFor(period resource.Value, at *probity.Origin) probity.Fact[probity.Optional[int]] {
	if !period.Set() {
		return kinds.FSxUnlocked()
	}
	unit := within(period, "type")
	days, known := map[string]int{"SECONDS": 0, "MINUTES": 0, "HOURS": 0, "DAYS": 1, "MONTHS": 30, "YEARS": 365}[unit.String()]
	n := within(period, "value").Int(probity.Known(0, at))
	switch {
	case unit.String() == "INFINITE":
		return probity.Known(probity.Some(kinds.ForEver()), at)
	case !known:
		return probity.Missing[probity.Optional[int]](unit.Why(), at)
	}
	return resource.Map(n, func(n int) probity.Optional[int] { return probity.Optional[int]{Set: n*days > 0, Value: n * days} })
}
