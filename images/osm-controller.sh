# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# The control plane. The pod gives its arguments alone. The root file system may be read-only: gRPC's native libraries,
# and those of the cryptography, which it would otherwise unpack into /tmp and load from there, are in the image.
source "$ROOT/images/java.sh"

TAG=osm-java/osm-controller:$VERSION
GIVEBACK=/opt/app/native/giveback.so
# With an arena of malloc for each thread the process keeps tens of MiB that nobody uses. The library gives back what the start
# needed of the archive of classes and of the virtual machine (docs/adr/0016).
CONFIG='{"User":"1000:1000","WorkingDir":"/","Env":["MALLOC_ARENA_MAX=1","LD_PRELOAD='$GIVEBACK'"],"Entrypoint":["/opt/java/bin/java","@/opt/app/controller.args"]}'
MAIN=io.osmj.controlplane.Controller
MODULES=(mesh-core mesh-config smi-policies dapr certificates xds-server injector objects control-plane)
# The process is to stay below 200 MiB with a small mesh; the heap may grow with a large one, up to half of the limit.
# With the second compiler a start took twice the processor time (4.9 s in place of 2.4 s) and 36 MiB more.
# A young generation that grows with the old one, and narrow free ratios that hold at once and not after the fourth collection,
# keep the resident heap near what is alive, together with the program's OldGarbage. Netty
# otherwise takes memory in pieces of 4 MiB. The archive of classes stays where it was made for: moved, each page of it is a
# copy of this process alone. It holds no machine code; where that address is taken, it is moved all the same. Native memory that
# the start needed is given back within five seconds. Locks that nobody waits for are looked through every five seconds and not
# four times a second, which would be the most frequent thing that an idle control plane does.
OPTIONS=(-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  -XX:+UseSerialGC -Xms16m -XX:NewSize=4m -XX:NewRatio=9 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=12
  -XX:-ShrinkHeapInSteps
  -XX:+UseCompactObjectHeaders -Dio.grpc.netty.shaded.io.netty.allocator.maxOrder=6 -XX:TrimNativeHeapInterval=5000
  -XX:AsyncDeflationInterval=5000
  -Xss512k -XX:MaxRAMPercentage=50 -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=64m
  -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -Djava.library.path=/opt/app/native
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

inputs() {
  debs libc6 gcc-12-base libgcc-s1
  echo "$ROOT/images/bare_jar.py"
  printf '%s\n' "$ROOT"/images/giveback/{build,giveback.c}
  printf '%s\n' "$ROOT"/scripts/parts/{Reframed,Needed,Nameless}.java
  find "$ROOT/images/rehearsal" -type f
  java_inputs "${MODULES[@]}"
}

stage() {
  local app=$1/3-app/opt/app
  glibc_layer "$1/0-glibc"
  java_layer "$1/1-java"
  jars control-plane "$app"
  native_layer "$1/2-libraries" "$app"
  "$ROOT/images/giveback/build" "$1/2-libraries$GIVEBACK"
  lean_jars "$app"
  rehearse_start "$1/1-java" "$app" "$1/2-libraries/opt/app/native"
  arguments_file "$app" controller "$MAIN"
  others_apart "$app" "$1/2-libraries/opt/app"
}

# rehearse_start JAVA_LAYER APP NATIVE: the start of the program and what it meets first: proxies that connect, pods that ask
# for a sidecar, objects that change. All of it is played by images/rehearsal.
rehearse_start() {
  local work ports
  work=$(mktemp -d)
  logged rehearsal-key "$(java_home)/bin/keytool" "${BRIEF[@]/#/-J}" -genkeypair -alias played -keyalg EC -groupname secp256r1 -dname CN=played \
    -ext san=ip:127.0.0.1 -storetype PKCS12 -keystore "$work/key.p12" -storepass rehearsal
  coproc played { exec "$(java_home)/bin/java" "${BRIEF[@]}" -cp "$(class_path "$2" "$2")" "$ROOT/images/rehearsal/Rehearsal.java" \
    "$work/key.p12" rehearsal "$work/kubeconfig" 2>"$CACHE/logs/rehearsal-played.log"; }
  read -r -a ports -u "${played[0]}"
  export KUBECONFIG=$work/kubeconfig CONTROLLER_POD_NAME=rehearsal OSM_DEFAULT_ENVOY_IMAGE=sidecar
  rehearse "$1" "$2" controller 'refused a request with 400' "-Djava.library.path=$3" "$MAIN" \
    "--xds-port=${ports[0]}" --status-port=0 "--injector-port=${ports[1]}" --validator-port=0
  grep -q 'Keys, signatures and ciphers are computed by AWS-LC' "$CACHE/logs/rehearse-controller.log" ||
    die "the control plane of the image does without its native cryptography"
  # shellcheck disable=SC2154 # coproc sets it
  kill "$played_PID"
  rm -rf "$work"
}

# others_apart APP LIBRARIES: moves what others wrote into a layer of its own, which stays the same from build to build.
others_apart() {
  local module ours=()
  for module in "${MODULES[@]}"; do ours+=(-not -name "$module-$BUILD_VERSION.jar"); done
  mkdir -p "$2"
  find "$1" -name '*.jar' "${ours[@]}" -exec mv -t "$2" {} +
}

# lean_jars APP: leaves out of what others wrote what the control plane would read and hold in memory for nothing: signatures,
# the four fifths of Envoy's API that we do not use, names of local variables, and a format of classes that the archive does not
# take.
lean_jars() {
  local jar
  for jar in "$1"/bc*.jar "$1"/AmazonCorrettoCryptoProvider-*.jar; do python3 "$ROOT/images/bare_jar.py" "$jar"; done
  rewritten Reframed "$1"/picocli-*.jar
  rewritten Needed "$1"/api-*.jar "$1"/*-"$BUILD_VERSION.jar"
  logged rewrite-Nameless "$(java_home)/bin/java" "${BRIEF[@]}" "$ROOT/scripts/parts/Nameless.java" "$1"/*.jar
  touch -d "$PACKED_TIME" "$1"/*.jar
}

# rewritten PROGRAM JAR [ARGUMENT...]: puts what a program of scripts/parts makes of a jar in its place.
rewritten() {
  logged "rewrite-$1" "$(java_home)/bin/java" "${BRIEF[@]}" "$ROOT/scripts/parts/$1.java" "$2" "$2.new" "${@:3}"
  mv "$2.new" "$2"
}

# native_layer LAYER APP: the libraries of this processor out of the jars in APP: of gRPC those for sockets and for TLS
# (BoringSSL), and that of the cryptography of everything else. And what they need.
native_layer() {
  local layer=$1 native=$1/opt/app/native processor root file jar
  processor=$(uname -m | sed 's/aarch64/aarch_64/')
  mkdir -p "$native"
  unzip -q -j "$2"/grpc-netty-shaded-*.jar "META-INF/native/*_linux_$processor.so" \
    "META-INF/native/*_epoll_$processor.so" -d "$native"
  for jar in "$2"/AmazonCorrettoCryptoProvider-*"-linux-$processor.jar"; do
    unzip -q -j "$jar" '*.so' -d "$native"
  done
  root=$(mktemp -d)
  unpack "$root" gcc-12-base libgcc-s1
  for file in "$native"/*.so; do with_libraries "$root" "$layer" "$file"; done
  licences "$root" "$layer" gcc-12-base
  rm -rf "$root"
}
