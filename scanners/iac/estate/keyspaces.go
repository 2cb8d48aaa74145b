package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const keyspacesTable = "aws_keyspaces_table"

func keyspaces() service {
	return service{kinds: map[probity.Kind][]string{kinds.KeyspacesTable: {keyspacesTable}}, types: []string{keyspacesTable}, read: (*estate).keyspaceTables}
}

func (e *estate) keyspaceTables() []probity.Asset {
	fresh := kinds.NewKeyspaces()
	return e.each(keyspacesTable, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.KeyspacesTable, r.Get("table_name").String(), &fresh.Asset)
		switch by := r.Get("encryption_specification", "type"); {
		case by.String() == "CUSTOMER_MANAGED_KMS_KEY":
			e.key(&a, r.Get("encryption_specification", "kms_key_identifier"), probity.CustomerManaged, by.At)
		case by.Gap() != nil:
			e.key(&a, by, probity.ProviderOwned, by.At)
		}
		on := r.Get("point_in_time_recovery", "status")
		if on.Set() {
			a.Resilience.PointInTime = resource.Map(on.Text(probity.Fact[string]{}), func(s string) bool { return s == "ENABLED" })
		}
		a.Resilience.BackupDays = recoverable(a.Resilience.PointInTime)
		if ttl := r.Get("default_time_to_live"); ttl.Set() {
			a.Retention.Rules = kept(resource.Map(ttl.Int(probity.Fact[int]{}), func(seconds int) int { return (seconds + 86399) / 86400 }))
		}
		return a
	})
}

// recoverable is how far back a table can be restored to any point: 35 days where it can at all.
func recoverable(on probity.Fact[bool]) probity.Fact[int] {
	return resource.Map(on, func(on bool) int {
		if on {
			return 35
		}
		return 0
	})
}
