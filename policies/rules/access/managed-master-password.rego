# METADATA
# title: The service makes and rotates the master password
# description: >-
#   Somebody chose the master password of this database, and it stays the same until somebody changes it. A password
#   that people have handled is in scripts, notes and tickets, and opens everything in the database.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
# custom:
#   id: managed-master-password
#   message: "{name} has a master password that people handle"
#   severity: low
#   because: A password that people keep can still be a good one; that nobody needs to know it is the surest way.
#   checks: [rds-master-password-managed]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse]
#   kinds: [aws.rds.instance, aws.rds.cluster, aws.docdb.cluster, aws.redshift.cluster, aws.redshift.namespace]
#   obligations: [secrets-management, authentication]
#   remediation:
#     terraform: >-
#       Set manage_master_user_password = true (manage_master_password on aws_redshift_cluster,
#       manage_admin_password on aws_redshiftserverless_namespace) and remove the password.
#     cloudformation: >-
#       Set ManageMasterUserPassword (ManageMasterPassword, ManageAdminPassword) to true and remove the
#       password.
#     aws: >-
#       aws rds modify-db-instance (or modify-db-cluster) --manage-master-user-password --apply-immediately
package probity.rules.access.managed_master_password

violation contains {"fact": "settings.managed_password"} if input.settings.managed_password == false
