/**
 * How fast the control plane is and what it costs: {@code scripts/bench xds}. A program, not a test; nothing here can fail for
 * being slow.
 */
@NullMarked
package io.osmj.integration.bench;

import org.jspecify.annotations.NullMarked;
