# METADATA
# title: The server asks for strong passwords and slows guessing
# description: >-
#   Nothing on the server asks for long passwords of several sorts, locks an account after wrong ones, or lets
#   passwords end. Weak ones are taken, and may be tried without end.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/validate-password.html
# - ref: https://mariadb.com/kb/en/simple-password-check-plugin/
# custom:
#   id: password-rules-enforced
#   message: "{name} does not enforce for passwords: {element}"
#   severity: low
#   because: >-
#     A guess must still be right, and must reach the port.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [authentication]
#   checks: [mysql-password-policy]
#   remediation:
#     sql: >-
#       In MySQL INSTALL COMPONENT 'file://component_validate_password', validate_password.length = 12,
#       default_password_lifetime, and FAILED_LOGIN_ATTEMPTS of accounts; in MariaDB INSTALL SONAME
#       'simple_password_check', simple_password_check_minimal_length = 12, max_password_errors and
#       default_password_lifetime. Give accounts of programs PASSWORD EXPIRE NEVER.
package probity.rules.access.password_rules_enforced

violation contains {"fact": "settings.free_passwords", "element": what} if some what in input.settings.free_passwords
