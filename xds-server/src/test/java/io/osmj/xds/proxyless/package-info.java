/** What gRPC clients without a sidecar are told. gRPC itself judges it in the integration tests. */
@NullMarked
package io.osmj.xds.proxyless;

import org.jspecify.annotations.NullMarked;
