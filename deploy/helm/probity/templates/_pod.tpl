{{- /* What all pods are: a user without rights, a root that nobody writes to, and no token of Kubernetes. Takes root, part, restart, keeps, container. */ -}}
{{- define "probity.pod" -}}
metadata:
  labels:
    {{- include "probity.selector" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .part }}
    {{- with .root.Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ toYaml .root.Values.config | sha256sum }}
    {{- with .root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "probity.account" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  restartPolicy: {{ .restart }}
  terminationGracePeriodSeconds: 120
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    fsGroup: 65532
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  containers:
    - name: probity
      image: {{ include "probity.image" .root }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      workingDir: /var/lib/probity
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        privileged: false
        capabilities: {drop: [ALL]}
      env:
        {{- range $name, $value := .root.Values.env }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
        - name: XDG_CONFIG_HOME
          value: /var/lib/probity
        {{- if .root.Values.keySecret }}
        - name: PROBITY_KEY_FILE
          value: /etc/probity-key/key
        {{- end }}
      {{- with .root.Values.secretName }}
      envFrom:
        - secretRef:
            name: {{ . }}
      {{- end }}
      resources:
        {{- toYaml .root.Values.resources | nindent 8 }}
      volumeMounts:
        - {name: config, mountPath: /etc/probity, readOnly: true}
        - {name: data, mountPath: /var/lib/probity}
        - {name: tmp, mountPath: /tmp}
        {{- if .root.Values.keySecret }}
        - {name: key, mountPath: /etc/probity-key, readOnly: true}
        {{- end }}
      {{- .container | nindent 6 }}
  volumes:
    - name: config
      configMap:
        name: {{ include "probity.name" .root }}
    - name: data
      {{- if .keeps }}
      persistentVolumeClaim:
        claimName: {{ default (include "probity.name" .root) .root.Values.persistence.existingClaim }}
      {{- else }}
      emptyDir: {sizeLimit: 1Gi}
      {{- end }}
    - name: tmp
      emptyDir: {sizeLimit: 1Gi}
    {{- with .root.Values.keySecret }}
    - name: key
      secret: {secretName: {{ . }}, defaultMode: 0440}
    {{- end }}
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
