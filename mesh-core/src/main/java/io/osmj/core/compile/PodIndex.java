package io.osmj.core.compile;

import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The pods by name, by UID and by address. */
final class PodIndex {
    private final Table<ObjectKey, PodState> pods = new Table<>();
    private final Map<String, PodState> served = new HashMap<>();
    private final AccountIndex accounts;

    /** More than one where an address has gone on to another pod and the first was not yet seen to end. */
    private final Map<String, Set<String>> byAddress = new HashMap<>();

    /** @param accounts told of the pods that are served */
    PodIndex(AccountIndex accounts) {
        this.accounts = accounts;
    }

    /**
     * What differs.
     *
     * @param pods by name
     * @param addresses at which one that is served was or is
     */
    record Difference(Set<ObjectKey> pods, Set<String> addresses) {}

    /** Takes over how pods are now; gives what differs. */
    Difference take(Map<ObjectKey, Optional<PodState>> seen, boolean whole, Touched touched) {
        Map<ObjectKey, Optional<PodState>> before = pods.take(seen, whole);
        Set<String> addresses = new HashSet<>();
        before.values()
                .forEach(former -> former.filter(PodState::served).ifPresent(pod -> {
                    remove(pod, touched);
                    addresses.add(pod.address());
                }));
        before.keySet()
                .forEach(key -> find(key).filter(PodState::served).ifPresent(pod -> {
                    add(pod, touched);
                    addresses.add(pod.address());
                }));
        return new Difference(before.keySet(), addresses);
    }

    private void remove(PodState pod, Touched touched) {
        served.remove(pod.uid());
        accounts.remove(pod.account());
        byAddress.computeIfPresent(pod.address(), (_, uids) -> {
            uids.remove(pod.uid());
            return uids.isEmpty() ? null : uids;
        });
        touched.pods().add(pod.uid());
    }

    private void add(PodState pod, Touched touched) {
        served.put(pod.uid(), pod);
        accounts.add(pod.account());
        byAddress.computeIfAbsent(pod.address(), _ -> new HashSet<>()).add(pod.uid());
        touched.pods().add(pod.uid());
    }

    Optional<PodState> find(ObjectKey key) {
        return pods.find(key);
    }

    Optional<PodState> served(String uid) {
        return Optional.ofNullable(served.get(uid));
    }

    /** The UIDs of those that have an address. */
    Set<String> servedAt(String address) {
        return Set.copyOf(byAddress.getOrDefault(address, Set.of()));
    }

    /** The pod with a sidecar that has an address and is of another namespace than this, where none of this one has it. */
    Optional<PodState> foreignAt(String address, String namespace) {
        List<PodState> meshed = byAddress.getOrDefault(address, Set.of()).stream()
                .flatMap(uid -> served(uid).stream())
                .filter(PodState::meshed)
                .toList();
        return meshed.stream().anyMatch(pod -> pod.namespace().equals(namespace))
                ? Optional.empty()
                : meshed.stream().min(Comparator.naturalOrder());
    }

    /** All pods by UID that have a configuration. */
    Map<String, PodState> served() {
        return new TreeMap<>(served);
    }
}
