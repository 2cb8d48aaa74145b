# METADATA
# title: Ways in take TLS 1.2 and newer only
# description: >-
#   The listener, the distribution or the domain of an API serves in the clear, or takes TLS 1.0 and 1.1,
#   whose ciphers are broken. What people send and receive can be read and changed on the way.
# related_resources:
# - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
# - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
# - ref: https://www.rfc-editor.org/rfc/rfc8996
# custom:
#   id: entrances-take-new-tls
#   message: "{name} takes clear connections or TLS older than 1.2"
#   messages:
#     encryption.in_transit: "{name} takes connections without encryption"
#     settings.tls_policy: "{name} takes connections with TLS older than 1.2, by its policy {value}"
#   severity: medium
#   because: >-
#     A stranger must be on the path between a client and the entrance.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [network]
#   kinds: [aws.elb.listener, aws.apigateway.domain, aws.cloudfront.distribution]
#   obligations: [encryption-in-transit]
#   checks: [net-public-listener-tls]
#   remediation:
#     terraform: >-
#       Set protocol = "HTTPS" and ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06" on aws_lb_listener,
#       minimum_protocol_version = "TLSv1.2_2021" and viewer_protocol_policy = "redirect-to-https" on
#       aws_cloudfront_distribution, security_policy = "TLS_1_2" on domains of APIs.
#     aws: >-
#       aws elbv2 modify-listener --ssl-policy; aws cloudfront update-distribution; aws apigateway
#       update-domain-name.
package probity.rules.encryption.entrances_take_new_tls

violation contains {"fact": "encryption.in_transit"} if input.encryption.in_transit == false

violation contains {"fact": "settings.tls_policy"} if not regex.match(`TLS13-1-[23]|TLS-1-2|FS-1-2|TLSv1\.[23]|TLS_1_[23]|SecurityPolicy_TLS1[23]`, input.settings.tls_policy)
