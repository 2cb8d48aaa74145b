# METADATA
# title: Names and tags tell nobody's data
# description: >-
#   A name or a tag of the store holds personal data. Names are not encrypted, stand in bills, logs
#   and tickets, and everybody who may list things reads them. Reports show them masked.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
# custom:
#   id: personal-data-in-names
#   message: "{name} has personal data in its name or tags"
#   messages:
#     name: "the name {element} has personal data in it"
#     tags: "the tag {element} of {name} has personal data in its name or value"
#   severity: medium
#   because: >-
#     Names are copied into bills, logs and tickets, which no grant guards.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret, key, compute]
#   obligations: [data-minimisation]
#   checks: [priv-personal-data-in-tags-or-names]
#   remediation:
#     any: >-
#       Name things by numbers that mean nothing outside, rename what is there, and look for copies
#       of the names in logs and bills.
#     aws: >-
#       aws resourcegroupstaggingapi tag-resources gives the tag another value.
package probity.rules.personaldata.personal_data_in_names

# What a scan masks in a name is set in these marks.
violation contains {"fact": "name", "element": input.name} if masked(input.name)

violation contains {"fact": "tags", "element": key} if {
	some key, value in input.tags
	masked(value)
}

violation contains {"fact": "tags", "element": key} if {
	some key, _ in input.tags
	masked(key)
}

masked(name) if regex.match(`‹[a-z0-9-]+›`, name)
