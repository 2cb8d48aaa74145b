# METADATA
# title: Databases show a certificate of a current authority
# description: >-
#   The certificate of this database is of an authority that RDS no longer renews. Once it ends, clients that verify
#   it cannot connect, and people then switch verification off.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
# custom:
#   id: database-certificate-current
#   message: "{name} has a certificate of the authority {value}, which is not a current one"
#   severity: medium
#   because: Nothing is open yet, but what breaks is verification, without which TLS hides little.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       Set ca_cert_identifier = "rds-ca-rsa2048-g1" (or rds-ca-rsa4096-g1, rds-ca-ecc384-g1), once clients
#       trust it.
#     cloudformation: >-
#       Set CACertificateIdentifier to rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1.
#     aws: >-
#       aws rds modify-db-instance --ca-certificate-identifier rds-ca-rsa2048-g1
package probity.rules.encryption.database_certificate_current

violation contains {"fact": "settings.certificate_authority"} if not input.settings.certificate_authority in current

# As of 2026-11-28: RDS User Guide, "Certificate authorities". Their certificates are renewed without anybody's doing.
current := {"rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"}
