# METADATA
# title: Logs name nobody
# description: >-
#   What names people, their numbers or their health stands in a log. Logs are read by many, copied
#   to other systems, kept for long, and no request for erasure reaches them.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
# custom:
#   id: personal-data-in-logs
#   message: "{element} in {name} is a log and names people"
#   severity: high
#   because: >-
#     Logs are copied far, kept long and read by many, and people in them are found by nobody who must erase
#     them.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, files]
#   classes: [log, bucket, filesystem, table]
#   obligations: [data-minimisation, log-protection]
#   checks: [priv-personal-data-in-logs]
#   remediation:
#     any: >-
#       Mask at the source: log a number of the case, never the person. Then delete what was logged,
#       in every system that it was sent to.
#     aws: >-
#       Put a data protection policy on the log group (aws logs put-data-protection-policy), and
#       delete the streams that hold the values.
package probity.rules.personaldata.personal_data_in_logs

import data.probity.lib.personal

# Who calls, from where, is what access logs are for: addresses of the network and places alone are no finding.
violation contains {"fact": "labels", "element": where(label.on)} if {
	some label in input.labels
	label.category in (personal.categories - {"online", "location"})
	logged(label.on)
}

logged(_) if input.class == "log"

logged(place) if {
	input.class in {"bucket", "filesystem"}
	regex.match(`(?i)(^|[/._-])(logs?|syslog|journal|access_log|error_log)([/._:0-9-]|$)`, place)
}

logged(_) if {
	input.class == "table"
	regex.match(`(?i)(^|[._])(logs?|audit_log|event_log|access_log)$`, input.name)
}

# A log is named, not each of its columns.
where(place) := split(place, ":")[0] if input.class != "table"

where(place) := place if input.class == "table"
