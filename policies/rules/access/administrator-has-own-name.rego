# METADATA
# title: The administrator of the database is not called as everybody guesses
# description: >-
#   The administrator of the database has the name that engines and guides give theirs, so that who guesses
#   passwords needs to guess nothing else.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/rs-ra3-dc2-cluster-creating.html
# custom:
#   id: administrator-has-own-name
#   message: "the administrator of {name} has the name that everybody tries first"
#   severity: low
#   because: >-
#     A password must still be guessed, and the port be reached.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse]
#   kinds: [aws.rds.instance, aws.rds.cluster, aws.redshift.cluster, aws.redshift.namespace]
#   obligations: [authentication, secure-defaults]
#   checks: [rds-admin-name-not-default, redshift-admin-not-default]
#   remediation:
#     terraform: >-
#       Set username or master_username to a name of your own. It cannot be changed: a new database and a copy of the
#       data are needed, or another administrator and a locked first one.
#     aws: >-
#       aws rds create-db-instance --master-username, when the database is made.
package probity.rules.access.administrator_has_own_name

violation contains {"fact": "settings.default_admin"} if input.settings.default_admin == true
