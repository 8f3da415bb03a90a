/** A real Envoy as the judge of what the mesh renders. */
@NullMarked
package io.osmj.integration.envoy;

import org.jspecify.annotations.NullMarked;
