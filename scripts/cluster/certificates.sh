# shellcheck shell=bash
# The cluster's authorities, the certificates of its programs, and the kubeconfig of each.

# authority NAME: a new authority that signs certificates of this cluster.
authority() {
  key_and_certificate "$1" -subj "/CN=$1" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
}

# certificate NAME AUTHORITY SUBJECT USAGE [ALTERNATIVE_NAMES]: a certificate signed by an authority made before.
certificate() {
  local name=$1 authority=$2 subject=$3 usage=$4 names=${5:-}
  key_and_certificate "$name" -CA "$KEYS/$authority.crt" -CAkey "$KEYS/$authority.key" -subj "$subject" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
    -addext "extendedKeyUsage=$usage" ${names:+-addext "subjectAltName=$names"}
}

# Keys are of a curve, which takes no time. The administrator's is RSA, as those of other clusters are: not every client
# library reads another kind out of a kubeconfig.
key_and_certificate() {
  local name=$1 key=(ec -pkeyopt ec_paramgen_curve:P-256)
  shift
  [ "$name" != admin ] || key=(rsa:2048)
  logged cluster-certificate openssl req -x509 -config /dev/null -newkey "${key[@]}" -noenc -days 365 \
    -keyout "$KEYS/$name.key" -out "$KEYS/$name.crt" "$@"
}

# client NAME USER [GROUP]: a certificate that the API server takes for the user, and a kubeconfig that uses it.
client() {
  local name=$1 user=$2 group=${3:-}
  certificate "$name" cluster-ca "${group:+/O=$group}/CN=$user" clientAuth
  write_kubeconfig "$name" >"$KEYS/$name.kubeconfig"
}

write_kubeconfig() {
  cat <<EOF_KUBECONFIG
apiVersion: v1
kind: Config
clusters:
- name: osm-java
  cluster:
    server: $API_SERVER
    certificate-authority-data: $(base64 -w0 "$KEYS/cluster-ca.crt")
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$KEYS/$1.crt")
    client-key-data: $(base64 -w0 "$KEYS/$1.key")
contexts:
- name: osm-java
  context: {cluster: osm-java, user: $1}
current-context: osm-java
EOF_KUBECONFIG
}

# Three authorities, as one key that opens two doors would open both for whoever may pass one: the cluster's own, etcd's, and
# the one of requests that the API server passes on to an extension.
make_certificates() (
  umask 077
  mkdir -p "$KEYS"
  authority cluster-ca
  authority etcd-ca
  authority front-proxy-ca

  certificate etcd etcd-ca /CN=etcd serverAuth,clientAuth "IP:$ETCD_ADDRESS"
  certificate etcd-client etcd-ca /CN=kube-apiserver clientAuth
  certificate front-proxy-client front-proxy-ca /CN=front-proxy-client clientAuth
  certificate kube-apiserver cluster-ca /CN=kube-apiserver serverAuth "DNS:kubernetes,DNS:kubernetes.default,\
DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:$API_SERVICE_ADDRESS,IP:$NODE_ADDRESS"
  certificate kubelet-server cluster-ca "/O=system:nodes/CN=system:node:$NODE_NAME" serverAuth "DNS:$NODE_NAME,IP:$NODE_ADDRESS"
  certificate kubelet-client cluster-ca /CN=kube-apiserver-kubelet-client clientAuth

  client admin kubernetes-admin system:masters
  client kubelet "system:node:$NODE_NAME" system:nodes
  client kube-controller-manager system:kube-controller-manager
  client kube-scheduler system:kube-scheduler
  client kube-proxy system:kube-proxy
  client coredns system:coredns
  cp "$KEYS/admin.kubeconfig" "$KUBECONFIG_FILE"

  logged cluster-certificate openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$KEYS/service-accounts.key"
)
