# shellcheck shell=bash
# etcd, the API server, the controller manager and the scheduler.

start_etcd() {
  # A cluster that is thrown away has nothing to keep through a power cut.
  start etcd "$NODE_BIN/usr/bin/etcd" --name=osm-java --data-dir="$CLUSTER_HOME/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls="https://$ETCD_ADDRESS:2379" --advertise-client-urls="https://$ETCD_ADDRESS:2379" \
    --listen-peer-urls="https://$ETCD_ADDRESS:2380" --initial-advertise-peer-urls="https://$ETCD_ADDRESS:2380" \
    --initial-cluster="osm-java=https://$ETCD_ADDRESS:2380" \
    --client-cert-auth --trusted-ca-file="$KEYS/etcd-ca.crt" --cert-file="$KEYS/etcd.crt" --key-file="$KEYS/etcd.key" \
    --peer-client-cert-auth --peer-trusted-ca-file="$KEYS/etcd-ca.crt" --peer-cert-file="$KEYS/etcd.crt" \
    --peer-key-file="$KEYS/etcd.key"
}

# Who did what: every write and every token review, without bodies, for the tests that ask.
write_audit_policy() {
  cat >"$CLUSTER_HOME/audit-policy.yaml" <<EOF_POLICY
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  resources: [{group: coordination.k8s.io}, {group: "", resources: [events]}]
- level: Metadata
  verbs: [create, update, patch, delete, deletecollection]
EOF_POLICY
}

start_api_server() {
  write_audit_policy
  start kube-apiserver "$KUBERNETES_BIN/kube-apiserver" \
    --advertise-address="$NODE_ADDRESS" --bind-address="$NODE_ADDRESS" --secure-port=6443 \
    --tls-cert-file="$KEYS/kube-apiserver.crt" --tls-private-key-file="$KEYS/kube-apiserver.key" \
    --etcd-servers="https://$ETCD_ADDRESS:2379" --etcd-cafile="$KEYS/etcd-ca.crt" \
    --etcd-certfile="$KEYS/etcd-client.crt" --etcd-keyfile="$KEYS/etcd-client.key" \
    --client-ca-file="$KEYS/cluster-ca.crt" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --service-cluster-ip-range="$SERVICE_CIDR" --allow-privileged=true \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$KEYS/service-accounts.key" --service-account-signing-key-file="$KEYS/service-accounts.key" \
    --kubelet-certificate-authority="$KEYS/cluster-ca.crt" --kubelet-client-certificate="$KEYS/kubelet-client.crt" \
    --kubelet-client-key="$KEYS/kubelet-client.key" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$KEYS/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- --enable-aggregator-routing=false \
    --proxy-client-cert-file="$KEYS/front-proxy-client.crt" --proxy-client-key-file="$KEYS/front-proxy-client.key" \
    --audit-policy-file="$CLUSTER_HOME/audit-policy.yaml" --audit-log-path="$LOGS/audit.json" --audit-log-maxsize=100 --audit-log-maxbackup=1
}

start_controllers() {
  # The routes and ranges of nodes are this script's, not the controllers'.
  start kube-controller-manager "$KUBERNETES_BIN/kube-controller-manager" --kubeconfig="$KEYS/kube-controller-manager.kubeconfig" \
    --authentication-kubeconfig="$KEYS/kube-controller-manager.kubeconfig" \
    --authorization-kubeconfig="$KEYS/kube-controller-manager.kubeconfig" --bind-address="$NODE_ADDRESS" \
    --controllers='*,-ttl,-nodeipam,-cloud-node-lifecycle,-node-route-controller' --use-service-account-credentials=true \
    --leader-elect=false --root-ca-file="$KEYS/cluster-ca.crt" --service-account-private-key-file="$KEYS/service-accounts.key" \
    --cluster-signing-cert-file="$KEYS/cluster-ca.crt" --cluster-signing-key-file="$KEYS/cluster-ca.key"
  start kube-scheduler "$KUBERNETES_BIN/kube-scheduler" --kubeconfig="$KEYS/kube-scheduler.kubeconfig" \
    --authentication-kubeconfig="$KEYS/kube-scheduler.kubeconfig" \
    --authorization-kubeconfig="$KEYS/kube-scheduler.kubeconfig" --bind-address="$NODE_ADDRESS" --leader-elect=false
}

api_server_ready() { admin get --raw /readyz; }

# Who may do what, beyond the roles the API server brings: the API server on kubelet, and CoreDNS on what it answers from.
grant_roles() {
  admin apply -f - >/dev/null <<EOF_ROLES
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: osm-java:kube-apiserver-kubelet-client}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:kubelet-api-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: kube-apiserver-kubelet-client}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:coredns}
rules:
- {apiGroups: [""], resources: [services, pods, namespaces], verbs: [list, watch]}
- {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:coredns}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:coredns}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: system:coredns}]
EOF_ROLES
}
