# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# The first container of every pod on the local cluster: one small static program.

TAG=osm-java/pause:1
CONFIG='{"User":"65535:65535","WorkingDir":"/","Entrypoint":["/pause"]}'

inputs() { echo "$ROOT/images/pause.go"; }

stage() {
  command -v go >/dev/null || packages golang-go
  mkdir -p "$1/0-pause"
  logged build-pause env CGO_ENABLED=0 GO111MODULE=off GOFLAGS='' \
    go build -trimpath -ldflags '-s -w' -o "$1/0-pause/pause" "$ROOT/images/pause.go"
}
