/** The root of trust in a real API server: who makes it, who adopts it, and what happens when it is harmed. */
@NullMarked
package io.osmj.integration.trust;

import org.jspecify.annotations.NullMarked;
