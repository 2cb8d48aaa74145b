package probity.lib.countries_test

import data.probity.lib.countries

test_area if {
	{code: countries.area(code) | some code in ["DE", "NO", "GB", "CH", "US"]} == {"DE": "eu", "NO": "efta", "GB": "uk", "CH": "ch"}
}

test_covered if {
	countries.covered("eu", "BR") with data.config.adequate_countries as []
	not countries.covered("efta", "BR") with data.config.adequate_countries as []
	not countries.covered("eu", "US") with data.config.adequate_countries as []
	countries.covered("eu", "SG") with data.config.adequate_countries as ["SG"]
	countries.covered("ch", "MC") with data.config.adequate_countries as []
}

test_every_area_has_its_decisions if {
	object.keys(countries.adequate) == object.keys(countries.partly)
	every area, some_of in countries.partly {
		some_of & countries.adequate[area] == set()
	}
}

test_within if {
	"FR" in countries.within("EU")
	not "NO" in countries.within("EU")
	"NO" in countries.within("EEA")
	countries.within("UK") == {"GB"}
	countries.within("IN") == {"IN"}
	not countries.within("YES")
}
