package io.osmj.xds.proxyless;

import io.osmj.core.service.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How services are called by name: as Kubernetes' DNS knows them, with the namespace, and with the port. */
public final class ServiceName {
    private static final String LABEL = "([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)";
    private static final Pattern SHAPE =
            Pattern.compile(LABEL + "\\." + LABEL + "(?:\\.svc(?:\\.cluster\\.local)?)?:([1-9][0-9]{0,4})");
    private static final int HIGHEST_PORT = 65_535;

    private ServiceName() {}

    /** Which port of which service is asked for by this name of a listener or cluster; empty if it is none of a service. */
    public static Optional<ServicePort> asked(String name) {
        Matcher matcher = SHAPE.matcher(name);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > HIGHEST_PORT) {
            return Optional.empty();
        }
        return Optional.of(new ServicePort(matcher.group(2), matcher.group(1), Integer.parseInt(matcher.group(3))));
    }

    /** All names by which it may be called. */
    public static List<String> all(ServicePort port) {
        String shortest = port.service() + "." + port.namespace();
        return List.of(shortest + ":" + port.port(), shortest + ".svc:" + port.port(), whole(port));
    }

    /** The name of its routes, cluster and endpoints. */
    static String whole(ServicePort port) {
        return port.service() + "." + port.namespace() + ".svc.cluster.local:" + port.port();
    }
}
