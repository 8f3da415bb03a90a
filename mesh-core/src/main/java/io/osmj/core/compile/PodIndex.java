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
    private final Map<String, PodState> meshed = new HashMap<>();

    /** More than one where an address has gone on to another pod and the first was not yet seen to end. */
    private final Map<String, Set<String>> meshedByAddress = new HashMap<>();

    /** Takes over how pods are now; gives those that differ. */
    Set<ObjectKey> take(Map<ObjectKey, Optional<PodState>> seen, boolean whole, Touched touched) {
        Map<ObjectKey, Optional<PodState>> before = pods.take(seen, whole);
        before.values().forEach(former -> former.filter(PodState::meshed).ifPresent(pod -> remove(pod, touched)));
        before.keySet().forEach(key -> find(key).filter(PodState::meshed).ifPresent(pod -> add(pod, touched)));
        return before.keySet();
    }

    private void remove(PodState pod, Touched touched) {
        meshed.remove(pod.uid());
        meshedByAddress.computeIfPresent(pod.address(), (_, uids) -> {
            uids.remove(pod.uid());
            return uids.isEmpty() ? null : uids;
        });
        touched.pods().add(pod.uid());
    }

    private void add(PodState pod, Touched touched) {
        meshed.put(pod.uid(), pod);
        meshedByAddress.computeIfAbsent(pod.address(), _ -> new HashSet<>()).add(pod.uid());
        touched.pods().add(pod.uid());
    }

    Optional<PodState> find(ObjectKey key) {
        return pods.find(key);
    }

    Optional<PodState> meshed(String uid) {
        return Optional.ofNullable(meshed.get(uid));
    }

    /** The UIDs of the meshed pods that have an address. */
    Set<String> meshedAt(String address) {
        return Set.copyOf(meshedByAddress.getOrDefault(address, Set.of()));
    }

    /** All meshed pods by UID. */
    Map<String, PodState> meshed() {
        return new TreeMap<>(meshed);
    }
}
