/**
 * A proxy's plan as Envoy resources. Pure and total: a plan that exists can be rendered, and equal plans give equal bytes.
 *
 * <p>One class makes one kind of resource or one part that several share. The shape is the same in permissive and in strict
 * mode, so a change of mode replaces route tables and leaves listeners and their connections alone:
 *
 * <pre>
 * 15001 outbound-listener   by dialled address and port -> http chain | tcp chain | egress chain | closed
 *         http chain        one HTTP connection manager, route table rds-outbound, virtual hosts by dialled address:port
 *         tcp chain         cluster by dialled address:port
 * 15003 inbound-listener    one chain a port, mTLS only; HTTP ports have route table rds-inbound.PORT with the grants
 * </pre>
 */
@NullMarked
package io.osmj.xds.render;

import org.jspecify.annotations.NullMarked;
