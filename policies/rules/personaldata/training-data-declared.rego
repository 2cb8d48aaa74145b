# METADATA
# title: Learning from people has a declared purpose
# description: >-
#   An AI service learns from, or looks things up in, personal data that serves no declared activity with a
#   purpose. A model or an index does not forget, so that a mistake here cannot be taken back.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.edpb.europa.eu/our-work-tools/our-documents/opinion-board-art-64/opinion-282024-certain-data-protection-aspects_en
# custom:
#   id: training-data-declared
#   message: "{name} feeds personal data to an AI service, and no activity declares why"
#   severity: high
#   because: >-
#     What a model took in cannot be erased when a person asks for it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [search, filesystem, table]
#   kinds: [aws.bedrock.knowledge_base, aws.bedrock.custom_model, aws.sagemaker.feature_group, aws.sagemaker.notebook]
#   obligations: [record-of-processing, data-minimisation]
#   checks: [priv-training-data-ungoverned]
#   general: true
#   remediation:
#     any: >-
#       Declare an activity with purpose, people and legal basis in probity.yaml, leave out those who
#       objected, or take personal data out of the source.
package probity.rules.personaldata.training_data_declared

import data.probity.lib.personal

violation contains {"fact": "activities"} if {
	input.labels[_].category in personal.categories
	not purposeful
}

purposeful if input.activities[_].purposes[_] != ""
