# METADATA
# title: Terraform state is remote, encrypted and locked
# description: >-
#   The state holds every attribute in the clear, passwords too. It is kept in a file beside the code, or
#   its backend does not ask for encryption or takes no lock, so that two runs can break it.
# related_resources:
# - ref: https://docs.aws.amazon.com/prescriptive-guidance/latest/terraform-aws-provider-best-practices/backend.html
# custom:
#   id: state-guarded
#   message: "the state {name} is not guarded"
#   messages:
#     settings.backend: "the state {name} lies in a local file, with every secret that it holds"
#     settings.encrypt: "the state {name} is not set to be encrypted in its bucket"
#     settings.locked: "the state {name} is not locked while somebody applies"
#   severity: high
#   because: >-
#     Whoever reads the state has the secrets of the whole root.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform]
#   classes: [secret]
#   kinds: [terraform.state]
#   obligations: [secrets-management, encryption-at-rest, integrity]
#   checks: [iac-state-backend-protected]
#   remediation:
#     terraform: >-
#       Keep the state in a backend such as s3 with encrypt = true, kms_key_id of a key of your own and
#       use_lockfile = true, in a bucket with versions and without public access.
package probity.rules.access.state_guarded

violation contains {"fact": "settings.backend"} if input.settings.backend == "local"

violation contains {"fact": "settings.encrypt"} if {
	input.settings.backend == "s3"
	input.settings.encrypt == false
}

violation contains {"fact": "settings.locked"} if {
	input.settings.backend == "s3"
	input.settings.locked == false
}
