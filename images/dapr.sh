# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# Dapr's control plane: its five programs in one image, each in a layer of its own.

TAG=osm-java/dapr:$DAPR_VERSION
CONFIG='{"User":"65532:65532","WorkingDir":"/"}'
PROGRAMS=(injector operator placement scheduler sentry)

inputs() {
  "$ROOT/scripts/parts/dapr"
  printf '%s\n' "${PROGRAMS[@]/#/$DAPR_BIN/}"
}

stage() {
  local program
  names_layer "$1/0-names"
  for program in "${PROGRAMS[@]}"; do install -D -m 755 "$DAPR_BIN/$program" "$1/1-$program/$program"; done
}
