/**
 * The mesh's root of trust: kept in a Secret, held in memory, watched, and what hangs on it renewed in time.
 *
 * <p>{@link io.osmj.controlplane.trust.TrustStore} is the one class the rest of the process knows. How certificates are made
 * and when they are due is told in {@code io.osmj.certificates}.
 */
@NullMarked
package io.osmj.controlplane.trust;

import org.jspecify.annotations.NullMarked;
