# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# Redis, the state store of the samples: the server and its command line client, from Debian.

TAG=osm-java/redis:7
CONFIG='{"User":"999:999","WorkingDir":"/","Entrypoint":["/usr/bin/redis-server"]}'
PACKAGES=(redis-tools libatomic1 libcap2 libgcc-s1 libgcrypt20 libgpg-error0 libjemalloc2 liblz4-1 liblzf1 liblzma5
  libssl3 libstdc++6 libsystemd0 libzstd1)
# The licences of the compilers' libraries are one text, which these packages link to.
LICENCES=(redis-tools libcap2 libgcrypt20 libgpg-error0 libjemalloc2 liblz4-1 liblzf1 liblzma5 libssl3 libsystemd0
  libzstd1)

inputs() { debs libc6 gcc-12-base "${PACKAGES[@]}"; }

stage() {
  local root layer=$1/1-redis
  root=$(mktemp -d)
  glibc_layer "$1/0-glibc"
  unpack "$root" gcc-12-base "${PACKAGES[@]}"
  install -D -m 755 "$root/usr/bin/redis-check-rdb" "$layer/usr/bin/redis-server"
  install -D -m 755 "$root/usr/bin/redis-cli" "$layer/usr/bin/redis-cli"
  with_libraries "$root" "$layer" "$layer/usr/bin/redis-server"
  with_libraries "$root" "$layer" "$layer/usr/bin/redis-cli"
  licences "$root" "$layer" gcc-12-base "${LICENCES[@]}"
  rm -rf "$root"
}
