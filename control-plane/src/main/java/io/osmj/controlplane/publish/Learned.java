package io.osmj.controlplane.publish;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.service.DialledAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which addresses of the mesh the pods of an account have asked for: the calls that are really made. A pod that comes anew is sent
 * them ahead, so that it waits for none. Kept in memory alone; after a restart the proxies themselves bring it back.
 */
final class Learned {
    /** A workload that calls more than this asks for the rest. */
    private static final int MOST = 512;

    private final Map<ServiceAccount, SequencedMap<DialledAddress, Boolean>> asked = new HashMap<>();

    void add(ServiceAccount account, Collection<DialledAddress> addresses) {
        SequencedMap<DialledAddress, Boolean> known = asked.computeIfAbsent(account, _ -> new LinkedHashMap<>());
        addresses.forEach(address -> known.putLast(address, true));
        while (known.size() > MOST) {
            known.pollFirstEntry();
        }
    }

    /** One of the account's pods asked for the address, and now it is there. */
    void found(ServiceAccount account, DialledAddress address) {
        SequencedMap<DialledAddress, Boolean> known = asked.get(account);
        if (known == null || !known.containsKey(address)) {
            add(account, List.of(address));
        }
    }

    /** What the account's pods asked for and is still there. What is gone is forgotten. */
    Set<DialledAddress> of(ServiceAccount account, Predicate<DialledAddress> there) {
        SequencedMap<DialledAddress, Boolean> known = asked.get(account);
        if (known == null) {
            return Set.of();
        }
        known.keySet().removeIf(there.negate());
        return Set.copyOf(known.keySet());
    }

    /** Forgets accounts that have no proxy connected. */
    void retain(Set<ServiceAccount> accounts) {
        asked.keySet().retainAll(accounts);
    }
}
