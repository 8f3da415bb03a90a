/**
 * How fast the control plane is and what it costs: {@code scripts/bench}. Programs, not tests; nothing here can fail for
 * being slow.
 */
@NullMarked
package io.osmj.integration.bench;

import org.jspecify.annotations.NullMarked;
