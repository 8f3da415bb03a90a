# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# Dapr's sidecar, as Dapr's injector puts it into pods. daprd refuses any other user than 65532.

TAG=osm-java/daprd:$DAPR_VERSION
CONFIG='{"User":"65532:65532","WorkingDir":"/"}'

inputs() {
  "$ROOT/scripts/parts/dapr"
  echo "$DAPR_BIN/daprd"
}

stage() {
  names_layer "$1/0-names"
  install -D -m 755 "$DAPR_BIN/daprd" "$1/1-daprd/daprd"
}
