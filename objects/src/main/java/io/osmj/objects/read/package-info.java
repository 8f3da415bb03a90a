/**
 * Kubernetes objects as a {@link io.osmj.core.state.ClusterState}, whatever they were read from. Pure.
 *
 * <p>Nothing is decided here: what the objects mean together is {@code io.osmj.core.compile}.
 */
@NullMarked
package io.osmj.objects.read;

import org.jspecify.annotations.NullMarked;
