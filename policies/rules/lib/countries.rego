# Countries as Chapter V of the GDPR and its UK twin see them, as of 2026-11-23. Sources: Commission adequacy decisions
# (EUR-Lex), ICO list of UK adequacy regulations. A country in none of the sets has no decision.
package probity.lib.countries

eu := {
	"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
	"IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
}

eea := eu | {"IS", "LI", "NO"}

# area is whose law an exporter in that country answers to; undefined where neither does.
area(country) := "eu" if country in eea

area(country) := "uk" if country == "GB"

# adequate names the countries whose decision covers every recipient.
adequate := {
	"eu": (eea | {"AD", "AR", "BR", "CH", "FO", "GB", "GG", "IM", "JE", "NZ", "UY"}),
	"uk": (eea | {"AD", "AR", "CH", "FO", "GB", "GG", "GI", "IL", "IM", "JE", "KR", "NZ", "UY"}),
}

# partly names those whose decision covers some recipients or sectors, so that somebody must say the transfer rests on it.
partly := {
	"eu": {"CA", "IL", "JP", "KR", "US"},
	"uk": {"CA", "JP", "US"},
}
