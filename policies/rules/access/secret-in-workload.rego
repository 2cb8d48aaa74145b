# METADATA
# title: No credential stands in a workload's environment
# description: >-
#   A variable or an argument of the workload is a credential, written out. Whoever may describe the workload,
#   or read the repository, has it.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: secret-in-workload
#   message: "{name} has a credential written out in {element}"
#   severity: high
#   because: >-
#     Everybody who may look at the configuration has the credential, and logs and consoles repeat it.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, kubernetes, aws]
#   classes: [compute, database, cache, search, stream, queue, bucket]
#   kinds: [aws.lambda.function, aws.ecs.task_definition, aws.stepfunctions.state_machine, k8s.workload, k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [secrets-management]
#   checks: [secret-not-in-compute-env]
#   remediation:
#     terraform: >-
#       Give an ECS task the credential by secrets with valueFrom, let a function read it from Secrets Manager
#       or Parameter Store when it starts, a state machine by a task that reads it, and change the value.
#     kubernetes: >-
#       Refer to a Secret with valueFrom.secretKeyRef, or mount it as a file, let the Secret come from an
#       external store, and change the value.
package probity.rules.access.secret_in_workload

violation contains {"fact": "settings.credentials", "element": name} if some name in input.settings.credentials
