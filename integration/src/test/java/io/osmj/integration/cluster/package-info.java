/**
 * A Kubernetes cluster for tests that need one: where it comes from is decided here and nowhere else.
 *
 * <p>Here is one interface and its three sources. Not here: what the tests do with a cluster, and how the images they load
 * are built ({@code scripts/images}).
 */
@NullMarked
package io.osmj.integration.cluster;

import org.jspecify.annotations.NullMarked;
