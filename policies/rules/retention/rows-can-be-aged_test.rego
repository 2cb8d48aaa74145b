package probity.rules.retention.rows_can_be_aged_test

import data.probity.rules.retention.rows_can_be_aged as rule

table(columns, labels) := {"settings": {"columns": columns}, "labels": labels}

mail := {"category": "contact", "detector": "email", "on": "email"}

born := {"category": "identifier", "detector": "date-of-birth", "on": "b"}

column(name, type) := {"name": name, "type": type}

test_no_date_fails if {
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("location", "text")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("birth_date", "date")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("b", "date")], [mail, born])
}

test_dates_pass if {
	rule.violation == set() with input as table([column("email", "text"), column("since", "timestamp with time zone")], [mail])
	rule.violation == set() with input as table([column("email", "text"), column("created_at", "INTEGER")], [mail])
	rule.violation == set() with input as table([column("email", "text"), column("createdAt", "TEXT")], [mail])
}

# Marks, persons and measures that have a word of time in their names.
test_each_name_of_another_thing_fails if {
	every name in {"is_deleted", "created_by", "deleted", "updated_by_user", "date_format", "update_count", "day_rate", "based_on", "last_login_ip", "aktualisiert_von", "supprime", "borrado", "verwijderd_door", "datumsformat"} {
		rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column(name, "text")], [mail])
	}
}

test_types_that_hold_no_time_fail if {
	every type in {"boolean", "bool", "tinyint(1)", "uuid", "jsonb", "bit(1)"} {
		rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("created_at", type)], [mail])
	}
}

test_birth_in_each_language_fails if {
	every name in {"birth_date", "born", "dob", "geburtsdatum", "GebDatum", "date_naissance", "fecha_nacimiento", "data_nascita", "geboortedatum"} {
		rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column(name, "date")], [mail])
	}
}

test_names_of_times_pass if {
	every name in {
		"created_at", "createdAt", "CREATED-AT", "CreatedOn", "updated_on", "date", "day", "order_date", "orderDate", "date_created", "valid_until", "expires", "last_seen", "lastLogin", "created", "event_timestamp", "mtime",
		"erstellt_am", "geändert_am", "Löschdatum", "Aenderungsdatum", "zeitstempel", "gueltig_bis",
		"créé_le", "modifiee_le", "date_de_creation", "date_fin", "horodatage",
		"creado_en", "fecha_alta", "fecha", "valido_hasta", "eliminada_el",
		"aangemaakt_op", "gewijzigd_op", "vervaldatum", "geldig_tot", "tijdstip",
	} {
		rule.violation == set() with input as table([column("email", "text"), column(name, "bigint")], [mail])
	}
}

test_others_pass if {
	rule.violation == set() with input as table([column("email", "text")], [])
}
