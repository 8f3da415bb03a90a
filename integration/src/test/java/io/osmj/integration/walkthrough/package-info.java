/**
 * The Dapr walkthrough as a list of steps, each of which shows what it ran and what came back, and fails when what came back
 * is not what the mesh promises. {@code scripts/quickstart} tells it, {@code WalkthroughTest} tests it; the steps are the same.
 */
@NullMarked
package io.osmj.integration.walkthrough;

import org.jspecify.annotations.NullMarked;
