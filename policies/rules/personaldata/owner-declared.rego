# METADATA
# title: Somebody answers for every store
# description: >-
#   The list of owners names nobody for this store and no tag does, so requests of people, breaches
#   and deletions have nobody to go to.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html
# custom:
#   id: owner-declared
#   message: "nobody is declared to answer for {name}"
#   severity: medium
#   because: >-
#     Nobody acts on a request, a warning or a breach; by itself it opens nothing.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, queue, stream, cache, search]
#   obligations: [data-inventory, record-of-processing]
#   checks: [priv-no-owner-tag]
#   remediation:
#     any: >-
#       Name who answers for it under owners in probity.yaml, or delete the store if nobody does.
#     terraform: >-
#       Set a tag owner, best by default_tags of the provider.
package probity.rules.personaldata.owner_declared

violation contains {"fact": "owner"} if input.owner == ""
