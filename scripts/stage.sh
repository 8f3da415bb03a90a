# shellcheck shell=bash disable=SC2153 # ROOT, CACHE and the rest are set by scripts/lib.sh
# Makes the stage of the walkthrough: programs, images, a cluster with Dapr, and the sample in its namespace.

KUBECTL=$KUBERNETES_BIN/kubectl
SAMPLE=$ROOT/samples/hello-dapr
OWN_IMAGES=(osm-sidecar osm-controller samples redis test-tools)

# needs: what has to be on the machine before anything can be built.
needs() {
  packages python3 python3-pip maven git binutils
  command -v go >/dev/null || packages golang-go
  java_home >/dev/null
}

# build_programs: Kubernetes, Dapr, Envoy and the rest; minutes the first time, nothing later.
build_programs() {
  local part
  for part in node kubernetes coredns envoy dapr helm apiserver-test-dir; do "$ROOT/scripts/parts/$part"; done
}

# raise_cluster: a fresh cluster with our images in it.
raise_cluster() {
  local name tars=()
  "$ROOT/scripts/local-cluster" down
  "$ROOT/scripts/local-cluster" up
  KUBECONFIG=$("$ROOT/scripts/local-cluster" kubeconfig)
  export KUBECONFIG
  "$ROOT/scripts/images" "${OWN_IMAGES[@]}"
  for name in "${OWN_IMAGES[@]}"; do tars+=("$CACHE/images/$name.tar"); done
  "$ROOT/scripts/local-cluster" load "${tars[@]}"
}

# stage_sample: Dapr with its mTLS off, Redis, and the two applications in namespace dapr-test, without a mesh.
stage_sample() {
  packages tcpdump iproute2 util-linux curl
  "$ROOT/scripts/dapr-install" up
  say "deploying the sample in namespace dapr-test"
  logged stage-store sample_store
  redis_answers
  logged stage-sample "$KUBECTL" apply -f "$SAMPLE/node.yaml" -f "$SAMPLE/python.yaml"
}

sample_store() {
  "$KUBECTL" create namespace dapr-test &&
    "$KUBECTL" create secret generic redis -n dapr-test \
      --from-literal=redis-password="$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')" &&
    "$KUBECTL" apply -f "$SAMPLE/redis-server.yaml" -f "$SAMPLE/secret-reader.yaml" -f "$SAMPLE/redis.yaml" &&
    "$KUBECTL" rollout status -n dapr-test deployment/redis-master --timeout=120s
}

# redis_answers: waits until Redis is reached by its service. It is ready some time before the node's rules lead there, and a daprd
# that does not reach its state store ends itself, which the walkthrough would count as a restart.
redis_answers() {
  local address
  address=$("$KUBECTL" get service -n dapr-test redis-master -o 'jsonpath={.spec.clusterIP}')
  for _ in {1..60}; do
    ! timeout 1 bash -c "exec 3<>/dev/tcp/$address/6379" 2>/dev/null || return 0
    sleep 0.25
  done
  die "Redis is ready, but does not answer at $address, the address of its service"
}
