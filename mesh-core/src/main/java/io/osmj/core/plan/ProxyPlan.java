package io.osmj.core.plan;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.intercept.Capture;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.SidecarSettings;
import java.util.List;

/**
 * All that one proxy needs to know. Equal plans give equal configuration.
 *
 * @param identity who the proxy speaks for; its certificate carries this
 * @param tls what it speaks with other sidecars
 * @param accessLog which requests it writes a line about
 * @param inbound ports that peers may reach, sorted
 * @param reach what it does with an address before it knows what stands behind it
 * @param destinations what it knows of single addresses: sent ahead or asked for by its proxy, sorted by address and port
 * @param services what it has asked for by name, for it is a client that routes by itself; sorted
 * @param retries which requests are tried again, in the order of the rules
 * @param metrics whether its statistics may be scraped
 * @param capture how connections come to it
 */
public record ProxyPlan(
        SpiffeId identity,
        SidecarSettings.Tls tls,
        AccessLog accessLog,
        List<InboundPort> inbound,
        Reach reach,
        List<Destination> destinations,
        List<NamedService> services,
        List<Retries> retries,
        boolean metrics,
        Capture capture) {
    public ProxyPlan {
        inbound = inbound.stream().sorted().toList();
        destinations = destinations.stream().sorted().toList();
        services = services.stream().sorted().toList();
        retries = List.copyOf(retries);
    }

    /** The plan of a proxy in a cluster that logs each request and tries none again. */
    public ProxyPlan(
            SpiffeId identity,
            SidecarSettings.Tls tls,
            List<InboundPort> inbound,
            Reach reach,
            List<Destination> destinations,
            List<NamedService> services,
            boolean metrics) {
        this(
                identity,
                tls,
                AccessLog.ALL,
                inbound,
                reach,
                destinations,
                services,
                List.of(),
                metrics,
                Capture.REDIRECTED);
    }

    /** The part that all pods of a workload have in common, whatever they have called. */
    public ProxyPlan withoutDestinations() {
        return new ProxyPlan(identity, tls, accessLog, inbound, reach, List.of(), List.of(), retries, metrics, capture);
    }
}
