/**
 * What is taken from, and what is left out of, the sidecar: ports, IP ranges and network interfaces.
 */
@NullMarked
package io.osmj.core.intercept;

import org.jspecify.annotations.NullMarked;
