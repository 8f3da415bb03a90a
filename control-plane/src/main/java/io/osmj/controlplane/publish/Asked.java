package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.plan.Question;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.ObjectKey;
import io.osmj.xds.proxyless.ServiceName;
import io.osmj.xds.render.DestinationName;
import io.osmj.xds.resource.ResourceType;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a stream asks for. An address has two names and a port of a service has three, each as a cluster and as a listener, so
 * with each goes by which of its names it is asked for.
 */
final class Asked {
    private static final int OF_BYTES = 0;
    private static final int OF_REQUESTS = 1;
    private static final int OF_LISTENERS = 3;

    /** By which of its names each is asked for: a bit for each name. */
    private final NavigableMap<DialledAddress, Integer> addresses = new TreeMap<>();

    private final NavigableMap<ServicePort, Integer> services = new TreeMap<>();

    /** Reads names of resources, whatever a client wrote. */
    static Asked of(ResourceType type, Set<String> names) {
        Asked asked = new Asked();
        for (String name : names) {
            DestinationName.asked(name)
                    .ifPresent(destination -> asked.addresses.merge(
                            new DialledAddress(destination.address(), destination.port()),
                            form(type, destination.http() ? OF_REQUESTS : OF_BYTES),
                            Asked::both));
            ServiceName.asked(name)
                    .ifPresent(service -> asked.services.merge(
                            service, form(type, ServiceName.all(service).indexOf(name)), Asked::both));
        }
        return asked;
    }

    /** Asks for these, by no name. */
    static Asked of(Set<DialledAddress> addresses, Set<ServicePort> services) {
        Asked asked = new Asked();
        addresses.forEach(address -> asked.addresses.put(address, 0));
        services.forEach(service -> asked.services.put(service, 0));
        return asked;
    }

    static Asked none() {
        return new Asked();
    }

    private static int form(ResourceType type, int name) {
        return 1 << (type == ResourceType.LISTENER ? name + OF_LISTENERS : name);
    }

    private static int both(int some, int others) {
        return some | others;
    }

    /** Those that a proxy's application has dialled. */
    Set<DialledAddress> addresses() {
        return Collections.unmodifiableSet(addresses.navigableKeySet());
    }

    /** Those that a client without a proxy calls by name. */
    Set<ServicePort> services() {
        return Collections.unmodifiableSet(services.navigableKeySet());
    }

    /** The same for who knows nothing of names. */
    Question question() {
        return new Question(
                addresses(),
                addresses.entrySet().stream()
                        .filter(asked -> (asked.getValue() & (1 << OF_BYTES)) != 0)
                        .map(Map.Entry::getKey)
                        .collect(toSet()),
                services());
    }

    /** Whether it asks for any port of this service. */
    boolean concerns(ObjectKey service) {
        ServicePort port = services.ceilingKey(new ServicePort(service.namespace(), service.name(), 0));
        return port != null && service.equals(new ObjectKey(port.namespace(), port.service()));
    }

    /** Asks for these too. */
    void add(Asked others) {
        others.addresses.forEach((address, names) -> addresses.merge(address, names, Asked::both));
        others.services.forEach((service, names) -> services.merge(service, names, Asked::both));
    }

    /** Asks no more by these names. Gives what it asks for by no name now. */
    Asked remove(Asked others) {
        return of(remove(addresses, others.addresses), remove(services, others.services));
    }

    private static <T> Set<T> remove(NavigableMap<T, Integer> from, NavigableMap<T, Integer> others) {
        others.forEach((thing, names) -> from.computeIfPresent(thing, (_, all) -> all & ~names));
        Set<T> gone = new TreeSet<>(others.navigableKeySet());
        gone.removeIf(thing -> !Integer.valueOf(0).equals(from.get(thing)));
        from.keySet().removeAll(gone);
        return gone;
    }
}
