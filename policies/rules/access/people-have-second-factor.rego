# METADATA
# title: People log in with a second factor
# description: >-
#   A user may log in to the console with a password alone. Passwords are guessed, caught by false pages and
#   used twice; whoever has this one may all that the user may.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
# custom:
#   id: people-have-second-factor
#   message: "{name} logs in with a password alone"
#   severity: high
#   because: >-
#     One mail that asks for a password is enough to be in.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [identity]
#   kinds: [aws.iam.user]
#   obligations: [authentication]
#   checks: [iam-mfa-for-humans]
#   remediation:
#     aws: >-
#       aws iam enable-mfa-device, or better delete-login-profile and let people come through IAM Identity
#       Center.
package probity.rules.access.people_have_second_factor

violation contains {"fact": "settings.mfa"} if {
	input.settings.console_password == true
	input.settings.mfa == false
}
