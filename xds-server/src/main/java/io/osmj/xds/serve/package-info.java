/**
 * The xDS transport: streams of authenticated proxies, and what each of them is sent and when.
 *
 * <p>What a proxy is to have comes as a {@link io.osmj.xds.resource.ResourceSet} from a {@link
 * io.osmj.xds.serve.ResourceSource}; who it is, from an {@link io.osmj.xds.serve.Authenticator}. Nothing here knows
 * Kubernetes, and nothing here knows what a listener means.
 */
@NullMarked
package io.osmj.xds.serve;

import org.jspecify.annotations.NullMarked;
