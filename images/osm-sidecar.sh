# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# The sidecar: Envoy, and iptables-restore for the init container that sends the pod's traffic to it.
#
# iptables-restore is the nf_tables variant: it works wherever nf_tables is (Linux 4.18 and later, and the newest
# distributions have nothing else) and needs no lock file, so the root file system may be read-only. The legacy variant
# is beside it as iptables-legacy-restore for a kernel without nf_tables.
#
# The command is `iptables-restore --wait 5 --noflush FILE`. Never write `-w FILE`: the program takes FILE for the number
# of seconds, reads an empty standard input instead, and ends with success and no rule set.
#
# Envoy is started with a library beside it by which it gives back what its start needed (docs/adr/0016): 47 of the 51 MiB of its
# own file that are in its memory otherwise. It is built from images/giveback/giveback.c with gcc on the machine that builds
# the image, and does nothing in iptables-restore. A container that sets LD_PRELOAD anew does without it.

TAG=osm-java/osm-sidecar:$VERSION
GIVEBACK=/usr/local/lib/giveback.so
CONFIG='{"User":"1500:1500","WorkingDir":"/","Env":["LD_PRELOAD='$GIVEBACK'"]}'
XTABLES=(iptables libxtables12 libip4tc2 libip6tc2 libmnl0 libnftnl11)
# What the interception rules match on and jump to; libxt_NAT holds REDIRECT.
PLUGINS=(NAT REDIRECT comment conntrack multiport owner standard state tcp udp)

inputs() {
  "$ROOT/scripts/parts/envoy"
  echo "$ENVOY_BIN/envoy"
  printf '%s\n' "$ROOT"/images/giveback/{build,giveback.c}
  debs libc6 "${XTABLES[@]}"
}

stage() {
  glibc_layer "$1/0-glibc"
  iptables_layer "$1/1-iptables"
  install -D -m 755 "$ENVOY_BIN/envoy" "$1/2-envoy/usr/local/bin/envoy"
  "$ROOT/images/giveback/build" "$1/3-giveback$GIVEBACK"
}

iptables_layer() {
  local layer=$1 root plugin variant name folder
  root=$(mktemp -d)
  unpack "$root" "${XTABLES[@]}"
  for variant in nft legacy; do
    install -D -m 755 "$root/usr/sbin/xtables-$variant-multi" "$layer/usr/sbin/xtables-$variant-multi"
    with_libraries "$root" "$layer" "$root/usr/sbin/xtables-$variant-multi"
  done
  for name in iptables ip6tables; do
    for variant in '' -restore -save; do
      ln -s xtables-nft-multi "$layer/usr/sbin/$name$variant"
      ln -s xtables-legacy-multi "$layer/usr/sbin/$name-legacy$variant"
    done
  done
  # The programs look for their plugins in the folder that Debian built into them.
  folder=$(dirname "$(library "$root" libxt_NAT.so)")
  for plugin in "${PLUGINS[@]}"; do
    install -D -m 644 "$folder/libxt_$plugin.so" "$layer${folder#"$root"}/libxt_$plugin.so"
  done
  licences "$root" "$layer" "${XTABLES[@]}"
  rm -rf "$root"
}
