# shellcheck shell=bash disable=SC2034,SC2153 # ROOT and CACHE are set by scripts/lib.sh
# Words the recipes of Java images share: the runtime, the jars of a module, and the cache of loaded classes.

# The union of what the control plane and the samples need, so that they share one layer. jdeps also names java.desktop
# and jdk.jfr: Jackson, SnakeYAML and Netty look whether they are there and do without.
JAVA_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
JAVA_MODULES+=,jdk.httpserver,jdk.management,jdk.unsupported
# The time pack.py gives every file. The cache of classes remembers the time of each jar it was made from.
PACKED_TIME=@1767225600

# java_inputs MODULE...: what decides the jars: the sources and poms of the modules, and the JDK.
java_inputs() {
  local module
  echo "$ROOT/images/java.sh"
  echo "$(java_home)/release"
  echo "$ROOT/pom.xml"
  for module in "$@"; do
    echo "$ROOT/$module/pom.xml"
    [ ! -d "$ROOT/$module/src/main" ] || find "$ROOT/$module/src/main" -type f
  done
}

# java_layer LAYER: the runtime below /opt/java. Linked once for each JDK and list of modules.
java_layer() {
  local home kept
  home=$(java_home)
  kept=$IMAGES/java-$({ cat "$home/release"; echo "$JAVA_MODULES"; } | sha256sum | cut -c 1-16)
  if [ ! -d "$kept" ]; then
    logged jlink "$home/bin/jlink" --add-modules "$JAVA_MODULES" --strip-java-debug-attributes --compress zip-6 \
      --no-header-files --no-man-pages --output "$kept.part"
    mv "$kept.part" "$kept"
  fi
  mkdir -p "$1/opt"
  cp -r "$kept" "$1/opt/java"
  find "$1" -exec touch -d "$PACKED_TIME" {} +
}

# jars MODULE DIR: builds the module and copies its jar, and those it needs, into DIR.
jars() {
  local module=$1 target=$2
  rm -rf "$ROOT/$module/target/image"
  # shellcheck disable=SC2016 # Maven fills in the name
  (cd "$ROOT" && JAVA_HOME=$(java_home) logged "build-$module" mvn -q -B -pl "$module" -am package \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory='${project.build.directory}/image' \
    -Dmaven.test.skip=true -Dspotless.check.skip=true)
  mkdir -p "$target"
  cp "$ROOT/$module/target/image/"*.jar "$ROOT/$module/target/$module-$BUILD_VERSION.jar" "$target/"
  find "$target" -exec touch -d "$PACKED_TIME" {} +
}

# arguments_file DIR NAME MAIN OPTION...: writes DIR/NAME.args, with which /opt/java/bin/java starts the program: the
# options, the cache of classes if it was made, every jar in DIR, the main class. The paths are those inside the image.
arguments_file() {
  local folder=$1 name=$2 main=$3
  shift 3
  {
    [ ! -f "$folder/$name.aot" ] || echo "-XX:AOTCache=/opt/app/$name.aot"
    printf '%s\n' "$@"
    echo "-cp $(class_path "$folder" /opt/app)"
    echo "$main"
  } >"$folder/$name.args"
}

# class_path DIR PREFIX: the jars of DIR, sorted, each behind PREFIX: the cache fits one order only.
class_path() { find "$1" -name '*.jar' -printf '%f\n' | LC_ALL=C sort | sed "s:^:$2/:" | paste -s -d :; }

# rehearse JAVA_LAYER DIR NAME MAIN SECONDS OPTION...: runs the program for some seconds, ends it by SIGTERM, and keeps
# what classes it had loaded in DIR/NAME.aot: the next start maps them in place of reading and checking them.
# The program's own arguments are in ARGUMENTS.
ARGUMENTS=()
rehearse() {
  local java=$1/opt/java/bin/java folder=$2 name=$3 main=$4 seconds=$5 log=$CACHE/logs/rehearse-$3.log
  shift 5
  timeout --preserve-status --signal=TERM "$seconds" "$java" -XX:AOTCacheOutput="$folder/$name.aot" "$@" \
    -cp "$(class_path "$folder" "$folder")" "$main" "${ARGUMENTS[@]}" >"$log" 2>&1 || true
  ! grep -q 'Could not find or load main class' "$log" || die "$main is in none of the jars of $name"
  [ -f "$folder/$name.aot" ] || say "no cache of classes for $name (see $log): it will start more slowly"
}
