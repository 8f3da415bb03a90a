package io.osmj.xds.render;

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

    /** Inside the proxy: sees the requests of a connection whose destination turned out to speak HTTP. */
    static final String REQUESTS_LISTENER = "outbound-http-internal";

    /** Inside the proxy: answers every request with 403. */
    static final String DENIED_LISTENER = "outbound-denied";

    /** What a mesh peer offers as application protocol; OSM's word. */
    static final String ALPN = "osm";

    /** What a gRPC client offers that has no sidecar. It has to be chosen, or the client takes the server for no HTTP/2 one. */
    static final String HTTP2 = "h2";

    /** Request header that carries the name of the cluster from the listener to the route; it never leaves the proxy. */
    static final String CLUSTER_HEADER = "x-osm-cluster";

    /** Request header in which Envoy says who called, to applications that did not ask for it; it never leaves the proxy. */
    static final String CALLER_HEADER = "x-envoy-external-address";

    /** Prefix of a listener inside the proxy and of the cluster that leads to it: hosts outside the mesh, by one port. */
    static final String EXIT = "outbound-egress|";

    /** Prefix of the routes of an inbound port. */
    static final String INBOUND_ROUTES = "rds-inbound.";

    /** Prefix of the routes to hosts outside the mesh, by one port. */
    static final String EXIT_ROUTES = "rds-egress.";

    /** Prefix of the cluster that is the application at one port. */
    static final String LOCAL = "local|";

    private Names() {}

    static String inboundRoutes(int port) {
        return INBOUND_ROUTES + port;
    }

    static String exit(int port) {
        return EXIT + port;
    }

    static String exitRoutes(int port) {
        return EXIT_ROUTES + port;
    }

    /** A host outside the mesh to which requests go. No name that a proxy asks for begins like this. */
    static String httpHost(String host, int port) {
        return "eh|" + host + ":" + port;
    }

    /** A host outside the mesh with which TLS is spoken; it is not the other's, as no rule about requests binds there. */
    static String tlsHost(String host, int port) {
        return "et|" + host + ":" + port;
    }

    static String localCluster(int port) {
        return LOCAL + port;
    }
}
