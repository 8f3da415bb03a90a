package io.osmj.core.compile;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.MeshService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which ports speak what, and roughly where the mesh's addresses lie.
 *
 * <p>The ranges are as wide as a /16 so that they change when a network is added and not with every pod. That a range also holds
 * addresses of others costs these a question at first contact and nothing else.
 *
 * <p>Every proxy is told of both, so neither hangs on whether a pod is ready: a service says what it speaks as long as it is there.
 * That pods of a service with a virtual address are dialled one by one is no reason to tell anybody; their requests are seen all the
 * same, as on any port that speaks more than one protocol.
 */
final class ReachIndex {
    private static final int RANGE = 16;

    private final Map<Integer, Integer> http = new TreeMap<>();
    private final Map<Integer, Integer> tcp = new TreeMap<>();
    private final Map<Cidr, Integer> ranges = new TreeMap<>();
    private boolean changed;
    private Seen last = new Seen(List.of(), List.of());

    private record Seen(List<Integer> httpPorts, List<Cidr> ranges) {}

    /** A service had these ports and has those now. One without a virtual address is dialled at its pods, when there are some. */
    void declare(List<MeshService> before, List<MeshService> now) {
        now.forEach(port -> declare(port, 1));
        before.forEach(port -> declare(port, -1));
    }

    private void declare(MeshService service, int by) {
        if (service.headless()) {
            add(service.protocol().http() ? http : tcp, service.port(), by);
        }
    }

    void replace(DialledAddress address, @Nullable Claim before, @Nullable Claim now) {
        if (now != null) {
            count(address, now, 1);
        }
        if (before != null) {
            count(address, before, -1);
        }
    }

    private void count(DialledAddress address, Claim claim, int by) {
        if (!claim.http() || !claim.direct()) {
            add(claim.http() ? http : tcp, address.port(), by);
        }
        Cidr.parse(address.address() + "/" + RANGE).ifPresent(range -> add(ranges, range, by));
    }

    private <K> void add(Map<K, Integer> counts, K key, int by) {
        int now = counts.merge(key, by, Integer::sum);
        if (now == 0) {
            counts.remove(key);
        }
        changed |= now == 0 || now == by;
    }

    /** Whether ports or ranges differ since this was asked last. */
    boolean takeChanged() {
        if (!changed) {
            return false;
        }
        changed = false;
        Seen now = new Seen(httpPorts(), ranges());
        boolean differ = !now.equals(last);
        last = now;
        return differ;
    }

    /** Ports that speak HTTP wherever they are, sorted. */
    List<Integer> httpPorts() {
        return http.keySet().stream().filter(port -> !tcp.containsKey(port)).toList();
    }

    List<Cidr> ranges() {
        return List.copyOf(ranges.keySet());
    }
}
