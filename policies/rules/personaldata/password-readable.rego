# METADATA
# title: No password is stored readable or weakly hashed
# description: >-
#   Passwords of people stand in clear, or behind one round of MD5, SHA-1, LM or NTLM, which is undone in
#   hours. Who reads the table opens their accounts, here and wherever they use the same word.
# related_resources:
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
# custom:
#   id: password-readable
#   message: "{element} in {name} holds passwords in clear or weakly hashed"
#   severity: critical
#   because: >-
#     People use a password in many places, and all of them are open with it.
#   behaviour: 2
#   since: 0.2.0
#   sources: [database]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [secrets-management, pseudonymisation]
#   checks: [db-plaintext-password-column]
#   remediation:
#     sql: >-
#       Hash with Argon2id, scrypt or bcrypt when somebody next logs in, then drop the column; make those
#       who do not come choose anew.
#     any: >-
#       Find out what writes them, and stop it first. Copies and backups hold them as well.
package probity.rules.personaldata.password_readable

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.detector in {"password-field", "password-hash-weak"}
	label.protection == "clear"
}
