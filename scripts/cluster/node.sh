# shellcheck shell=bash
# The node: containerd with its network plugins, kubelet, kube-proxy.

# May a process here lower its own chance to be ended when memory runs out? Where not, runc fails on every container.
may_lower_oom_score() { (($((16#$(awk '/^CapEff/ { print $2 }' /proc/self/status))) >> 24 & 1)); }

write_containerd_config() {
  local restrict=true
  ! may_lower_oom_score || restrict=false
  cat >"$CLUSTER_HOME/containerd.toml" <<EOF_TOML
version = 2
root = "$CLUSTER_HOME/containerd"
state = "$CLUSTER_HOME/containerd-state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt"]
[grpc]
  address = "$CONTAINERD_SOCKET"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  restrict_oom_score_adj = $restrict
  disable_hugetlb_controller = true
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$NODE_BIN/usr/lib/cni"
    conf_dir = "$CLUSTER_HOME/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "$NODE_BIN/usr/sbin/runc"
      SystemdCgroup = false
EOF_TOML
}

write_pod_network() {
  mkdir -p "$CLUSTER_HOME/cni"
  cat >"$CLUSTER_HOME/cni/10-osm-java.conflist" <<EOF_CNI
{
  "cniVersion": "0.4.0",
  "name": "osm-java",
  "plugins": [{
    "type": "bridge",
    "bridge": "$BRIDGE",
    "isGateway": true,
    "hairpinMode": true,
    "ipam": {
      "type": "host-local",
      "dataDir": "$CLUSTER_HOME/addresses",
      "ranges": [[{"subnet": "$POD_CIDR"}]],
      "routes": [{"dst": "0.0.0.0/0"}]
    }
  }]
}
EOF_CNI
}

start_containerd() {
  write_containerd_config
  write_pod_network
  start containerd env PATH="$NODE_BIN/usr/bin:$NODE_BIN/usr/sbin:$PATH" \
    "$ROOT/scripts/cluster/with-own-mounts" "$CLUSTER_HOME" "$NODE_BIN/usr/bin/containerd" --config "$CLUSTER_HOME/containerd.toml"
}

containerd_ready() { "$NODE_BIN/usr/bin/ctr" --address "$CONTAINERD_SOCKET" version; }

write_kubelet_config() {
  echo "nameserver $DNS_SERVICE_ADDRESS" >"$CLUSTER_HOME/resolv.conf"
  cat >"$CLUSTER_HOME/kubelet.yaml" <<EOF_KUBELET
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_ADDRESS
healthzBindAddress: $NODE_ADDRESS
tlsCertFile: $KEYS/kubelet-server.crt
tlsPrivateKeyFile: $KEYS/kubelet-server.key
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $KEYS/cluster-ca.crt}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix://$CONTAINERD_SOCKET
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
enforceNodeAllocatable: []
failSwapOn: false
makeIPTablesUtilChains: false
clusterDNS: [$DNS_SERVICE_ADDRESS]
clusterDomain: cluster.local
resolvConf: $CLUSTER_HOME/resolv.conf
podLogsDir: $CLUSTER_HOME/pods
serializeImagePulls: false
# An image that is collected could not be had again, and a full disk is better found by the tests than by an eviction.
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
# Short rounds: a test waits for pods more than this machine works for them.
syncFrequency: 10s
nodeStatusUpdateFrequency: 2s
kubeAPIQPS: 200
kubeAPIBurst: 400
eventRecordQPS: 0
EOF_KUBELET
}

# kubelet shares containerd's mounts, as each mounts what the other uses.
# It counts what containers take at a containerd of its own choice, if it is not told.
start_kubelet() {
  local containerd
  read -r containerd _ <"$RECORDS/containerd"
  write_kubelet_config
  start kubelet nsenter --target "$containerd" --mount -- "$KUBERNETES_BIN/kubelet" --config="$CLUSTER_HOME/kubelet.yaml" \
    --kubeconfig="$KEYS/kubelet.kubeconfig" --root-dir="$CLUSTER_HOME/kubelet" --cert-dir="$KEYS" \
    --hostname-override="$NODE_NAME" --node-ip="$NODE_ADDRESS" --containerd="$CONTAINERD_SOCKET"
}

start_kube_proxy() {
  cat >"$CLUSTER_HOME/kube-proxy.yaml" <<EOF_PROXY
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
bindAddress: $NODE_ADDRESS
healthzBindAddress: $NODE_ADDRESS:10256
metricsBindAddress: $NODE_ADDRESS:10249
hostnameOverride: $NODE_NAME
clientConnection: {kubeconfig: $KEYS/kube-proxy.kubeconfig}
clusterCIDR: $POD_CIDR
detectLocalMode: ClusterCIDR
nodePortAddresses: [primary]
# The machine's own limits for connections stay as they are.
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
iptables: {localhostNodePorts: false, minSyncPeriod: 100ms}
EOF_PROXY
  start kube-proxy "$KUBERNETES_BIN/kube-proxy" --config="$CLUSTER_HOME/kube-proxy.yaml"
}

node_ready() { admin wait --for=condition=Ready "node/$NODE_NAME" --timeout=1s; }

# Pods cannot be made in a namespace before its service account is there.
pods_may_be_made() { admin -n default get serviceaccount default; }
