/**
 * What a gRPC client is told that speaks xDS itself and has no sidecar. It asks for a listener by the name it was told to call,
 * {@code xds:///echo.shop:8080}, and each answer names what it asks for next:
 *
 * <pre>
 * Listener echo.shop:8080 -> RouteConfiguration -> Cluster -> ClusterLoadAssignment, all echo.shop.svc.cluster.local:8080
 * </pre>
 *
 * <p>Only what such clients understand is in there: no secrets of this server, no matching of transports by endpoint, no TLS
 * parameters (gRFC A27, A29). A service that may not be called has no listener.
 */
@NullMarked
package io.osmj.xds.proxyless;

import org.jspecify.annotations.NullMarked;
