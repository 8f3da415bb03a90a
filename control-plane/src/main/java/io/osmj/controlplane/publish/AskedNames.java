package io.osmj.controlplane.publish;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import io.osmj.core.plan.Question;
import io.osmj.core.service.DialledAddress;
import io.osmj.xds.proxyless.ServiceName;
import io.osmj.xds.render.DestinationName;
import java.util.Collection;
import java.util.List;

/** Names of resources, and what is asked by them. */
final class AskedNames {
    private AskedNames() {}

    /** Whatever a client wrote. */
    static Question read(Collection<String> names) {
        List<DestinationName> destinations = names.stream()
                .flatMap(name -> DestinationName.asked(name).stream())
                .toList();
        return new Question(
                destinations.stream().map(AskedNames::address).collect(toSet()),
                destinations.stream()
                        .filter(not(DestinationName::http))
                        .map(AskedNames::address)
                        .collect(toSet()),
                names.stream().flatMap(name -> ServiceName.asked(name).stream()).collect(toSet()));
    }

    private static DialledAddress address(DestinationName name) {
        return new DialledAddress(name.address(), name.port());
    }
}
