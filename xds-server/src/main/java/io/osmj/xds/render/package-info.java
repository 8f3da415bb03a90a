/**
 * A proxy's plan as Envoy resources. Pure and total: a plan that exists can be rendered, and equal plans give equal bytes.
 *
 * <p>One class makes one kind of resource or one part that several share. Listeners and the outbound route table know no
 * single service. A destination is a cluster under the name that the proxy asks for when its address is dialled first, and what
 * the mesh decides about it is what kind of cluster that is. So a change of mode, a new service or a changed rule is a push of
 * clusters, and leaves listeners and their connections alone:
 *
 * <pre>
 * 15001 outbound-listener   dialled address in a range of the mesh, by port -> http chain | tcp chain; else, as MeshConfig or an
 *                           Egress has it, egress chain | chain to outbound-egress|PORT | closed
 *         http chain        one HTTP connection manager, route table rds-outbound: cluster h|address:port
 *         tcp chain         cluster t|address:port
 * 15003 inbound-listener    one chain a port, mTLS only; HTTP ports have route table rds-inbound.PORT with the grants
 *
 *                 h|address:port                      t|address:port
 * allowed         endpoints                           endpoints, or outbound-http-internal where the port is HTTP here
 *                                                     and TCP elsewhere; that listener goes on to h|address:port
 * denied          listener outbound-denied: 403       no endpoints: closed
 * passed through  the address itself, plain           the address itself, plain
 * by name         listener outbound-egress|port       listener outbound-egress|port
 * </pre>
 *
 * <p>{@code outbound-egress|PORT} is a listener inside the proxy for hosts outside the mesh: TLS goes by its server name to cluster
 * {@code et|host:PORT}, requests by their host to {@code eh|host:PORT}, and the proxy looks the hosts up by itself.
 */
@NullMarked
package io.osmj.xds.render;

import org.jspecify.annotations.NullMarked;
