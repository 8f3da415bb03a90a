# shellcheck shell=bash
# The node's network: its ranges, the bridge its pods hang on, what the kernel must be told, the firewall around it, and how
# all of that is taken away again.

# Settings the node needs, and those kubelet and kube-proxy change on their own.
KERNEL_SETTINGS=(
  net/ipv4/ip_forward=1
  net/bridge/bridge-nf-call-iptables=1
  net/ipv4/conf/all/send_redirects=0
  net/ipv4/conf/all/route_localnet
  vm/overcommit_memory
  vm/panic_on_oom
  kernel/panic
  kernel/panic_on_oops
  kernel/keys/root_maxkeys
  kernel/keys/root_maxbytes
)

# free_range RANGE...: the first range that no route of the machine leads into or covers.
free_range() {
  local range
  for range in "$@"; do
    if ! { ip -4 route show root "$range" && ip -4 route show match "$range"; } | grep -v '^default' >/dev/null; then
      echo "$range"
      return
    fi
  done
  die "the machine's routes cover all of $*; no range is left for the cluster"
}

choose_networks() {
  local pods services
  pods=$(free_range 10.{244..250}.0.0/24)
  services=$(free_range 10.{96..102}.0.0/16)
  echo "$pods $services" >"$CLUSTER_HOME/networks"
  addresses
}

set_kernel() {
  local setting name
  if [ ! -d /proc/sys/net/bridge ]; then
    modprobe br_netfilter || die "the kernel has no br_netfilter, so services would not work between pods"
  fi
  for setting in "${KERNEL_SETTINGS[@]}"; do
    name=${setting%%=*}
    [ -f "/proc/sys/$name" ] && echo "$name $(cat "/proc/sys/$name")" >>"$CLUSTER_HOME/kernel"
    if [[ $setting == *=* ]]; then echo "${setting#*=}" >"/proc/sys/$name"; fi
  done
}

reset_kernel() {
  local name value
  [ -f "$CLUSTER_HOME/kernel" ] || return 0
  while read -r name value; do
    [ "$(cat "/proc/sys/$name")" = "$value" ] || echo "$value" >"/proc/sys/$name"
  done <"$CLUSTER_HOME/kernel"
}

# The bridge carries the node's own address, which is also every pod's gateway. The route for services keeps their addresses
# off the machine's default route; redirects would tell pods of it, and use up what the kernel allows of refusals.
make_bridge() {
  ip link add "$BRIDGE" type bridge
  ip address add "$NODE_ADDRESS/24" dev "$BRIDGE"
  echo 0 >"/proc/sys/net/ipv4/conf/$BRIDGE/send_redirects"
  ip link set "$BRIDGE" up
  ip route add "$SERVICE_CIDR" dev "$BRIDGE" src "$NODE_ADDRESS"
}

remove_bridge() {
  local link
  ip link show "$BRIDGE" >/dev/null 2>&1 || return 0
  # The kernel takes the pods' links away on its own some time after their processes; not waiting for that.
  for link in $(ip -o link show master "$BRIDGE" | sed -E 's/^[0-9]+: ([^:@]+).*/\1/'); do
    ip link delete "$link" 2>/dev/null || true
  done
  ip link delete "$BRIDGE"
}

# Pods reach each other and the node's own address. The machine's other addresses, its networks and the internet are refused
# at once rather than dropped, so that nothing waits; nor does forwarding make a router of the machine.
make_firewall() {
  iptables-save | sed -n 's/^\*//p' >"$CLUSTER_HOME/tables-before"
  ip6tables-save | sed -n 's/^\*//p' >"$CLUSTER_HOME/tables-before-6"
  iptables-restore --noflush --wait <<EOF_RULES
*filter
:OSMJ-INPUT - [0:0]
:OSMJ-FORWARD - [0:0]
-A OSMJ-INPUT -d $NODE_ADDRESS/32 -j ACCEPT
-A OSMJ-INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A OSMJ-INPUT -j REJECT
-A OSMJ-FORWARD -i $BRIDGE -o $BRIDGE -j ACCEPT
-A OSMJ-FORWARD -j REJECT --reject-with icmp-net-unreachable
-A INPUT -i $BRIDGE -j OSMJ-INPUT
-A FORWARD -i $BRIDGE -j OSMJ-FORWARD
-A FORWARD -o $BRIDGE -j OSMJ-FORWARD
COMMIT
EOF_RULES
}

# take_chains_away SAVE RESTORE BEFORE: removes the chains of the cluster and the rules that lead into them, each table in one step,
# and leaves every other rule where it is.
take_chains_away() {
  local save=$1 restore=$2 before=$3 table rules
  for table in $("$save" | sed -n 's/^\*//p'); do
    rules=$("$save" -t "$table" | awk -v ours='^(KUBE-|OSMJ-)' '
      /^:/ { chain = substr($1, 2); if (chain ~ ours) chains[chain] }
      /^-A/ && $2 !~ ours { for (i = 3; i < NF; i++) if ($i ~ /^-[jg]$/ && $(i + 1) ~ ours) { sub(/^-A/, "-D"); print; break } }
      END { for (chain in chains) print "-F " chain; for (chain in chains) print "-X " chain }')
    [ -z "$rules" ] || printf '*%s\n%s\nCOMMIT\n' "$table" "$rules" | "$restore" --noflush --wait
    forget_table "${save%-save}" "$table" "$before"
  done
}

# forget_table PROGRAM TABLE BEFORE: a table that was not there before the cluster and holds nothing goes too.
forget_table() {
  local program=$1 table=$2 before=$3 family=ip
  [ "$program" = iptables ] || family=ip6
  [ -f "$before" ] && ! grep -qx "$table" "$before" || return 0
  ! "$program-save" -t "$table" | grep '^-A\|^:.* - ' >/dev/null || return 0
  case $("$program" --version) in
    *nf_tables*) nft delete table "$family" "$table" ;;
  esac
}

remove_firewall() {
  take_chains_away iptables-save iptables-restore "$CLUSTER_HOME/tables-before"
  take_chains_away ip6tables-save ip6tables-restore "$CLUSTER_HOME/tables-before-6"
}

# foreign_node: says what of another Kubernetes node is on the machine, if anything is: its rules would mix with ours.
foreign_node() {
  ! command -v iptables-save >/dev/null || iptables-save 2>/dev/null | grep -m1 -o '^:KUBE-[A-Z-]*' | sed 's/^:/the iptables chain /'
}
