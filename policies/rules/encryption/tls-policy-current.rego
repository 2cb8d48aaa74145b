# METADATA
# title: Clients need TLS 1.2 or newer
# description: >-
#   The endpoint takes versions of TLS or ciphers that are broken. A client that can be talked into them can be
#   listened to.
# related_resources:
# - ref: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
# - ref: https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html
# custom:
#   id: tls-policy-current
#   message: "{name} takes clients by the policy {value}, which allows old or weak encryption"
#   severity: medium
#   because: An attacker must be on the way between client and store and force the old version.
#   checks: [opensearch-https-tls12, transfer-no-plain-ftp]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [search, filesystem]
#   kinds: [aws.opensearch.domain, aws.transfer.server]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       Set tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10" in domain_endpoint_options,
#       security_policy_name = "TransferSecurityPolicy-2024-01" on aws_transfer_server.
#     cloudformation: >-
#       Set DomainEndpointOptions.TLSSecurityPolicy, SecurityPolicyName of AWS::Transfer::Server.
#     aws: >-
#       aws opensearch update-domain-config --domain-endpoint-options
#       TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10; aws transfer update-server --security-policy-name
#       TransferSecurityPolicy-2024-01
package probity.rules.encryption.tls_policy_current

violation contains {"fact": "settings.tls_policy"} if not current

# By the lists of 2026-11-28: what the services name later is as new.
current if startswith(input.settings.tls_policy, "Policy-Min-TLS-1-2-")

current if startswith(input.settings.tls_policy, "Policy-Min-TLS-1-3-")

# TransferSecurityPolicy-2018-11 and -2020-06 take SHA-1 and CBC; names hold the year, also of FIPS, restricted and post-quantum ones.
current if {
	startswith(input.settings.tls_policy, "TransferSecurityPolicy-")
	to_number(regex.find_n(`20\d\d`, input.settings.tls_policy, 1)[0]) >= 2022
}
