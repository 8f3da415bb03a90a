package io.osmj.core.plan;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.settings.SidecarSettings;
import java.util.List;

/**
 * All that one proxy needs to know. Equal plans give equal configuration.
 *
 * @param identity who the proxy speaks for; its certificate carries this
 * @param tls what it speaks with other sidecars
 * @param inbound ports that peers may reach, sorted
 * @param destinations addresses of the mesh that its application may dial, sorted by address and port
 * @param strict whether HTTP requests to a destination of the mesh that is not allowed are answered with 403
 * @param egress whether destinations outside the mesh are reached as they are
 * @param metrics whether its statistics may be scraped
 */
public record ProxyPlan(
        SpiffeId identity,
        SidecarSettings.Tls tls,
        List<InboundPort> inbound,
        List<Destination> destinations,
        boolean strict,
        boolean egress,
        boolean metrics) {
    public ProxyPlan {
        inbound = inbound.stream().sorted().toList();
        destinations = destinations.stream().sorted().toList();
    }
}
