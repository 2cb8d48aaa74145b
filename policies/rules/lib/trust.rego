# Whom the organisation declares to be trusted.
package probity.lib.trust

trusted(principal) if principal in data.config.trusted_accounts

# arn:aws:iam::<account>:role/…: the account's own field, since a role's name may hold any number.
trusted(principal) if split(principal, ":")[4] in data.config.trusted_accounts

# aws:PrincipalOrgID=o-…: anyone under a condition goes by what the condition asks.
trusted(principal) if split(principal, "=")[1] in data.config.trusted_accounts

# account is the number in a principal, else the principal itself.
account(principal) := split(principal, ":")[4] if startswith(principal, "arn:")

account(principal) := principal if not startswith(principal, "arn:")
