package io.osmj.controlplane.publish;

import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.ObjectKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The streams that are open, found by what concerns them. */
final class SeatIndex {
    private final Set<Seat> all = new LinkedHashSet<>();
    private final Map<String, Set<Seat>> byPod = new HashMap<>();
    private final Map<ServiceAccount, Set<Seat>> byAccount = new HashMap<>();
    private final Map<DialledAddress, Set<Seat>> byAddress = new HashMap<>();
    private final Map<ObjectKey, Set<Seat>> byService = new HashMap<>();

    void add(Seat seat) {
        all.add(seat);
        put(byPod, seat.proxy.podUid(), seat);
        put(byAccount, seat.proxy.account(), seat);
    }

    /** The seat has asked for these too. */
    void asked(Seat seat, Asked asked) {
        if (all.contains(seat)) {
            asked.addresses().forEach(address -> put(byAddress, address, seat));
            asked.services().forEach(port -> put(byService, service(port), seat));
        }
    }

    /** The seat, which has forgotten these, asks for them no more. */
    void forgotten(Seat seat, Asked asked) {
        asked.addresses().forEach(address -> take(byAddress, address, seat));
        asked.services().stream()
                .map(SeatIndex::service)
                .filter(service -> !seat.asksFor(service))
                .forEach(service -> take(byService, service, seat));
    }

    void remove(Seat seat) {
        take(byPod, seat.proxy.podUid(), seat);
        take(byAccount, seat.proxy.account(), seat);
        seat.asked().addresses().forEach(address -> take(byAddress, address, seat));
        seat.asked().services().forEach(port -> take(byService, service(port), seat));
        all.remove(seat);
    }

    private static ObjectKey service(ServicePort port) {
        return new ObjectKey(port.namespace(), port.service());
    }

    private static <K> void put(Map<K, Set<Seat>> index, K key, Seat seat) {
        index.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(seat);
    }

    private static <K> void take(Map<K, Set<Seat>> index, K key, Seat seat) {
        index.computeIfPresent(key, (_, seats) -> {
            seats.remove(seat);
            return seats.isEmpty() ? null : seats;
        });
    }

    Set<Seat> all() {
        return Collections.unmodifiableSet(all);
    }

    /** Those of an account. */
    Set<Seat> of(ServiceAccount account) {
        return Collections.unmodifiableSet(byAccount.getOrDefault(account, Set.of()));
    }

    /** Those that have asked for an address. */
    Set<Seat> of(DialledAddress address) {
        return Collections.unmodifiableSet(byAddress.getOrDefault(address, Set.of()));
    }

    /** The accounts that have a proxy connected. */
    Set<ServiceAccount> accounts() {
        return Collections.unmodifiableSet(byAccount.keySet());
    }

    /**
     * Whom a patch concerns.
     *
     * @param byRules whether rules bind; otherwise what they are does not concern anybody
     * @param eager whether everybody has every address
     */
    Set<Seat> concerned(Touched touched, boolean byRules, boolean eager) {
        if (touched.everything() || (eager && !touched.addresses().isEmpty())) {
            return all();
        }
        Set<Seat> concerned = new LinkedHashSet<>();
        collect(byPod, touched.pods(), concerned);
        collect(byAccount, touched.leavers(), concerned);
        collect(byAccount, touched.retriers(), concerned);
        collect(byAddress, touched.addresses(), concerned);
        collect(byService, touched.services(), concerned);
        if (byRules) {
            collect(byAccount, touched.callers(), concerned);
            collect(byAccount, touched.callees(), concerned);
        }
        return concerned;
    }

    private static <K> void collect(Map<K, Set<Seat>> index, Set<K> keys, Set<Seat> concerned) {
        keys.forEach(key -> concerned.addAll(index.getOrDefault(key, Set.of())));
    }
}
