# shellcheck shell=bash
# How images get into the node: from tars, as there is no registry to pull from.

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
