/**
 * The two applications of the Dapr walkthrough: one that takes orders and keeps the last one, and one that sends an
 * order each second.
 *
 * <p>They know their own Dapr sidecar and nothing else: no mesh, no Kubernetes, no address of each other. Nothing of the
 * product depends on them.
 */
@NullMarked
package io.osmj.samples;

import org.jspecify.annotations.NullMarked;
