{{- /* One pod of either role. Takes a dict of `root`, `role` and `part` (the values of the role). */ -}}
{{- define "ftm-check.pod" -}}
{{- $root := .root }}
{{- $values := $root.Values }}
{{- $part := .part }}
{{- $listens := and (eq .role "bot") (include "ftm-check.listens" .root) }}
metadata:
  labels:
    {{- include "ftm-check.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
    ftm-check/scrape: "true"
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "ftm-check.serviceAccount" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "ftm-check.pullSecrets" $root }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $values.shutdown.graceSeconds }}
  securityContext:
    {{- include "ftm-check.podSecurity" $root | nindent 4 }}
  containers:
    - name: {{ .role }}
      image: {{ include "ftm-check.image" $root }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args: [serve, --role, {{ .role }}]
      securityContext:
        {{- include "ftm-check.containerSecurity" $root | nindent 8 }}
      env:
        - name: FTM_CHECK_MODE
          value: {{ $values.slack.mode }}
        {{- if $values.slack.installable }}
        - name: SLACK_ALLOWED_TEAMS
          value: {{ join "," $values.slack.allowedTeams | quote }}
        {{- end }}
        {{- $keys := $values.slack.secretKeys }}
        {{- $secrets := dict "SLACK_BOT_TOKEN" $keys.botToken }}
        {{- if $values.slack.installable }}
        {{- $secrets = dict "SLACK_CLIENT_ID" $keys.clientId "SLACK_CLIENT_SECRET" $keys.clientSecret "SLACK_STATE_SECRET" $keys.stateSecret "FTM_CHECK_SEAL_KEY" $keys.sealKey }}
        {{- end }}
        {{- if eq .role "bot" }}
        {{- if eq $values.slack.mode "socket" }}
        {{- $_ := set $secrets "SLACK_APP_TOKEN" $keys.appToken }}
        {{- else }}
        {{- $_ := set $secrets "SLACK_SIGNING_SECRET" $keys.signingSecret }}
        {{- end }}
        {{- end }}
        {{- range $name, $key := $secrets }}
        {{- include "ftm-check.slackEnv" (dict "root" $root "name" $name "key" $key) | nindent 8 }}
        {{- end }}
        {{- if eq .role "bot" }}
        - name: PORT
          value: "3000"
        {{- if $values.pastePage.enabled }}
        - name: FTM_CHECK_PASTE_PAGE
          value: "on"
        {{- end }}
        {{- if $values.queueDashboard.enabled }}
        - name: FTM_CHECK_DASHBOARD_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ include "ftm-check.dashboardSecret" $root }}
              key: {{ $values.queueDashboard.passwordKey }}
        {{- end }}
        {{- else }}
        - name: FTM_CHECK_CONCURRENCY
          value: {{ $part.concurrency | quote }}
        {{- end }}
        {{- with $values.slack.apiUrl }}
        - name: SLACK_API_URL
          value: {{ . | quote }}
        {{- end }}
        {{- include "ftm-check.queueEnv" $root | nindent 8 }}
        - name: FTM_CHECK_INVENTORY
          value: /etc/ftm-check/inventory.yaml
        - name: FTM_CHECK_DATA
          value: /tmp/ftm-check
        - name: FTM_CHECK_INTERNAL_PORT
          value: "9464"
        - name: FTM_CHECK_DRAIN_SECONDS
          value: {{ $values.shutdown.drainSeconds | quote }}
        - name: FTM_CHECK_SELF_CHECK_MINUTES
          value: {{ $values.selfCheck.minutes | quote }}
        - name: FTM_CHECK_GROUP_LIMIT
          value: {{ $values.groupLimit | quote }}
        - name: FTM_CHECK_FEEDBACK_DAYS
          value: {{ $values.feedback.days | quote }}
        - name: FTM_CHECK_HISTORY_DAYS
          value: {{ $values.retention.historyDays | quote }}
        - name: FTM_CHECK_SETTINGS_DAYS
          value: {{ $values.retention.settingsDays | quote }}
        - name: FTM_CHECK_EVIDENCE_DAYS
          value: {{ $values.retention.evidenceDays | quote }}
        - name: FTM_CHECK_EVIDENCE_MB
          value: {{ $values.retention.evidenceMegabytes | quote }}
        {{- with $values.selfCheck.opsChannel }}
        - name: FTM_CHECK_OPS_CHANNEL
          value: {{ . }}
        {{- end }}
        {{- with $values.selfCheck.opsTeam }}
        - name: FTM_CHECK_OPS_TEAM
          value: {{ . }}
        {{- end }}
        - name: FTM_CHECK_AUDIT
          value: {{ $values.audit.target | quote }}
        - name: LOG_LEVEL
          value: {{ $values.logLevel }}
        {{- with $part.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $part.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: internal
          containerPort: 9464
        {{- if $listens }}
        - name: http
          containerPort: 3000
        {{- end }}
      startupProbe:
        httpGet: { path: /healthz, port: internal }
        periodSeconds: 2
        failureThreshold: 30
      livenessProbe:
        httpGet: { path: /healthz, port: internal }
        periodSeconds: 10
        timeoutSeconds: 3
        failureThreshold: 6
      readinessProbe:
        {{- if $listens }}
        # A bot without the queue must stay reachable: it informs people at once, and asks senders of alerts to send again.
        httpGet: { path: /readyz/work, port: internal }
        {{- else }}
        httpGet: { path: /readyz, port: internal }
        {{- end }}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 2
      {{- if $listens }}
      lifecycle:
        preStop:
          # Endpoints are removed at the same time as the signal is sent, so requests arrive for a moment longer.
          exec:
            command: [node, -e, "setTimeout(() => {}, 5000)"]
      {{- end }}
      resources:
        {{- toYaml $part.resources | nindent 8 }}
      volumeMounts:
        - name: inventory
          mountPath: /etc/ftm-check
          readOnly: true
        - name: tmp
          mountPath: /tmp
        {{- if and (not $values.valkey.enabled) $values.redis.tls.caConfigMap }}
        - name: redis-ca
          mountPath: /etc/ftm-check-redis
          readOnly: true
        {{- end }}
        {{- if $values.paging.existingSecret }}
        - name: paging
          mountPath: /run/secrets/paging
          readOnly: true
        {{- end }}
        {{- if and (eq .role "worker") $values.devices.existingSecret }}
        - name: devices
          mountPath: /run/secrets/devices
          readOnly: true
        {{- end }}
        {{- with $part.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: inventory
      configMap:
        name: {{ include "ftm-check.inventoryConfigMap" $root }}
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
    {{- if and (not $values.valkey.enabled) $values.redis.tls.caConfigMap }}
    - name: redis-ca
      configMap:
        name: {{ $values.redis.tls.caConfigMap }}
    {{- end }}
    # 0400, in decimal since YAML versions differ. Kubernetes adds the group's right to read for `fsGroup`.
    {{- if $values.paging.existingSecret }}
    - name: paging
      secret:
        secretName: {{ $values.paging.existingSecret }}
        defaultMode: 256
    {{- end }}
    {{- if and (eq .role "worker") $values.devices.existingSecret }}
    - name: devices
      secret:
        secretName: {{ $values.devices.existingSecret }}
        defaultMode: 256
    {{- end }}
    {{- with $part.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "ftm-check.selector" $root | nindent 10 }}
          app.kubernetes.io/component: {{ $.role }}
    {{- end }}
  {{- with $part.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $part.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $part.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
