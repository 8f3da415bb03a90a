# shellcheck shell=bash
# Starts the cluster's programs so that they outlive the shell, and finds every one of their descendants again.
#
# Each program starts in a cgroup of ours, which its children inherit and kubelet puts the pods below. So the cgroup is the
# full list of what must end, whatever crashed or was killed, and nothing outside of it is ever touched.

# cgroup_trees: every cgroup file system of the machine; one in version 2, one for each controller in version 1.
cgroup_trees() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts; }

# The tree that says who belongs to us.
cgroup_of_record() {
  if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then echo "/sys/fs/cgroup/$CGROUP"; else echo "/sys/fs/cgroup/pids/$CGROUP"; fi
}

# In version 2 only a leaf may hold processes, so the programs have one to themselves, beside the pods'.
make_cgroups() {
  local tree
  for tree in $(cgroup_trees); do mkdir -p "$tree/$CGROUP"; done
  mkdir -p "$(cgroup_of_record)/programs"
}

# A cgroup is busy for a moment after its last process has ended.
remove_cgroups() {
  local tree deadline=$(($(date +%s) + 10))
  for tree in $(cgroup_trees); do
    while [ -d "$tree/$CGROUP" ] && ! find "$tree/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null; do
      [ "$(date +%s)" -lt "$deadline" ] || die "cgroups below $tree/$CGROUP could not be removed"
      sleep 0.1
    done
  done
}

# started PID: when a process started, in clock ticks since the machine did; with the number it names a process for good.
# Nothing for a process that has ended, also when nobody has asked for its exit code yet.
started() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

# start NAME COMMAND...: starts a program in the background, its output in a log of its name. It keeps nothing open of the
# shell's: a lock or a pipe that it held would be held for as long as the cluster is up.
start() {
  local name=$1 log=$LOGS/$1.log pid
  shift
  (
    echo "$BASHPID" >"$(cgroup_of_record)/programs/cgroup.procs"
    umask 022
    cd /
    for descriptor in /proc/"$BASHPID"/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
    exec setsid "$@" </dev/null >>"$log" 2>&1
  ) &
  pid=$!
  echo "$pid $(started "$pid")" >"$RECORDS/$name"
}

# alive NAME: whether the very process that was started under the name still runs.
alive() {
  local pid since
  read -r pid since 2>/dev/null <"$RECORDS/$1" || return 1
  [ -n "$since" ] && [ "$(started "$pid")" = "$since" ]
}

programs() { ls "$RECORDS" 2>/dev/null || true; }

# await SECONDS WHAT COMMAND...: waits until the command succeeds; gives up at once when one of our programs has ended.
await() {
  local deadline=$(($(date +%s) + $1)) what=$2 name
  shift 2
  until "$@" >/dev/null 2>&1; do
    for name in $(programs); do
      alive "$name" || { tail -n 15 "$LOGS/$name.log" >&2; die "$name has ended while waiting for $what; its log is $LOGS/$name.log"; }
    done
    [ "$(date +%s)" -lt "$deadline" ] || die "$what did not come; the logs are in $LOGS"
    sleep 0.1
  done
}

# members: the processes of ours that run, pods included.
members() {
  local name record
  record=$(cgroup_of_record)
  {
    if [ -d "$record" ]; then find "$record" -name cgroup.procs -exec cat {} + 2>/dev/null || true; fi
    for name in $(programs); do if alive "$name"; then cut -d' ' -f1 "$RECORDS/$name"; fi; done
  } | sort -un
}

# end_all: ends every process of ours and waits until none is left. There is nothing in a throw-away cluster that a polite
# end would save.
end_all() {
  local deadline=$(($(date +%s) + 30)) left
  while left=$(members) && [ -n "$left" ]; do
    [ "$(date +%s)" -lt "$deadline" ] || die "these processes of the cluster do not end: ${left//$'\n'/ }"
    # shellcheck disable=SC2086 # one argument a process
    kill -KILL $left 2>/dev/null || true
    sleep 0.1
  done
}
