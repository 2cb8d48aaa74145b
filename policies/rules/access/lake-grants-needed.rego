# METADATA
# title: New tables of the lake are opened by grants alone
# description: >-
#   Lake Formation gives new databases or tables to IAMAllowedPrincipals. Whoever a policy of IAM lets in
#   to the catalogue reads them then, and its own grants hold nobody back.
# related_resources:
# - ref: https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html
# custom:
#   id: lake-grants-needed
#   message: "{name} leaves new databases and tables to policies of IAM alone"
#   severity: medium
#   because: >-
#     Policies of IAM still say who; they are wider, and know no columns and rows.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [warehouse]
#   kinds: [aws.glue.catalog]
#   obligations: [least-privilege, secure-defaults]
#   checks: [lakeformation-no-iam-allowed-principals]
#   remediation:
#     terraform: >-
#       Name a role of yours in create_database_default_permissions and
#       create_table_default_permissions of aws_lakeformation_data_lake_settings.
#     aws: >-
#       aws lakeformation put-data-lake-settings with empty CreateDatabaseDefaultPermissions and
#       CreateTableDefaultPermissions
package probity.rules.access.lake_grants_needed

violation contains {"fact": "settings.open_by_default"} if input.settings.open_by_default == true
