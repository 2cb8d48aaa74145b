package privacy

import "github.com/probity-scan/probity"

// lean takes facts that do not apply to a store itself from what contains it: a table is where its database is, and kept in its
// backups.
func (e *Estate) lean(a *probity.Asset) {
	seen := map[probity.Ref]bool{a.Ref: true}
	for at := *a; ; {
		next, ok := e.container(at)
		if !ok || seen[next.Ref] {
			return
		}
		seen[next.Ref] = true
		taken(&a.Location.Country, next.Location.Country)
		taken(&a.Encryption.AtRest, next.Encryption.AtRest)
		taken(&a.Encryption.InTransit, next.Encryption.InTransit)
		taken(&a.Exposure.Public, next.Exposure.Public)
		taken(&a.Resilience.BackupDays, next.Resilience.BackupDays)
		taken(&a.Resilience.Versioning, next.Resilience.Versioning)
		taken(&a.Resilience.DeletionProtection, next.Resilience.DeletionProtection)
		taken(&a.Audit.Access, next.Audit.Access)
		at = next
	}
}

// container is what a store lies in.
func (e *Estate) container(a probity.Asset) (probity.Asset, bool) {
	for _, l := range a.Links.Items {
		if l.Kind == probity.ContainedIn && l.Gap == nil {
			if c, ok := e.store(l.To); ok {
				return c, true
			}
		}
	}
	return probity.Asset{}, false
}

func taken[T any](f *probity.Fact[T], from probity.Fact[T]) {
	if _, g := f.Value(); g != nil && g.Reason == probity.NotApplicable {
		*f = from
	}
}
