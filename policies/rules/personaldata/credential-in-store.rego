# METADATA
# title: No keys or tokens lie among the data
# description: >-
#   Access keys, private keys or tokens were found in the content. Whoever may read this store gets
#   everything they open, and a copy of the data carries them on.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# custom:
#   id: credential-in-store
#   message: "{element} in {name} holds keys or tokens"
#   severity: high
#   because: >-
#     One file or row opens the rest of the house.
#   behaviour: 3
#   since: 0.1.0
#   sources: [files]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [secrets-management]
#   checks: [db-secret-in-table, priv-credentials-in-objects]
#   remediation:
#     any: >-
#       Revoke them first, since deleting does not undo a copy. Then remove them here and keep new
#       ones in a secret store.
package probity.rules.personaldata.credential_in_store

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.category == "credential"
	label.protection == "clear"

	# Passwords are told by password-readable, and a slow hash is how they should be kept.
	not label.detector in {"password-field", "password-hash-weak", "password-hash"}
}
