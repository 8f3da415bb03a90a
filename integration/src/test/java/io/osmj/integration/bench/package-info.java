/**
 * How fast the control plane and the data plane are and what they cost: {@code scripts/bench}. Programs, not tests; nothing
 * here can fail for being slow.
 */
@NullMarked
package io.osmj.integration.bench;

import org.jspecify.annotations.NullMarked;
