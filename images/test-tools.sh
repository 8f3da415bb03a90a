# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# A pod to call others from: busybox with its applets, and curl. The one image here that has a shell.

TAG=osm-java/test-tools:$VERSION
# As the first process of a container, sleep by itself would not heed SIGTERM.
CONFIG='{"User":"65534:65534","WorkingDir":"/tmp","Env":["PATH=/usr/bin"],"Cmd":["/usr/bin/sh","-c","trap exit TERM; sleep infinity & wait"]}'
PACKAGES=(curl libbrotli1 libcom-err2 libcurl4 libffi8 libgmp10 libgnutls30 libgssapi-krb5-2 libhogweed6 libidn2-0
  libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 libldap-2.5-0 libnettle8 libnghttp2-14 libp11-kit0 libpsl5
  librtmp1 libsasl2-2 libssh2-1 libssl3 libtasn1-6 libunistring2 libzstd1 zlib1g)

inputs() { debs libc6 busybox-static "${PACKAGES[@]}"; }

stage() {
  local root layer=$1/1-tools name
  root=$(mktemp -d)
  glibc_layer "$1/0-glibc"
  unpack "$root" busybox-static "${PACKAGES[@]}"
  install -D -m 755 "$root/bin/busybox" "$layer/usr/bin/busybox"
  while read -r name; do ln -s busybox "$layer/usr/bin/$name"; done < <("$layer/usr/bin/busybox" --list | grep -v -x busybox)
  ln -s usr/bin "$layer/bin"
  install -D -m 755 "$root/usr/bin/curl" "$layer/usr/bin/curl"
  with_libraries "$root" "$layer" "$layer/usr/bin/curl"
  licences "$root" "$layer" busybox-static "${PACKAGES[@]}"
  rm -rf "$root"
}
