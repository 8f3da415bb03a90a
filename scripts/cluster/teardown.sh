# shellcheck shell=bash
# Takes the cluster away, in whatever state it is: each step looks at the machine and not at what should be there.

# The folders that with-own-mounts had to make, if nobody has put anything into them since.
remove_made_folders() {
  [ -f "$CLUSTER_HOME/made-folders" ] || return 0
  while read -r folder; do rmdir --ignore-fail-on-non-empty "$folder" 2>/dev/null || true; done <"$CLUSTER_HOME/made-folders"
}

# Nothing is mounted in there as far as the machine can see (with-own-mounts); a removal that follows a mount would reach
# what is mounted, so that is looked at all the same.
remove_home() {
  [ -e "$CLUSTER_HOME" ] || return 0
  ! grep -qF " $CLUSTER_HOME" /proc/self/mountinfo || die "something is mounted in $CLUSTER_HOME; unmount it, then run this again"
  rm -rf --one-file-system "$CLUSTER_HOME"
}

take_down() {
  end_all
  remove_bridge
  ! command -v iptables-save >/dev/null || remove_firewall
  remove_cgroups
  reset_kernel
  remove_made_folders
  remove_home
}

# anything_there: whether any trace of the cluster is on the machine.
anything_there() {
  [ -e "$CLUSTER_HOME" ] || [ -d "$(cgroup_of_record)" ] || ip link show "$BRIDGE" >/dev/null 2>&1
}
