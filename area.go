package probity

// EEA are the countries of the European Economic Area by ISO 3166-1 alpha-2, sorted: the members of the European Union, and Iceland,
// Liechtenstein and Norway, as of 2026-01-01.
func EEA() []string {
	return []string{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL",
		"PT", "RO", "SE", "SI", "SK"}
}
