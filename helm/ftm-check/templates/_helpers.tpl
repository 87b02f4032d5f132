{{- define "ftm-check.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "ftm-check.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "ftm-check.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "ftm-check.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "ftm-check.selector" -}}
app.kubernetes.io/name: {{ include "ftm-check.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ftm-check.labels" -}}
{{ include "ftm-check.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "ftm-check.image" -}}
{{- $image := .Values.image }}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}
{{- else }}{{ $image.repository }}:{{ default .Chart.AppVersion $image.tag }}{{ end }}
{{- end }}

{{- define "ftm-check.valkeyImage" -}}
{{- $image := .Values.valkey.image }}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}
{{- else }}{{ $image.repository }}:{{ $image.tag }}{{ end }}
{{- end }}

{{- define "ftm-check.slackSecret" -}}
{{- if .Values.slack.existingSecret }}{{ .Values.slack.existingSecret }}
{{- else if .Values.externalSecret.enabled }}{{ include "ftm-check.fullname" . }}
{{- end }}
{{- end }}

{{- define "ftm-check.valkeySecret" -}}
{{- default (include "ftm-check.slackSecret" .) .Values.valkey.existingSecret }}
{{- end }}

{{- define "ftm-check.redisSecret" -}}
{{- if .Values.redis.existingSecret }}{{ .Values.redis.existingSecret }}
{{- else if .Values.externalSecret.enabled }}{{ include "ftm-check.fullname" . }}
{{- end }}
{{- end }}

{{- define "ftm-check.dashboardSecret" -}}
{{- default (include "ftm-check.slackSecret" .) .Values.queueDashboard.existingSecret }}
{{- end }}

{{- /* Whether bots have to be reached from outside; empty where they need not. */ -}}
{{- define "ftm-check.listens" -}}
{{- if or (eq .Values.slack.mode "http") .Values.slack.installable .Values.hooks.enabled }}true{{ end }}
{{- end }}

{{- define "ftm-check.pullSecrets" -}}
{{- with .Values.image.pullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "ftm-check.serviceAccount" -}}
{{- $default := ternary (include "ftm-check.fullname" .) "default" .Values.serviceAccount.create }}
{{- default $default .Values.serviceAccount.name }}
{{- end }}

{{- define "ftm-check.inventoryConfigMap" -}}
{{- default (printf "%s-inventory" (include "ftm-check.fullname" .)) .Values.inventory.existingConfigMap }}
{{- end }}

{{- define "ftm-check.podSecurity" -}}
runAsNonRoot: true
{{- range $name := list "runAsUser" "runAsGroup" "fsGroup" }}
{{- with get $.Values.podSecurityContext $name }}
{{ $name }}: {{ int64 . }}
{{- end }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "ftm-check.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* A variable from the Secret of `slack`. Takes a dict of `root`, `name` and `key`. */ -}}
{{- define "ftm-check.slackEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "ftm-check.slackSecret" .root }}
      key: {{ .key }}
{{- end }}

{{- define "ftm-check.queueEnv" -}}
{{- if .Values.valkey.enabled }}
- name: VALKEY_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "ftm-check.valkeySecret" . }}
      key: {{ .Values.valkey.passwordKey }}
- name: REDIS_URL
  value: redis://:$(VALKEY_PASSWORD)@{{ include "ftm-check.fullname" . }}-valkey:6379/0
{{- else }}
- name: REDIS_URL
  valueFrom:
    secretKeyRef:
      name: {{ include "ftm-check.redisSecret" . }}
      key: {{ .Values.redis.urlKey }}
{{- range $name, $key := dict "REDIS_SENTINEL_USERNAME" .Values.redis.sentinel.usernameKey "REDIS_SENTINEL_PASSWORD" .Values.redis.sentinel.passwordKey }}
{{- if $key }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "ftm-check.redisSecret" $ }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- if ne .Values.redis.minReplicas nil }}
- name: REDIS_MIN_REPLICAS
  value: {{ .Values.redis.minReplicas | quote }}
{{- end }}
{{- with .Values.redis.tls.caConfigMap }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/ftm-check-redis/ca.crt
{{- end }}
{{- end }}
{{- end }}

{{- /* Paths that are called from outside, separated by spaces; alerts are below `/hooks`. */ -}}
{{- define "ftm-check.exactPaths" -}}
{{- $paths := list }}
{{- if eq .Values.slack.mode "http" }}{{ $paths = append $paths "/slack/events" }}{{ end }}
{{- if .Values.slack.installable }}{{ $paths = concat $paths (list "/slack/install" "/slack/oauth_redirect") }}{{ end }}
{{- join " " $paths }}
{{- end }}
