# Countries as Chapter V of the GDPR, its UK twin and Article 16 of the Swiss FADP see them, as of 2026-11-23. Sources: Commission
# adequacy decisions (EUR-Lex), ICO list of UK adequacy regulations, annex 1 of the Swiss DPO (SR 235.11). A country in none of the
# sets has no decision. What an organisation adds stands in adequate_countries under parameters.
package probity.lib.countries

eu := {
	"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
	"IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
}

eea := eu | {"IS", "LI", "NO"}

# area is whose law an exporter in that country answers to; undefined where none does. The decision on Brazil waits for the EEA Joint
# Committee, and so does not hold in Iceland, Liechtenstein and Norway.
area(country) := "eu" if country in eu

area(country) := "efta" if country in {"IS", "LI", "NO"}

area(country) := "uk" if country == "GB"

area(country) := "ch" if country == "CH"

# adequate names the countries whose decision covers every recipient.
adequate := {
	"eu": (eea | {"AD", "AR", "BR", "CH", "FO", "GB", "GG", "IM", "JE", "NZ", "UY"}),
	"efta": (eea | {"AD", "AR", "CH", "FO", "GB", "GG", "IM", "JE", "NZ", "UY"}),
	"uk": (eea | {"AD", "AR", "CH", "FO", "GB", "GG", "GI", "IL", "IM", "JE", "KR", "NZ", "UY"}),
	"ch": (eea | {"AD", "AR", "CH", "FO", "GB", "GG", "GI", "IL", "IM", "JE", "MC", "NZ", "UY"}),
}

# partly names those whose decision covers some recipients or sectors, so that somebody must say the transfer rests on it.
partly := {
	"eu": {"CA", "IL", "JP", "KR", "US"},
	"efta": {"CA", "IL", "JP", "KR", "US"},
	"uk": {"CA", "JP", "US"},
	"ch": {"CA", "US"},
}

# covered holds where an exporter of an area needs no basis of its own.
covered(area, country) if country in adequate[area]

covered(_, country) if country in data.config.adequate_countries

# within gives the countries that a tag promises: an area, or one country by its code.
within(code) := eu if code == "EU"

within(code) := eea if code == "EEA"

within(code) := {"GB"} if code == "UK"

within(code) := {code} if {
	regex.match("^[A-Z]{2}$", code)
	not code in {"EU", "UK"}
}
