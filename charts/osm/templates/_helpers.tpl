{{/* Namespace of the control plane. */}}
{{- define "osm.namespace" -}}
{{ default .Release.Namespace .Values.osm.osmNamespace }}
{{- end }}

{{/* Labels of everything that is installed. */}}
{{- define "osm.labels" -}}
app.kubernetes.io/name: openservicemesh.io
app.kubernetes.io/instance: {{ .Values.osm.meshName }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: openservicemesh.io
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Reference to an image: dict "root" $ "name" <key below osm.image.name>. A digest goes before a tag. */}}
{{- define "osm.image" -}}
{{- $image := .root.Values.osm.image -}}
{{- $base := printf "%s/%s" $image.registry (get $image.name .name) -}}
{{- with get $image.digest .name -}}
{{ printf "%s@%s" $base . }}
{{- else -}}
{{ printf "%s:%s" $base (default .root.Chart.AppVersion $image.tag) }}
{{- end -}}
{{- end }}

{{- define "osm.sidecarImage" -}}
{{ default (include "osm.image" (dict "root" . "name" "osmSidecar")) .Values.osm.sidecarImage }}
{{- end }}

{{- define "osm.mutatingWebhookName" -}}
{{ printf "%s-%s" .Values.osm.webhookConfigNamePrefix .Values.osm.meshName }}
{{- end }}

{{- define "osm.validatingWebhookName" -}}
{{ default (printf "osm-validator-mesh-%s" .Values.osm.meshName) .Values.osm.validatorWebhook.webhookConfigurationName }}
{{- end }}

{{/* Namespaces of the mesh, and no other: what a webhook that fails may block. */}}
{{- define "osm.meshNamespaces" -}}
matchLabels:
  openservicemesh.io/monitored-by: {{ .Values.osm.meshName }}
matchExpressions:
  - key: openservicemesh.io/ignore
    operator: DoesNotExist
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: [{{ include "osm.namespace" . }}]
  - key: control-plane
    operator: DoesNotExist
{{- end }}
