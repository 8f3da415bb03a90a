package io.osmj.xds.render;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.names.Ports;
import io.osmj.core.plan.Destination;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a cluster that a proxy asks for when an address is dialled for the first time: {@code h|10.96.0.7:80} where it
 * sees requests one by one, {@code t|10.96.0.7:3306} where it carries bytes.
 *
 * @param http whether the proxy sees requests one by one
 * @param address the IPv4 address dialled, in the shortest form
 * @param port the port dialled, 1 to 65535
 */
public record DestinationName(boolean http, String address, int port) {
    static final String REQUESTS = "h|";
    static final String BYTES = "t|";

    private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
    private static final Pattern SHAPE =
            Pattern.compile("([ht])\\|(" + OCTET + "(?:\\." + OCTET + "){3}):([1-9][0-9]{0,4})");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * What a proxy asks for by this name of a cluster. Empty for every name that no proxy of the mesh makes: another form,
     * IPv6, leading zeros. Empty, too, for what leads back into the proxy itself, which is loopback addresses and the port of
     * its outbound listener: to answer those with a way through would send a connection round for ever.
     */
    public static Optional<DestinationName> asked(String clusterName) {
        Matcher matcher = SHAPE.matcher(clusterName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String address = matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        if (port > HIGHEST_PORT || port == Ports.OUTBOUND || !leavesTheProxy(address)) {
            return Optional.empty();
        }
        return Optional.of(new DestinationName(matcher.group(1).equals("h"), address, port));
    }

    private static boolean leavesTheProxy(String address) {
        return Cidr.parse(address + "/8")
                .map(network -> network.address() >>> 24)
                .filter(network -> network != 0 && network != 127)
                .isPresent();
    }

    static String requests(Destination destination) {
        return REQUESTS + destination.key();
    }

    static String bytes(Destination destination) {
        return BYTES + destination.key();
    }

    /** The name itself, as the proxy writes it. */
    @Override
    public String toString() {
        return (http ? REQUESTS : BYTES) + address + ":" + port;
    }
}
