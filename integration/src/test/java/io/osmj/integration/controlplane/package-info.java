/**
 * The control plane as a process of its own, with a real API server on one side and clients with real tokens on the other.
 */
@NullMarked
package io.osmj.integration.controlplane;

import org.jspecify.annotations.NullMarked;
