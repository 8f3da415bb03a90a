package io.osmj.core.compile;

import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Takes over how pods are now; gives those that differ. */
    Set<ObjectKey> take(Map<ObjectKey, Optional<PodState>> seen, boolean whole, Touched touched) {
        Map<ObjectKey, Optional<PodState>> before = pods.take(seen, whole);
        before.values().forEach(former -> former.filter(PodState::served).ifPresent(pod -> remove(pod, touched)));
        before.keySet().forEach(key -> find(key).filter(PodState::served).ifPresent(pod -> add(pod, touched)));
        return before.keySet();
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

    /** All pods by UID that have a configuration. */
    Map<String, PodState> served() {
        return new TreeMap<>(served);
    }
}
