/**
 * Envoy resources as values: named, versioned by their content, serialised once and shared by every proxy that gets them.
 *
 * <p>Here is what the renderer makes and the transport sends. How a plan becomes resources is {@code io.osmj.xds.render};
 * who gets which of them, and when, is {@code io.osmj.xds.serve}.
 *
 * <pre>{@code
 * ResourceSet set = ResourceSet.of(List.of(EnvoyResource.of(ResourceType.CLUSTER, "bookstore/8080", cluster)));
 * }</pre>
 */
@NullMarked
package io.osmj.xds.resource;

import org.jspecify.annotations.NullMarked;
