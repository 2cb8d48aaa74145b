# METADATA
# title: Rows about people have a date to delete them by
# description: >-
#   The table holds personal data and no column that tells how old a row is. Nobody can delete what is over its
#   time, because nothing says which rows are.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: rows-can-be-aged
#   message: "{name} holds personal data, and no column tells how old its rows are"
#   severity: low
#   because: >-
#     Nothing is open; rows stay because nobody can tell which to delete.
#   behaviour: 2
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table, mysql.table, sqlite.table, redshift.table]
#   obligations: [storage-limitation, erasure]
#   checks: [db-no-retention-column]
#   general: true
#   remediation:
#     sql: >-
#       ALTER TABLE … ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(), or the day on which the purpose ended,
#       and a job that deletes by it.
package probity.rules.retention.rows_can_be_aged

import data.probity.lib.personal

violation contains {"fact": "settings.columns"} if {
	input.settings.columns
	input.labels[_].category in personal.categories
	not dated
}

dated if {
	some column in input.settings.columns
	timed(column)
	not of_birth(column.name)
}

# A type that holds a day or a moment.
timed(column) if regex.match(`(?i)^(date|timestamp|datetime|smalldatetime)`, column.type)

# A name of a day or a moment, of a number or a text. What is true or false, an identity or a document is none, whatever it is called.
timed(column) if {
	not regex.match(`(?i)^(bool|bit|tinyint\(1\)|uuid|uniqueidentifier|json|enum|set|inet|cidr|xml|bytea|blob|array)`, column.type)
	some form in forms
	regex.match(form, words(column.name))
}

# createdAt and CREATED-AT are created_at.
words(name) := lower(regex.replace(regex.replace(name, `([a-z0-9])([A-Z])`, `${1}_${2}`), `[-. ]+`, `_`))

# A verb alone, as deleted or created, is as often a mark or a person as a time; with at, on or their like it is a time.
forms := {
	# English
	`(^|_)(created|updated|modified|inserted|added|changed|deleted|removed|ended|closed|opened|registered|joined|signed|signed_up|ordered|paid|sent|received|published|recorded|entered|accessed|visited|seen|expires|expired|logged_in|login)_(at|on|date|day|time|ts|utc|timestamp|datetime)$`,
	`(^|_)(creation|update|modification|insertion|deletion|removal|end|closing|registration|start|order|payment|expiry|expiration|entry|event|login|visit|access|change)_(at|on|date|day|time|ts|timestamp|datetime)$`,
	`(^|_)(date|timestamp|datetime)$`,
	`^(day|jour|día|dia)$`,
	`^date_(of_)?(created|updated|modified|added|changed|deleted|removed|ended|joined|ordered|sent|received|entry|creation|registration|expiry)$`,
	`(^|_)(valid_(until|to|from|through)|expires|expiry|expiration|last_(seen|login|visit|access|update|updated|modified|changed)|keep_until|delete_(after|at|on))$`,
	`^(ctime|mtime|created|updated|modified|inserted)$`,
	# German
	`(^|_)(erstellt|angelegt|erfasst|eingefügt|eingefuegt|geändert|geaendert|aktualisiert|gelöscht|geloescht|beendet|geschlossen|registriert|angemeldet|gesehen|bezahlt|bestellt)_(am|um)$`,
	`(^|_)[a-zäöüß]*(datum|zeitpunkt|zeitstempel)$`,
	`(^|_)(gültig|gueltig|aufbewahren|aufzubewahren)_(bis|von|ab)$`,
	# French
	`(^|_)(créée?|creee?|modifiée?|modifiee?|ajoutée?|ajoutee?|supprimée?|supprimee?|inscrite?|expire|mise?_(à|a)_jour|vue?)_le$`,
	`^date_?(de_|du_|d_)?(création|creation|modification|mise_(à|a)_jour|ajout|suppression|fin|début|debut|inscription|expiration|saisie|commande|visite)$`,
	`(^|_)(horodatage|valable_jusqu_?(à|a|au)?|expire_le)$`,
	# Spanish
	`(^|_)(cread[oa]|modificad[oa]|actualizad[oa]|añadid[oa]|anadid[oa]|eliminad[oa]|borrad[oa]|registrad[oa]|vist[oa]|caduca|vence)_(en|el)$`,
	`^fecha(_|$)`,
	`(^|_)(marca_de_tiempo|válid[oa]_hasta|valid[oa]_hasta|caducidad|vencimiento)$`,
	# Dutch
	`(^|_)(aangemaakt|gemaakt|gewijzigd|bijgewerkt|toegevoegd|verwijderd|beëindigd|beeindigd|geregistreerd|ingeschreven|gezien|besteld|betaald|verloopt)_(op|om)$`,
	`(^|_)(tijdstip|tijdstempel|geldig_(tot|vanaf|van)|bewaren_tot)$`,
}

# When somebody was born tells nothing of the row.
of_birth(name) if regex.match(`(?i)birth|(^|_)born($|_)|(^|_)dob($|_)|geburt|(^|_)geb_?(datum|dat|tag)|naissance|(^|_)né_le|nacimiento|nascita|nascimento|geboorte`, name)

of_birth(name) if {
	some label in input.labels
	label.detector == "date-of-birth"
	label.on == name
}
