# METADATA
# title: Streams deliver to servers that somebody named
# description: >-
#   The stream delivers what is put into it to a server outside of the cloud that nobody named. Whose it is, where
#   it stands and what may go there is then not decided.
# related_resources:
# - ref: https://docs.aws.amazon.com/firehose/latest/dev/create-destination.html
# custom:
#   id: delivery-to-known-servers
#   message: "{name} delivers to {value}, which known_servers does not name"
#   severity: high
#   because: All data of the stream leaves, continuously, to somebody who is in no list of recipients.
#   checks: [firehose-destination-known]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [stream]
#   kinds: [aws.firehose.stream]
#   obligations: [transfer-control, recipient-control]
#   remediation:
#     any: >-
#       Stop the delivery, or name the host in parameters.known_servers of probity.yaml once its contract is on
#       file.
#     terraform: >-
#       Deliver to a bucket (destination = "extended_s3") in place of http_endpoint, splunk or snowflake.
package probity.rules.residency.delivery_to_known_servers

violation contains {"fact": "settings.endpoint"} if {
	input.settings.destination in {"http_endpoint", "splunk", "snowflake"}
	not input.settings.endpoint in data.config.known_servers
}
