# METADATA
# title: Disks that no machine uses do not linger
# description: >-
#   The disk was made more than 90 days ago and is attached to no machine; since when, AWS does not tell. Its data
#   is looked at by nobody and deleted by nobody.
# related_resources:
# - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html
# custom:
#   id: volumes-attached
#   message: "{name}, made more than 90 days ago, is attached to no machine"
#   severity: low
#   because: >-
#     It is as closed as before; it is the forgetting that this catches.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [volume]
#   kinds: [aws.ebs.volume]
#   obligations: [storage-limitation, data-inventory]
#   checks: [ebs-volume-unattached-stale]
#   remediation:
#     aws: >-
#       aws ec2 create-snapshot if the data is needed, then aws ec2 delete-volume
package probity.rules.retention.volumes_attached

violation contains {"fact": "settings.attached"} if {
	input.settings.attached == false
	time.add_date(time.parse_rfc3339_ns(input.lifecycle.created), 0, 0, 90) < time.parse_rfc3339_ns(input.now)
}
