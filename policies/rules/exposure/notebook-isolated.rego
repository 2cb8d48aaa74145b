# METADATA
# title: Notebooks reach the internet through the network only, and their users are not root
# description: >-
#   The notebook has a way to the internet around the network, or its users are root on it. What is loaded into it
#   for analysis can be carried out by any package that somebody installs.
# related_resources:
# - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
# custom:
#   id: notebook-isolated
#   message: "{name} is not closed off"
#   messages:
#     settings.direct_internet: "{name} reaches the internet around its network"
#     settings.root: "{name} lets its users be root"
#   severity: high
#   because: Notebooks hold copies of real data and run code from everywhere.
#   checks: [sagemaker-notebook-isolated]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [volume]
#   kinds: [aws.sagemaker.notebook]
#   obligations: [network-boundary, least-privilege]
#   remediation:
#     terraform: >-
#       Set direct_internet_access = "Disabled" with a subnet_id, and root_access = "Disabled" on
#       aws_sagemaker_notebook_instance.
#     cloudformation: >-
#       Set DirectInternetAccess and RootAccess to Disabled on AWS::SageMaker::NotebookInstance.
#     aws: >-
#       Direct access is chosen when a notebook is made; aws sagemaker update-notebook-instance --root-access
#       Disabled
package probity.rules.exposure.notebook_isolated

violation contains {"fact": "settings.direct_internet"} if input.settings.direct_internet == true

violation contains {"fact": "settings.root"} if input.settings.root == true
