# shellcheck shell=bash
# Where the local cluster keeps things, what it calls them, and the addresses it takes.
# shellcheck disable=SC2034 # read by the files beside this one

CLUSTER_HOME=${OSM_CLUSTER_HOME:-/var/lib/osm-java-cluster}
KEYS=$CLUSTER_HOME/keys
LOGS=$CLUSTER_HOME/logs
RECORDS=$CLUSTER_HOME/processes
KUBECONFIG_FILE=$CLUSTER_HOME/kubeconfig
CONTAINERD_SOCKET=$CLUSTER_HOME/containerd.sock

NODE_NAME=osm-java
BRIDGE=osmj0
CGROUP=osm-java-cluster
PAUSE_IMAGE=docker.io/osm-java/pause:1

# Everything but etcd listens on the bridge's address alone, so no port of the machine itself is taken or opened; etcd
# listens on a loopback address that nothing else is likely to use.
ETCD_ADDRESS=127.0.44.1

# addresses: sets the networks of this cluster; chosen once by `up` and kept, as the machine's routes may change meanwhile.
addresses() {
  POD_CIDR=10.244.0.0/24
  SERVICE_CIDR=10.96.0.0/16
  if [ -f "$CLUSTER_HOME/networks" ]; then
    read -r POD_CIDR SERVICE_CIDR <"$CLUSTER_HOME/networks"
  fi
  NODE_ADDRESS=${POD_CIDR%.0/*}.1
  API_SERVICE_ADDRESS=${SERVICE_CIDR%.0/*}.1
  DNS_SERVICE_ADDRESS=${SERVICE_CIDR%.0/*}.10
  API_SERVER=https://$NODE_ADDRESS:6443
}
addresses

admin() { "$KUBERNETES_BIN/kubectl" --kubeconfig "$KUBECONFIG_FILE" "$@"; }
