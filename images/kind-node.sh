# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# A node of Kind for where no registry has one: Debian with systemd, Kind's own files, and Kubernetes as scripts/parts builds it.
#
# Kind's files come from its Go module. What the node's own pods run is in it as image tars, which a unit loads before the node
# counts as started: the volume that the tests mount for containerd begins empty. The pods' network is made by CNI plugins
# that every node has, as there is one node only; Kind's daemon for it comes as an image.

TAG=osm-java/kind-node:$KUBERNETES_VERSION
CONFIG='{"Env":["container=docker","PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"StopSignal":"SIGRTMIN+3",
  "Entrypoint":["/usr/local/bin/entrypoint","/sbin/init"]}'
# The release that KindCluster names: the node's images are looked up by it.
NAMED=v1.34.0
PACKAGES=(systemd conntrack iptables nftables iproute2 ethtool util-linux mount kmod libseccomp2 bash ca-certificates jq procps)
PROXY_PACKAGES=(libc6 iptables libxtables12 libip4tc2 libip6tc2 libmnl0 libnftnl11 libnfnetlink0 libnetfilter-conntrack3)

inputs() {
  find "$(kind_files)" -type f
  printf "$KUBERNETES_BIN/%s\n" kubelet kubectl kubeadm kube-apiserver kube-controller-manager kube-scheduler kube-proxy etcd
  echo "$COREDNS_BIN/coredns"
  echo "$NODE_BIN/usr/bin/containerd"
  debs "${PROXY_PACKAGES[@]}"
}

# kind_files: the folder with what Kind puts into every node.
kind_files() {
  echo "$(go mod download -json "sigs.k8s.io/kind@v$KIND_VERSION" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')/images/base/files"
}

stage() {
  local root=$1/0-node codename
  packages mmdebstrap
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  logged kind-node-debian mmdebstrap --variant=minbase --include="$(IFS=, && echo "${PACKAGES[*]}")" "$codename" "$root"
  rm -rf "${root:?}"/{dev,var/cache/apt,var/lib/apt/lists,usr/share/doc,usr/share/man,usr/share/locale}/*
  add_programs "$root"
  add_files "$root"
  logged kind-node-units enable_units "$root"
  mkdir -p "$1/1-images/kind/images"
  pack_images "$1/1-images/kind/images"
}

add_programs() {
  local root=$1
  install -D -t "$root/usr/bin" "$KUBERNETES_BIN"/{kubelet,kubectl,kubeadm}
  install -D -t "$root/usr/local/bin" "$NODE_BIN"/usr/bin/{containerd,containerd-shim-runc-v2,ctr}
  install -D -t "$root/usr/local/sbin" "$NODE_BIN/usr/sbin/runc"
  install -D -t "$root/opt/cni/bin" "$NODE_BIN"/usr/lib/cni/{ptp,host-local,loopback,portmap}
}

add_files() {
  local root=$1
  cp -r --no-preserve=all "$(kind_files)"/. "$root"
  chmod 755 "$root"/kind/bin/* "$root"/usr/local/bin/*
  # The machine may withhold the right to lower a process's chance to be ended when memory runs out, as scripts/cluster/node.sh says.
  sed -i -e 's|sandbox_image = .*|sandbox_image = "docker.io/osm-java/pause:1"|' -e 's|\(restrict_oom_score_adj\) = false|\1 = true|' \
    "$root/etc/containerd/config.toml"
  mkdir -p "$root"/{etc/kubernetes/manifests,etc/cni/net.d,kind/manifests}
  cat >"$root/etc/cni/net.d/10-pods.conflist" <<'EOF_CNI'
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "ptp", "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
EOF_CNI
  # Both are applied when the node is made.
  cat >"$root/kind/manifests/default-cni.yaml" <<'EOF_NETWORK'
apiVersion: v1
kind: ConfigMap
metadata: {name: pods-network, namespace: kube-system}
data: {where: "/etc/cni/net.d in the node"}
EOF_NETWORK
  cat >"$root/kind/manifests/default-storage.yaml" <<'EOF_STORAGE'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/host-path
EOF_STORAGE
  cat >"$root/etc/systemd/system/load-images.service" <<'EOF_UNIT'
[Unit]
Description=Images of the node's own pods
Requires=containerd.service
After=containerd.service
[Service]
Type=oneshot
ExecStart=/bin/sh -ec 'for tar in /kind/images/*.tar; do ctr --namespace=k8s.io images import "$tar"; done'
[Install]
WantedBy=multi-user.target
EOF_UNIT
}

# enable_units ROOT: only what Kind's nodes run, and the description of a container that Kind's hook for each is added to.
enable_units() {
  local wants=lib/systemd/system root=$1
  rm -f "$root/$wants"/{multi-user,local-fs,basic}.target.wants/* "$root"/etc/systemd/system/*.wants/* \
    "$root/$wants/sysinit.target.wants/systemd-tmpfiles-setup.service" "$root/$wants"/sockets.target.wants/*{udev,initctl}*
  echo ReadKMsg=no >>"$root/etc/systemd/journald.conf"
  ln -sf /lib/systemd/systemd "$root/sbin/init"
  chroot "$root" systemctl enable kubelet containerd undo-mount-hacks load-images
  chroot "$root" systemctl mask systemd-binfmt
  # shellcheck disable=SC2016 # $root is not the node's
  chroot "$root" sh -ec 'ctr oci spec |
    jq ".hooks.createContainer += [{path: \"/kind/bin/mount-product-files.sh\"}] | del(.process.rlimits)" >/etc/containerd/cri-base.json'
}

# pack_images FOLDER: a tar for each image that kubeadm names; each holds its program, and kube-proxy's also iptables.
pack_images() {
  local name program layer
  cp "$IMAGES/pause.tar" "$1"
  for name in $("$KUBERNETES_BIN/kubeadm" config images list --kubernetes-version "$NAMED"); do
    program=${name##*/} program=${program%:*}
    layer=$(mktemp -d)
    case $program in
      pause) continue ;;
      coredns) install -D "$COREDNS_BIN/coredns" "$layer/coredns" ;;
      *) install -D -t "$layer/usr/local/bin" "$KUBERNETES_BIN/$program" ;;
    esac
    [ "$program" != kube-proxy ] || add_iptables "$layer"
    python3 "$ROOT/images/pack.py" --tag "$name" --architecture "$ARCHITECTURE" --output "$1/$program.tar" \
      --config "{\"Env\":[\"PATH=/usr/local/bin:/usr/sbin\"],\"Entrypoint\":[\"/$program\"]}" "$layer"
    rm -rf "$layer"
  done
}

add_iptables() {
  local name variant
  unpack "$1" "${PROXY_PACKAGES[@]}"
  for name in iptables ip6tables; do
    for variant in '' -restore -save; do ln -sf xtables-nft-multi "$1/usr/sbin/$name$variant"; done
  done
}
