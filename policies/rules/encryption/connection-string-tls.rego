# METADATA
# title: Connection strings demand verified TLS
# description: >-
#   The connection string switches TLS off, lets the client fall back to clear text, or trusts any
#   certificate. Data and passwords can then be read on the way, and nobody notices.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/libpq-ssl.html
# custom:
#   id: connection-string-tls
#   message: "{name} connects by {element}, without TLS or without verifying the server"
#   severity: high
#   because: Passwords and data pass in the clear each time the application connects.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [compute, secret, database, cache, search, stream, queue, bucket]
#   kinds: [k8s.workload, k8s.configmap, k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [encryption-in-transit]
#   remediation:
#     kubernetes: >-
#       Write sslmode=verify-full&sslrootcert=… (PostgreSQL), sslMode=VERIFY_IDENTITY (MySQL), tls=true
#       (MongoDB), rediss:// and amqps://.
package probity.rules.encryption.connection_string_tls

violation contains {"fact": "settings.clear_connections", "element": name} if some name in input.settings.clear_connections
