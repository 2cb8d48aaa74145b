# METADATA
# title: No data is older than its declared time
# description: >-
#   Data goes further back than the activity declares it to be kept, counted from the column that
#   the activity names as the start. Whatever deletes it does not work, or does not reach this
#   store.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.cnil.fr/en/sheet-ndeg14-define-data-retention-period
# custom:
#   id: data-older-than-declared
#   message: "{name} holds data that is older than activity {element} declares"
#   severity: high
#   because: >-
#     Data is there that people were told is gone.
#   behaviour: 1
#   since: 0.2.0
#   sources: [files]
#   classes: [bucket, table, warehouse]
#   obligations: [storage-limitation, erasure]
#   checks: [priv-stale-personal-data]
#   remediation:
#     sql: >-
#       Delete or anonymise the rows whose period is over, in copies too, and let a job do it from
#       now on.
#     any: >-
#       Find out why data is not deleted in time, delete what is too old, and look into its copies
#       and backups.
package probity.rules.retention.data_older_than_declared

# Days as the law counts them: from the declared start, never from when a file was written.
violation contains {"fact": "retention.oldest", "element": activity.id} if {
	some activity in input.activities
	activity.legal_hold == false
	some age in input.retention.oldest
	age.start == activity.retention_from
	days(age.oldest) > activity.retention_days
}

days(day) := ((time.parse_rfc3339_ns(input.now) - time.parse_rfc3339_ns(day)) / 1000000000) / 86400
