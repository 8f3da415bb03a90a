# shellcheck shell=bash disable=SC2034,SC2153 # scripts/images reads TAG and CONFIG and has set ROOT
# The applications of the Dapr walkthrough, and a caller at a fixed rate: the pod says which, by /opt/app/nodeapp.args,
# pythonapp.args or steadycaller.args.
source "$ROOT/images/java.sh"

TAG=osm-java/samples:$VERSION
CONFIG='{"User":"1000:1000","WorkingDir":"/","Entrypoint":["/opt/java/bin/java"],"Cmd":["@/opt/app/nodeapp.args"]}'
OPTIONS=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx24m -XX:MaxMetaspaceSize=32m -XX:ReservedCodeCacheSize=16m)

inputs() {
  debs libc6
  java_inputs samples
}

stage() {
  local app=$1/2-samples/opt/app port node
  glibc_layer "$1/0-glibc"
  java_layer "$1/1-java"
  jars samples "$app"
  # The two talk to each other, so that what a call needs is in both archives too.
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  export APP_PORT=$port DAPR_HTTP_PORT=$port
  rehearse "$1/1-java" "$app" nodeapp '^order [0-9]* not kept' io.osmj.samples.NodeApp &
  node=$!
  rehearse "$1/1-java" "$app" pythonapp '^order [0-9]*: 500' io.osmj.samples.PythonApp
  wait "$node"
  arguments_file "$app" nodeapp io.osmj.samples.NodeApp
  arguments_file "$app" pythonapp io.osmj.samples.PythonApp
  # It loads what the others do, and takes the archive of one of them. Where answers stay away its calls pile up.
  OPTIONS+=(-Xmx160m)
  arguments_file "$app" steadycaller io.osmj.samples.SteadyCaller nodeapp
}
