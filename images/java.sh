# shellcheck shell=bash disable=SC2034,SC2153 # ROOT and CACHE are set by scripts/lib.sh
# Words the recipes of Java images share: the runtime, the jars of a module, and the archive of loaded classes.

# The union of what the control plane and the samples need, so that they share one layer. jdeps also names java.desktop
# and jdk.jfr: Jackson, SnakeYAML and Netty look whether they are there and do without.
JAVA_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
JAVA_MODULES+=,jdk.httpserver,jdk.management,jdk.unsupported
# The time pack.py gives every file. The archive of classes remembers the time of each jar it was made from.
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
  kept=$IMAGES/java-$({ cat "$home/release" "$ROOT/images/java.sh"; echo "$JAVA_MODULES"; } | sha256sum | cut -c 1-16)
  if [ ! -d "$kept" ]; then
    logged jlink "$home/bin/jlink" --add-modules "$JAVA_MODULES" --strip-java-debug-attributes --compress zip-6 \
      --no-header-files --no-man-pages --output "$kept.part"
    own_providers "$kept.part"
    mv "$kept.part" "$kept"
  fi
  mkdir -p "$1/opt"
  cp -r "$kept" "$1/opt/java"
  find "$1" -exec touch -d "$PACKED_TIME" {} +
}

# provenance: options of Maven that say what is built: the last commit that changed what decides it, and its date, so that a later
# commit that changes nothing of it changes no image. Nothing outside a repository; what is not committed is not told of.
provenance() (
  log() { TZ=UTC git -C "$ROOT" log -1 --date=format-local:%Y-%m-%d-%H:%M "$@" -- pom.xml images "${MODULES[@]}"; }
  [ -n "$(log --format=%h 2>/dev/null)" ] || return 0
  log --abbrev=12 --format='-Dbuild.commit=%h%n-Dbuild.date=%cd'
)

# jars MODULE DIR: builds the module and copies its jar, and those it needs, into DIR.
jars() (
  module=$1 target=$2
  mapfile -t built < <(provenance)
  builds_alone
  rm -rf "$ROOT/$module/target/run/image"
  # shellcheck disable=SC2016 # Maven fills in the name
  packaged "$module" dependency:copy-dependencies -DoutputDirectory='${project.build.directory}/image' "${built[@]}"
  mkdir -p "$target"
  cp "$ROOT/$module/target/run/"{image/*.jar,"$module-$BUILD_VERSION.jar"} "$target/"
  find "$target" -exec touch -d "$PACKED_TIME" {} +
)

# class_path DIR PREFIX: the jars of DIR, sorted, each behind PREFIX: the archive of classes fits one order only.
class_path() { find "$1" -name '*.jar' -printf '%f\n' | LC_ALL=C sort | sed "s:^:$2/:" | paste -s -d :; }

# arguments_file DIR NAME MAIN [ARCHIVE]: writes DIR/NAME.args, with which /opt/java/bin/java starts the program: the
# recipe's OPTIONS, the archive of classes (its own, or the one called ARCHIVE), every jar in DIR. The paths are those inside
# the image.
arguments_file() {
  local folder=$1 name=$2 main=$3 archive=${4:-$2}
  {
    echo "-XX:SharedArchiveFile=/opt/app/$archive.jsa"
    printf '%s\n' "${OPTIONS[@]}"
    echo "-cp $(class_path "$folder" /opt/app)"
    echo "$main"
  } >"$folder/$name.args"
}

# rehearse JAVA_LAYER DIR NAME PATTERN MAIN [ARGUMENT...]: runs the program until it prints a line with PATTERN, and puts
# the classes it had loaded into the archive DIR/NAME.jsa: the next start maps them in place of reading and checking them.
#
# The archive is made from a list of names by a process of its own. An AOT cache starts faster still, but is made of the
# memory of the running program, and one that was ended at a bad moment left a cache that crashed every later start.
rehearse() {
  local java=$1/opt/java/bin/java folder=$2 name=$3 pattern=$4 log=$CACHE/logs/rehearse-$3.log pid jars
  shift 4
  mkdir -p "$CACHE/logs"
  jars=$(class_path "$folder" "$folder")
  : >"$log" # what a rehearsal before this one printed must not be taken for this one's
  "$java" -Xshare:off -XX:DumpLoadedClassList="$folder/$name.classes" "${OPTIONS[@]}" -cp "$jars" "$@" >"$log" 2>&1 &
  pid=$!
  for _ in {1..1200}; do
    { kill -0 "$pid" 2>/dev/null && ! grep -q -e "$pattern" "$log"; } || break
    sleep 0.1
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" || true
  grep -q -e "$pattern" "$log" || die "$1 did not print '$pattern' within two minutes; what it printed is in $log"
  logged "archive-$name" "$java" -Xshare:dump -XX:SharedClassListFile="$folder/$name.classes" \
    -XX:SharedArchiveFile="$folder/$name.jsa" "${OPTIONS[@]}" -cp "$jars"
  rm "$folder/$name.classes"
  logged "check-$name" "$java" -Xshare:on -XX:SharedArchiveFile="$folder/$name.jsa" "${OPTIONS[@]}" -cp "$jars" -version
}
