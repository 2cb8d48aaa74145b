# METADATA
# title: Stores say how sensitive they are
# description: >-
#   No tag of the store tells how sensitive what it holds is. Guards, backups and access that go by the
#   classification pass it by.
# related_resources:
# - ref: https://docs.aws.amazon.com/whitepapers/latest/data-classification/data-classification-overview.html
# custom:
#   id: classified
#   message: "{name} has no classification"
#   severity: low
#   because: >-
#     It opens nothing; it keeps others from guarding the store well.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, search]
#   obligations: [data-inventory]
#   checks: [priv-no-classification-tag]
#   remediation:
#     terraform: >-
#       Set a tag data-classification, best by default_tags of the provider.
#     aws: >-
#       aws resourcegroupstaggingapi tag-resources with data-classification.
package probity.rules.personaldata.classified

violation contains {"fact": "tags"} if not classified

classified if {
	some key, value in input.tags
	regex.match(`^(data[-_:]?)?(classification|sensitivity|class)$`, lower(key))
	value != ""
}
