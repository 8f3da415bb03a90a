package io.osmj.dapr.outbound;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import java.util.List;
import java.util.Optional;

/**
 * One destination that daprd has to reach past the sidecar.
 *
 * @param what for whom it is, in a few words
 * @param address where it is, when its address does not change; else only its port says it
 * @param port what is dialled
 * @param without what does not work while it is not met
 * @param essential whether daprd does not come up without it
 */
public record Need(String what, Optional<Cidr> address, int port, String without, boolean essential) {

    /** Whether lists let it pass the sidecar by. */
    public boolean metBy(Interception lists) {
        if (lists.outboundPorts().contains(port)) {
            return true;
        }
        return address.filter(here -> excluded(here, lists) || notIncluded(here, lists))
                .isPresent();
    }

    /** What to add to a list so that it is met: its address where that is fixed, because a port opens more than is needed. */
    public Interception remedy() {
        return address.map(here -> new Interception(List.of(), List.of(), List.of(here), List.of(), List.of()))
                .orElseGet(() -> new Interception(List.of(port), List.of(), List.of(), List.of(), List.of()));
    }

    /** The destination in short, {@code 10.0.0.1/32} or {@code port 50005}. */
    public String destination() {
        return address.map(Cidr::toString).orElse("port " + port);
    }

    private static boolean excluded(Cidr here, Interception lists) {
        return lists.outboundExclusions().stream().anyMatch(range -> covers(range, here));
    }

    private static boolean notIncluded(Cidr here, Interception lists) {
        return !lists.outboundInclusions().isEmpty()
                && lists.outboundInclusions().stream().noneMatch(range -> covers(range, here));
    }

    private static boolean covers(Cidr range, Cidr here) {
        return range.prefix() <= here.prefix() && new Cidr(here.address(), range.prefix()).equals(range);
    }
}
