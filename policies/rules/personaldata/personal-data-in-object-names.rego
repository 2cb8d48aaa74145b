# METADATA
# title: What holds personal data tells none in its name
# description: >-
#   An object or a column in which personal data was found bears personal data in its name too.
#   Names of objects stand in listings, access logs and links, which more people read than the
#   objects themselves. Reports show them masked.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
# custom:
#   id: personal-data-in-object-names
#   message: "{element} in {name} has personal data in its name"
#   severity: medium
#   because: >-
#     Names are listed and logged where the content is not.
#   behaviour: 1
#   since: 0.2.0
#   sources: [files]
#   classes: [bucket, filesystem, table, warehouse, search]
#   obligations: [data-minimisation]
#   checks: [priv-personal-data-in-tags-or-names]
#   remediation:
#     any: >-
#       Name objects by numbers that mean nothing outside, and delete the old ones with all
#       versions.
package probity.rules.personaldata.personal_data_in_object_names

# What a scan masks in a name is set in these marks.
violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	regex.match(`‹[a-z0-9-]+›`, label.on)
}
