package io.osmj.injector.intercept;

import static java.util.stream.Collectors.joining;

import io.osmj.core.intercept.Interception;
import io.osmj.core.names.Ports;
import io.osmj.injector.pod.SidecarParts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules that send a pod's TCP connections to its sidecar, as text for {@code iptables-restore --noflush}: one
 * transaction on the IPv4 {@code nat} table.
 *
 * <p>Chains and order are Open Service Mesh's: exclusions before inclusions, the sidecar's own connections before both. A
 * chain that is declared is emptied, so a second run leaves the same rules; the two jumps into them then stand twice, which
 * decides nothing new. Only TCP over IPv4 is taken.
 */
public final class RulesText {
    /** The multiport match takes no more than this, and refuses the whole text otherwise. */
    static final int PORTS_PER_RULE = 15;

    /** Source address of the sidecar when it hands a connection to the application on the pod's own IP. */
    public static final String TO_APPLICATION_SOURCE = "127.0.0.6";

    private final Interception lists;
    private final List<String> lines = new ArrayList<>();

    private RulesText(Interception lists) {
        this.lists = lists;
    }

    /** The whole text, with its last line end. The lists must have passed {@link InterceptionCheck}. */
    public static String of(Interception lists) {
        RulesText text = new RulesText(lists);
        text.chains();
        text.inbound();
        text.outbound();
        text.add("COMMIT");
        return String.join("\n", text.lines) + "\n";
    }

    private void chains() {
        add("*nat");
        for (String chain : List.of("INBOUND", "IN_REDIRECT", "OUTBOUND", "OUT_REDIRECT")) {
            add(":OSM_PROXY_" + chain + " - [0:0]");
        }
        add("-A OSM_PROXY_IN_REDIRECT -p tcp -j REDIRECT --to-ports " + Ports.INBOUND);
        add("-A OSM_PROXY_OUT_REDIRECT -p tcp -j REDIRECT --to-ports " + Ports.OUTBOUND);
        add("-A PREROUTING -p tcp -j OSM_PROXY_INBOUND");
        add("-A OUTPUT -p tcp -j OSM_PROXY_OUTBOUND");
    }

    private void inbound() {
        for (String name : lists.interfaces()) {
            add("-A OSM_PROXY_INBOUND -i " + name + " -j RETURN");
        }
        pass(
                "OSM_PROXY_INBOUND",
                List.of(Ports.METRICS, Ports.LIVENESS, Ports.READINESS, Ports.STARTUP, Ports.SIDECAR_HEALTH));
        pass("OSM_PROXY_INBOUND", lists.inboundPorts());
        add("-A OSM_PROXY_INBOUND -p tcp -j OSM_PROXY_IN_REDIRECT");
    }

    private void outbound() {
        ownTraffic();
        for (String name : lists.interfaces()) {
            add("-A OSM_PROXY_OUTBOUND -o " + name + " -j RETURN");
        }
        lists.outboundExclusions().forEach(range -> add("-A OSM_PROXY_OUTBOUND -d " + range + " -j RETURN"));
        pass("OSM_PROXY_OUTBOUND", lists.outboundPorts());
        if (lists.outboundInclusions().isEmpty()) {
            add("-A OSM_PROXY_OUTBOUND -j OSM_PROXY_OUT_REDIRECT");
            return;
        }
        lists.outboundInclusions()
                .forEach(range -> add("-A OSM_PROXY_OUTBOUND -d " + range + " -j OSM_PROXY_OUT_REDIRECT"));
        add("-A OSM_PROXY_OUTBOUND -j RETURN");
    }

    private void ownTraffic() {
        String sidecar = "--uid-owner " + SidecarParts.USER;
        // The sidecar to the application on the pod's IP: the next rule would send it back to the sidecar for ever.
        add("-A OSM_PROXY_OUTBOUND -s " + TO_APPLICATION_SOURCE + "/32 -o lo -j RETURN");
        // The application calls a service that it is itself a pod of: out of the sidecar and into it again.
        add("-A OSM_PROXY_OUTBOUND ! -d 127.0.0.1/32 -o lo -m owner " + sidecar + " -j OSM_PROXY_IN_REDIRECT");
        add("-A OSM_PROXY_OUTBOUND -o lo -m owner ! " + sidecar + " -j RETURN");
        add("-A OSM_PROXY_OUTBOUND -m owner " + sidecar + " -j RETURN");
        add("-A OSM_PROXY_OUTBOUND -d 127.0.0.1/32 -j RETURN");
    }

    private void pass(String chain, List<Integer> ports) {
        IntStream.iterate(0, start -> start < ports.size(), start -> start + PORTS_PER_RULE)
                .mapToObj(start -> ports.subList(start, Math.min(start + PORTS_PER_RULE, ports.size())))
                .map(chunk -> chunk.stream().map(String::valueOf).collect(joining(",")))
                .forEach(chunk -> add("-A " + chain + " -p tcp -m multiport --dports " + chunk + " -j RETURN"));
    }

    private void add(String line) {
        lines.add(line);
    }
}
