package io.osmj.xds.render;

import io.osmj.core.origin.Part;
import io.osmj.core.service.DialledAddress;
import io.osmj.xds.proxyless.ServiceName;
import io.osmj.xds.resource.ResourceType;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a proxy's configuration a resource is, by its name: the way back from {@link Names}. */
public final class ResourcePart {
    private static final Pattern HOST = Pattern.compile("e[ht]\\|([^|]+):([0-9]{1,5})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private ResourcePart() {}

    /** The part; one that no object makes where the mesh has no such name. */
    public static Part of(ResourceType type, String name) {
        return switch (type) {
            case SECRET, VIRTUAL_HOST -> new Part.Unknown();
            case CLUSTER, ENDPOINT -> cluster(name);
            case LISTENER -> listener(name);
            case ROUTE -> routes(name);
        };
    }

    private static Part cluster(String name) {
        Matcher host = HOST.matcher(name);
        if (host.matches()) {
            return new Part.Host(host.group(1), Integer.parseInt(host.group(2)));
        }
        return DestinationName.asked(name)
                .<Part>map(asked -> new Part.Destination(new DialledAddress(asked.address(), asked.port())))
                .or(() -> numbered(name, Names.LOCAL, Part.Application::new))
                .or(() -> numbered(name, Names.EXIT, Part.WayOut::new))
                .orElseGet(() -> named(name));
    }

    private static Part listener(String name) {
        return switch (name) {
            case Names.INBOUND_LISTENER -> new Part.InboundConnections();
            case Names.OUTBOUND_LISTENER, Names.REQUESTS_LISTENER, Names.METRICS_LISTENER -> new Part.Frame();
            default -> numbered(name, Names.EXIT, Part.WayOut::new).orElseGet(() -> named(name));
        };
    }

    private static Part routes(String name) {
        return name.equals(Names.OUTBOUND_ROUTES)
                ? new Part.Retried()
                : numbered(name, Names.INBOUND_ROUTES, Part.InboundRequests::new)
                        .or(() -> numbered(name, Names.EXIT_ROUTES, Part.WayOut::new))
                        .orElseGet(() -> named(name));
    }

    private static Optional<Part> numbered(String name, String prefix, IntFunction<Part> part) {
        return Optional.of(name)
                .filter(whole -> whole.startsWith(prefix))
                .map(whole -> whole.substring(prefix.length()))
                .filter(rest -> NUMBER.matcher(rest).matches())
                .map(rest -> part.apply(Integer.parseInt(rest)));
    }

    private static Part named(String name) {
        return ServiceName.asked(name).<Part>map(Part.Named::new).orElseGet(Part.Unknown::new);
    }
}
