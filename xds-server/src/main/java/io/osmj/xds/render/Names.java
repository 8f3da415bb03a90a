package io.osmj.xds.render;

import io.osmj.core.plan.Destination;

/** Names that more than one resource has to agree on. */
final class Names {
    static final String OUTBOUND_LISTENER = "outbound-listener";
    static final String INBOUND_LISTENER = "inbound-listener";
    static final String METRICS_LISTENER = "inbound-prometheus-listener";
    static final String OUTBOUND_ROUTES = "rds-outbound";
    static final String METRICS_CLUSTER = "envoy-metrics-cluster";
    static final String PASSTHROUGH_CLUSTER = "passthrough-outbound";
    static final String SERVICE_CERTIFICATE = "service-cert";
    static final String TRUSTED_ROOT = "root-cert";

    /** What a mesh peer offers as application protocol; the inbound listener takes nothing else. OSM's word. */
    static final String ALPN = "osm";

    /** Request headers that carry the dialled address from the listener to the route table; they never leave the proxy. */
    static final String DESTINATION_HEADER = "x-osm-destination";

    static final String CLUSTER_HEADER = "x-osm-cluster";

    private Names() {}

    static String inboundRoutes(int port) {
        return "rds-inbound." + port;
    }

    static String localCluster(int port) {
        return "local|" + port;
    }

    /** The upstream cluster of a destination: found by protocol and dialled address. */
    static String cluster(Destination destination) {
        return prefix(destination.http()) + destination.key();
    }

    static String prefix(boolean http) {
        return http ? "h|" : "t|";
    }
}
