package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.xds.proxyless.ServiceName;
import io.osmj.xds.render.DestinationName;
import java.util.Set;

/**
 * What a stream asks for.
 *
 * @param addresses that a proxy's application has dialled
 * @param services that a client without a proxy calls by name
 */
record Question(Set<DialledAddress> addresses, Set<ServicePort> services) {

    /** Reads names of resources, whatever a client wrote. */
    static Question of(Set<String> names) {
        return new Question(
                names.stream()
                        .flatMap(name -> DestinationName.asked(name).stream())
                        .map(name -> new DialledAddress(name.address(), name.port()))
                        .collect(toSet()),
                names.stream().flatMap(name -> ServiceName.asked(name).stream()).collect(toSet()));
    }
}
