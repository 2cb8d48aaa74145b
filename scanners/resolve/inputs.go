package resolve

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// made says what each fact that Run completes is made from, be it of the asset itself or of those around it. Routes are what
// subnets hand to their stores: no fact of any asset, but something to ask for.
func made() map[probity.Path][]probity.Path {
	return map[probity.Path][]probity.Path{
		"exposure.public":          {"exposure.declared", "exposure.networks", "routes", "settings.port", "links"},
		"exposure.networks":        {"exposure.declared.guards", "exposure.networks", "settings.port"},
		"exposure.outside":         {"exposure.declared", "links"},
		"exposure.declared.blocks": {"exposure.declared", "links"},
		"encryption.in_transit":    {policyPath},
		"encryption.key_manager":   {"encryption.key", "encryption.key_manager", "links"},
		"audit.access":             {"links"},
		"audit.data_events":        {"settings.logging", "settings.data_events", "settings.multi_region", "location.region"},
		"location.country":         {"location.region"},
		"access.readers":           {"exposure.declared.policy", "encryption.key", "settings", "tags", "links"},
		"access.borrowers":         {"access.readers", "exposure.outside"},
		"encryption.key_usable":    {"encryption.key_manager", "settings.enabled", "settings.pending_deletion", "links"},
		"encryption.key_elsewhere": {"encryption.key_manager", "settings.multi_region", "links"},
		"encryption.key_deciders":  {"encryption.key_manager", "exposure.outside", "links"},
		"audit.sink.public":        {"exposure.public", "links"},
		"audit.sink.access_logged": {"audit.access", "audit.data_events", "links"},
		"audit.sink.locked":        {"retention.lock_days", "settings.mfa_delete", "links"},
		"audit.sink.own_key":       {"encryption.key_manager", "links"},
		"audit.sink.expires":       {"retention.rules", "links"},
		"labels":                   {"links"},
		"owner":                    {"tags"}, // by what people declared, after all else
		"lineage.production":       {"links", "tags"},
		"lineage.regions":          {"links", "location.region"},
		"settings.copied":          {"settings.copies_to", "links"},
		"retention.stated_days":    {"tags"},

		"settings.refuses_old_tls":    {policyPath},
		"settings.demands_key":        {policyPath},
		"settings.limits_signatures":  {policyPath},
		"settings.everything_granted": {policyPath},
	}
}

// Inputs adds to paths that somebody reads all that those facts are made from. Nil stays nil: everything.
func Inputs(read []probity.Path) []probity.Path {
	if read == nil {
		return nil
	}
	table := made()
	out := slices.Clone(read)
	for i := 0; i < len(out); i++ {
		for derived, from := range table {
			if !Meets(out[i], derived) {
				continue
			}
			for _, p := range from {
				if !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// Meets reports whether one path is the other, or lies below it.
func Meets(a, b probity.Path) bool {
	below := func(p, of probity.Path) bool {
		rest, ok := strings.CutPrefix(string(p), string(of))
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	}
	return below(a, b) || below(b, a)
}
