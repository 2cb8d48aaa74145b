# METADATA
# title: Secrets that nobody reads are deleted
# description: >-
#   Nobody has read the secret for 90 days. What it opens may still be there, and a secret that nobody
#   needs is one that nobody misses when it is taken.
# related_resources:
# - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
# custom:
#   id: secrets-used
#   message: "{name} was read by nobody for 90 days: delete it, or find who needs it"
#   severity: low
#   because: >-
#     It has to be taken first.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [secret]
#   kinds: [aws.secretsmanager.secret]
#   obligations: [secrets-management, data-minimisation]
#   checks: [secret-unused]
#   remediation:
#     aws: >-
#       aws secretsmanager delete-secret --recovery-window-in-days 30
package probity.rules.access.secrets_used

violation contains {"fact": "lifecycle.last_used"} if {
	input.lifecycle.last_used.set == true
	old(input.lifecycle.last_used.value)
}

# A new one has had no time to be read.
violation contains {"fact": "lifecycle.last_used"} if {
	input.lifecycle.last_used.set == false
	old(input.lifecycle.created)
}

old(day) if time.add_date(time.parse_rfc3339_ns(day), 0, 0, 90) < time.parse_rfc3339_ns(input.now)
