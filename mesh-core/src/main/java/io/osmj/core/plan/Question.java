package io.osmj.core.plan;

import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import java.util.Collection;
import java.util.Set;

/**
 * What a stream asks for.
 *
 * @param addresses that a proxy's application has dialled
 * @param asBytes those of the addresses that the proxy, when they were dialled, took for something that is carried as bytes
 * @param services that a client without a proxy calls by name
 */
public record Question(Set<DialledAddress> addresses, Set<DialledAddress> asBytes, Set<ServicePort> services) {
    /** For addresses that the proxy knows how to carry. */
    public static Question of(Collection<DialledAddress> addresses) {
        return new Question(Set.copyOf(addresses), Set.of(), Set.of());
    }
}
