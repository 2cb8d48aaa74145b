# METADATA
# title: The root user is locked away
# description: >-
#   The root user of the account has no second factor, or has keys of its own. No policy limits it, so that
#   whoever has its password or a key has all stores, and can lock everybody else out.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
# custom:
#   id: root-guarded
#   message: "the root user of {name} is not guarded"
#   messages:
#     settings.root_mfa: "the root user of {name} logs in without a second factor"
#     settings.root_access_keys: "the root user of {name} has access keys"
#   severity: high
#   because: >-
#     It is all of the account at once, and nothing limits it; it has to be stolen first.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [authentication, least-privilege]
#   checks: [iam-mfa-for-humans]
#   remediation:
#     aws: >-
#       Log in as the root user, add a passkey or a security key under security credentials, and delete its
#       access keys.
package probity.rules.access.root_guarded

violation contains {"fact": "settings.root_mfa"} if input.settings.root_mfa == false

violation contains {"fact": "settings.root_access_keys"} if input.settings.root_access_keys == true
