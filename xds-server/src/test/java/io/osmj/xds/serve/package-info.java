/** Tests of the transport: the state machine by itself, a real client over a real socket, and a real Envoy. */
@NullMarked
package io.osmj.xds.serve;

import org.jspecify.annotations.NullMarked;
