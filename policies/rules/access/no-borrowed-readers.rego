# METADATA
# title: Nobody outside takes on a role that reads personal data
# description: >-
#   The store holds personal data, and a role that reads it may be taken on by somebody outside of the
#   account who is not trusted. The store itself names only our own role, so that nobody who looks at it
#   sees who reads.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html
# custom:
#   id: no-borrowed-readers
#   message: "{element} is outside of the account and may take on a role that reads personal data in {name}"
#   severity: critical
#   because: >-
#     Strangers read people's data today, by a way that no look at the store shows.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [bucket, table, database, warehouse, filesystem, queue, stream, topic, search, log, secret]
#   obligations: [least-privilege, recipient-control, breach-evidence]
#   general: true
#   remediation:
#     terraform: >-
#       Name trusted principals in assume_role_policy of the role, or take the right to read away from it.
#     aws: >-
#       aws iam update-assume-role-policy with named principals; then look in the trail for AssumeRole by
#       the stranger.
package probity.rules.access.no_borrowed_readers

import data.probity.lib.personal
import data.probity.lib.trust

violation contains {"fact": "access.borrowers", "element": sprintf("%s as %s", [who.principal, who.role])} if {
	some who in input.access.borrowers
	not known(who.principal)
	input.labels[_].category in personal.categories
}

known(principal) if {
	principal != "*"
	trust.trusted(principal)
}
