# METADATA
# title: Data is decrypted with named keys only
# description: >-
#   The policy allows to decrypt with every key of the account. A key of its own for sensitive data then
#   guards nothing against whoever bears the policy.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
# custom:
#   id: decrypt-with-named-keys
#   message: "{name} may decrypt with every key"
#   severity: high
#   because: >-
#     It undoes the guard that separate keys are made for, in every store at once.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.iam.policy, aws.iam.role, aws.iam.user, aws.iam.group]
#   obligations: [least-privilege]
#   checks: [iam-no-decrypt-all]
#   remediation:
#     terraform: >-
#       Name the ARNs of the keys in Resource of statements with kms:Decrypt and kms:ReEncryptFrom.
#     aws: >-
#       aws iam create-policy-version with the ARNs of the keys in place of the star.
package probity.rules.access.decrypt_with_named_keys

violation contains {"fact": "settings.decrypt_all"} if input.settings.decrypt_all == true
