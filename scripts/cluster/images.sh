# shellcheck shell=bash
# Image tars: how one is made of a folder without a Docker engine, and how one gets into the node.

# shellcheck disable=SC2034 # read by those who source this
PAUSE_IMAGE=docker.io/osm-java/pause:1

# image_tar TAR NAME FOLDER COMMAND...: writes an image of one layer, the folder, that starts the command.
# The same folder, name and command give the same bytes.
image_tar() {
  local tar=$1 name=$2 folder=$3 work layer architecture command=''
  shift 3
  work=$(mktemp -d)
  case $(uname -m) in
    aarch64) architecture=arm64 ;;
    *) architecture=amd64 ;;
  esac
  tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$work/layer.tar" .
  layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  for word in "$@"; do command+="${command:+,}\"$word\""; done
  printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":[%s],"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$architecture" "$command" "$layer" >"$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$work/manifest.json"
  tar -C "$work" --owner=0 --group=0 --mtime=@0 -cf "$tar" manifest.json config.json layer.tar
  rm -rf "$work"
}

# image_names TAR: the names an image tar gives its images, one a line. Docker's form has them in manifest.json, OCI's in
# index.json.
image_names() {
  local text
  if text=$(tar -xOf "$1" manifest.json 2>/dev/null); then
    tr -d ' \n\t' <<<"$text" | grep -o '"RepoTags":\[[^]]*\]' | sed 's/^"RepoTags":\[//; s/\]$//' | tr ',' '\n'
  elif text=$(tar -xOf "$1" index.json 2>/dev/null || tar -xOf "$1" ./index.json 2>/dev/null); then
    tr -d ' \n\t' <<<"$text" | grep -oE '"(io.containerd.image.name|org.opencontainers.image.ref.name)":"[^"]*"' |
      sed 's/^[^:]*://' | sort -u
  else
    die "$1: neither manifest.json nor index.json is in it, so it is not an image tar; write one with 'docker save' or Jib's buildTar"
  fi | tr -d '"' | sed '/^$/d'
}

# load TAR...: puts images into the node. Each tar must name one image: containerd's view for Kubernetes goes wrong when one
# of two names of the same image is removed later.
load() {
  local tar names
  for tar in "$@"; do
    [ -r "$tar" ] || die "$tar: no such file, or it cannot be read"
    names=$(image_names "$tar")
    [ "$(grep -c . <<<"$names")" = 1 ] ||
      die "$tar: it names $(grep -c . <<<"$names") images (${names//$'\n'/, }); give it one name"
    logged cluster-load "$NODE_BIN/usr/bin/ctr" --address "$CONTAINERD_SOCKET" --namespace k8s.io images import "$tar"
    say "loaded $names"
  done
}
