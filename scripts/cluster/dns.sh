# shellcheck shell=bash
# Cluster DNS: CoreDNS on the node, behind the service that pods are told to ask.

start_dns() {
  cat >"$CLUSTER_HOME/Corefile" <<EOF_COREFILE
cluster.local in-addr.arpa ip6.arpa {
    bind $NODE_ADDRESS
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig $KEYS/coredns.kubeconfig
        pods insecure
        ttl 5
    }
    loadbalance
}
# There is no other DNS to ask: say so at once.
. {
    bind $NODE_ADDRESS
    template ANY ANY {
        rcode NXDOMAIN
    }
}
EOF_COREFILE
  start coredns "$COREDNS_BIN/coredns" -conf "$CLUSTER_HOME/Corefile"
}

# The service has no selector, as its one endpoint is the node.
publish_dns() {
  admin apply -f - >/dev/null <<EOF_SERVICE
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
  labels: {k8s-app: kube-dns, kubernetes.io/name: CoreDNS}
spec:
  clusterIP: $DNS_SERVICE_ADDRESS
  ports:
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kube-dns-node
  namespace: kube-system
  labels: {kubernetes.io/service-name: kube-dns, endpointslice.kubernetes.io/managed-by: osm-java}
addressType: IPv4
endpoints:
- addresses: [$NODE_ADDRESS]
ports:
- {name: dns, port: 53, protocol: UDP}
- {name: dns-tcp, port: 53, protocol: TCP}
EOF_SERVICE
}

# dns_answers: asks the DNS service for kubernetes.default.svc.cluster.local over TCP and reads the address at the answer's end.
dns_answers() {
  local question='\x00\x36\x00\x01\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00' label expected
  for label in kubernetes default svc cluster local; do
    question+=$(printf '\\x%02x%s' ${#label} "$label")
  done
  question+='\x00\x00\x01\x00\x01'
  expected=$(tr . ' ' <<<"$API_SERVICE_ADDRESS" | xargs printf '%02x')
  # shellcheck disable=SC2016 # the inner shell's words
  [ "$(timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/53"; printf "$2" >&3; head -c 2 <&3 >/dev/null; timeout 0.3 cat <&3' _ \
    "$DNS_SERVICE_ADDRESS" "$question" | tail -c 4 | od -An -tx1 | tr -d ' \n')" = "$expected" ]
}
