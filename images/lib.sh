# shellcheck shell=bash disable=SC2153 # ROOT and CACHE are set by scripts/lib.sh
# Words the image recipes share: Debian packages as files, programs with the libraries they need, the Java runtime.
#
# A recipe (images/NAME.sh) sets TAG and CONFIG and defines two functions: inputs, which prints the files whose content
# decides the image, and stage DIR, which makes one folder below DIR for each layer, in the order of their names.

# shellcheck disable=SC2034 # the recipes and scripts/images read these
BUILD_VERSION=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$ROOT/pom.xml")
# The tag of our own images, as the chart's appVersion has it.
VERSION=${BUILD_VERSION%-SNAPSHOT}
# shellcheck disable=SC2034
ARCHITECTURE=$(dpkg --print-architecture)
IMAGES=$CACHE/images
DEBS=$IMAGES/debs

# A shared layer is staged the same way each time, so that its bytes, and with them its digest, are the same in each image.
GLIBC=(libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2)

# debs NAME...: fetches the Debian packages once into the cache, and prints the files.
debs() {
  local name work missing=()
  for name in "$@"; do [ -f "$DEBS/$name.deb" ] || missing+=("$name"); done
  if [ ${#missing[@]} -gt 0 ]; then
    mkdir -p "$DEBS"
    work=$(mktemp -d "$DEBS/fetch.XXXXXX")
    (cd "$work" && logged apt-download fetch_debs "${missing[@]}")
    for name in "${missing[@]}"; do mv "$work/$name"_*.deb "$DEBS/$name.deb"; done
    rmdir "$work"
  fi
  printf "$DEBS/%s.deb\n" "$@"
}

# The list of packages may be older than the archive, or not be there at all.
fetch_debs() {
  apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; }
}

# unpack ROOT NAME...: the files of the packages below ROOT.
unpack() {
  local root=$1 file
  shift
  mkdir -p "$root"
  while read -r file; do dpkg-deb -x "$file" "$root"; done < <(debs "$@")
}

# library ROOT NAME: where the library is among the unpacked packages.
library() {
  local found
  found=$(find "$1/lib" "$1/usr/lib" -name "$2" -not -path '*/libc6-prof/*' 2>/dev/null | sort | head -n 1)
  [ -n "$found" ] || die "the library $2 is in none of the packages unpacked for this image"
  readlink -f "$found"
}

# needed FILE: the names of the libraries the program asks the loader for, less those of the glibc layer.
needed() {
  readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
    grep -v -x -F -e 'ld-linux-x86-64.so.2' -e 'ld-linux-aarch64.so.1' "${GLIBC[@]/#/-e}" || true
}

# with_libraries ROOT LAYER FILE: copies into the layer the libraries that FILE needs, and those that they need.
with_libraries() {
  local root=$1 layer=$2 name source
  while read -r name; do
    [ ! -e "$layer/usr/lib/$name" ] || continue
    source=$(library "$root" "$name")
    install -D -m 644 "$source" "$layer/usr/lib/$name"
    with_libraries "$root" "$layer" "$source"
  done < <(needed "$3")
}

# licences ROOT LAYER NAME...: what the packages say about their authors and terms goes where their files go.
licences() {
  local root=$1 layer=$2 name
  shift 2
  for name in "$@"; do
    install -D -m 644 "$(readlink -f "$root/usr/share/doc/$name/copyright")" "$layer/usr/share/doc/$name/copyright"
  done
}

# glibc_layer LAYER: the C library, the names of users; no shell, no package manager.
glibc_layer() {
  local layer=$1 root name loader
  root=$(mktemp -d)
  unpack "$root" libc6
  for name in "${GLIBC[@]}"; do install -D -m 644 "$(library "$root" "$name")" "$layer/usr/lib/$name"; done
  for loader in "$root"/lib64/ld-linux-*.so.* "$root"/lib/ld-linux-*.so.*; do
    [ -e "$loader" ] || continue
    install -D -m 755 "$(readlink -f "$loader")" "$layer/usr/lib/${loader##*/}"
  done
  ln -s usr/lib "$layer/lib"
  ln -s usr/lib "$layer/lib64"
  licences "$root" "$layer" libc6
  names_layer "$layer"
  rm -rf "$root"
}

# The users of the images, by name:id; each has a group of the same name and id. They have to be in /etc/passwd, as
# containerd takes the group from there: of an image's "65532:65532" it reads the first half, and the group would be root's.
USERS=(redis:999 app:1000 sidecar:1500 nobody:65534 nonroot:65532)

# names_layer LAYER: what the resolver and getpwuid look for, an empty /run, and a /tmp that everyone may write.
names_layer() {
  local user
  mkdir -p "$1/etc" "$1/run" "$1/tmp"
  chmod 1777 "$1/tmp"
  for user in root:0 "${USERS[@]}"; do
    printf '%s:x:%s:%s::/:/sbin/nologin\n' "${user%:*}" "${user#*:}" "${user#*:}" >>"$1/etc/passwd"
    printf '%s:x:%s:\n' "${user%:*}" "${user#*:}" >>"$1/etc/group"
  done
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}
