/**
 * Whether a pod gets a sidecar, stays as it is, or must not be created.
 *
 * <p>The order of the rules is Open Service Mesh's. What is added refuses pods that would break the sidecar or pass it by.
 */
@NullMarked
package io.osmj.injector.decide;

import org.jspecify.annotations.NullMarked;
